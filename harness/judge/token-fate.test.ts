import { describe, expect, it } from 'vitest';
import { derivedRun, says } from '../../fixtures/client-derived.ts';
import { TimelineBuilder } from '../../fixtures/timeline-builder.ts';
import { NOT_ASKED, tokenSession } from '../timeline/token-kinds.ts';
import { fateOf, isLetIn, STAYS_MS, type TokenFate, WATCH_MS } from './token-fate.ts';

const joined = () => new TimelineBuilder().on(tokenSession('expired'), 'probe', 'alice');
const fate = (built: TimelineBuilder): TokenFate => fateOf(built.run(), 'expired');
const why = (built: TimelineBuilder): string | null => {
  const found = fate(built);
  return found.kind === 'open' ? found.why : null;
};
const noted = (topic: string) => ({ kind: 'noted', topic, text: 'no key' }) as const;
const GAVE_UP = { kind: 'gave-up', waitingFor: 'welcome', afterMs: 10 } as const;

describe('a token that was not tried', () => {
  it('stands where nobody joined', () => {
    expect(fate(new TimelineBuilder())).toEqual({ kind: 'open', why: 'it was not tried', at: null });
  });

  it('stands where its session joined and never dialled', () => {
    expect(fate(joined())).toMatchObject({ kind: 'open', why: 'it was not tried', at: { kind: 'joined' } });
  });

  it('is left out by the note of that alone', () => {
    expect(fate(joined().note(noted(NOT_ASKED)))).toEqual({ kind: 'not-asked', why: 'no key' });
    expect(fate(joined().note(noted('tls-unverified'))).kind).toBe('open');
  });
});

describe('a token that never opened a connection', () => {
  it('is refused at the upgrade, as its last dial and the answer show', () => {
    expect(fate(joined().refused(429, '', {}, 1).refused(401, 'no', {}, 2))).toMatchObject({
      kind: 'refused',
      where: 'upgrade',
      answer: { status: 401, bodyHead: 'no' },
      closed: null,
      stoodMs: null,
      dialled: { kind: 'dialled', attempt: 2 },
      at: { kind: 'refused', attempt: 2 },
    });
  });

  it('is interrupted where the last dial has no answer, whatever came of those before', () => {
    expect(fate(joined().refused(401).dialled(2))).toMatchObject({
      kind: 'open',
      why: 'it was interrupted',
      at: { kind: 'dialled', attempt: 2 },
    });
  });
});

describe('a token that was let in', () => {
  it('is let in by what it was served, whomever that is for', () => {
    expect(fate(joined().opened().event('agent_started').closed(1008))).toMatchObject({
      kind: 'let-in',
      as: null,
      how: 'served with agent_started',
      at: [{ kind: 'received' }, { kind: 'received' }],
    });
  });

  it('is let in as the user of its welcome, from the welcome to the end of the watch', () => {
    const welcome = { type: 'connection_established', data: { user_id: 'bob' } };
    expect(fate(joined().opened().wait(20).received(welcome).wait(WATCH_MS).left())).toMatchObject({
      kind: 'let-in',
      as: 'bob',
      how: 'welcomed 20 ms after it opened, and open 3000 ms later',
      at: [{ kind: 'received' }, { kind: 'closing' }],
    });
  });

  it('is not let in by what only we said of ourselves', () => {
    const silent = joined().opened().note(says('agent_started')).wait(100).note(GAVE_UP);
    expect(fateOf(derivedRun(silent), 'expired')).toMatchObject({ kind: 'open', at: { kind: 'gave-up' } });
  });
});

describe('a connection is let in', () => {
  const stood = (ms: number) => joined().opened().welcomed().wait(ms).note({ kind: 'closing', code: 1000 });
  const isIn = (built: TimelineBuilder) => built.run().sessions.map((session) => isLetIn(session));

  it('from the time on that it has to stand, a little early for the clock that stamps', () => {
    expect(isIn(stood(STAYS_MS - 5))).toEqual([true]);
    expect(isIn(stood(STAYS_MS - 6))).toEqual([false]);
    expect(isIn(stood(STAYS_MS).wait(1).closed(1000))).toEqual([true]);
  });

  it('not where it was closed before we left it', () => {
    const thrownOut = joined().opened().welcomed().wait(STAYS_MS).closed(1008);
    expect(isIn(thrownOut.note({ kind: 'closing', code: 1000 }))).toEqual([false]);
  });
});

describe('a connection that the target ended', () => {
  const wrong = { type: 'authentication_error', error: 'no such user' };

  it.each([
    ['before the welcome', joined().opened().closed(1008), { where: 'open', stoodMs: null }],
    ['after it', joined().opened().welcomed().wait(70).closed(1008), { where: 'welcomed', stoodMs: 70 }],
    [
      'before we left it',
      joined().opened().closed(1008).note({ kind: 'closing', code: 1000 }),
      { where: 'open', stoodMs: null },
    ],
  ])('was refused %s', (_when, built, how) => {
    expect(fate(built)).toMatchObject({
      kind: 'refused',
      ...how,
      at: { kind: 'closed' },
      dialled: { kind: 'dialled' },
    });
  });

  it.each([
    ['its sentence', [wrong], 'no such user'],
    ['its code and its sentence', [{ ...wrong, error_code: 'AUTH_4' }], 'AUTH_4: no such user'],
    ['its code alone', [{ type: 'authentication_error', error_code: 'AUTH_4' }], 'AUTH_4'],
    ['the first of them', [wrong, { ...wrong, error: 'nor such a token' }], 'no such user'],
    ['what is of who we are', [{ type: 'connection_error', error: 'gone' }, { type: 'ping' }, wrong], 'no such user'],
    ['nothing', [{ type: 'ping' }], null],
  ])('said before: %s', (_what, messages, said) => {
    const built = joined().opened();
    for (const message of messages) built.received(message);
    expect(fate(built.closed(1008))).toMatchObject({ kind: 'refused', said });
  });

  it('is no refusal by what came only after it', () => {
    expect(fate(joined().opened().closed(1011).received(wrong)).kind).toBe('open');
  });

  it('with a code that names no token is told with its reason, if it has one', () => {
    expect(why(joined().opened().closed(1011))).toBe('it was closed with 1011, which names no token');
    expect(why(joined().opened().closed(1011, 'oops'))).toBe('it was closed with 1011 "oops", which names no token');
    expect(why(joined().opened().closed(1008, 'rate limit'))).toBe(
      'it was closed with 1008 "rate limit", which names no token',
    );
  });
});

describe('a connection that we ended', () => {
  it('leaves open a token that was welcome until then', () => {
    expect(fate(joined().opened().welcomed().closed(1008, '', 'local'))).toMatchObject({
      kind: 'open',
      why: 'it was welcomed, and then interrupted',
      at: { kind: 'received' },
    });
  });

  it.each([
    ['from when we gave up', joined().opened().wait(40).note(GAVE_UP).wait(9).left(), 40, 'gave-up'],
    ['until we left', joined().opened().wait(40).left(), 40, 'closing'],
    ['until it was cut', joined().opened().wait(40).closed(1006, '', 'local'), 0, 'opened'],
    ['until nothing more was seen', joined().opened().wait(40), 0, 'opened'],
  ])('leaves open a token that nothing was said of, %s', (_when, built, ms, at) => {
    expect(fate(built)).toMatchObject({
      kind: 'open',
      why: `it was neither welcomed nor closed within ${ms} ms`,
      at: { kind: at },
    });
  });
});
