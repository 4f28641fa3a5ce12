import { describe, expect, it } from 'vitest';
import { verdictOn } from '../../../fixtures/diagnosed.ts';
import { TimelineBuilder } from '../../../fixtures/timeline-builder.ts';
import { NOT_ASKED, TOKEN_KINDS, type TokenKind, tokenSession } from '../../timeline/token-kinds.ts';
import { ALL_RULES } from '../catalogue.ts';
import { judge } from '../judge.ts';
import { STAYS_MS, WATCH_MS } from '../token-fate.ts';
import { REFUSALS } from './refusals.ts';

type Step = (timeline: TimelineBuilder) => TimelineBuilder;

const refused401: Step = (timeline) => timeline.refused(401, '{"error_code":"VALIDATION_FAILED"}');
const good: Step = (timeline) => timeline.on('alice').opened().welcomed().wait(STAYS_MS).left();

/** A run that tries every token between two good connections; `change` says what became of some otherwise. */
function tried(
  change: { readonly [K in TokenKind]?: Step } = {},
  frame: { readonly before?: Step; readonly after?: Step } = {},
): TimelineBuilder {
  const { before = good, after = good } = frame;
  const timeline = new TimelineBuilder().with({ scenario: 'tokens', rules: REFUSALS.map(({ id }) => id) });
  before(timeline);
  for (const kind of TOKEN_KINDS) (change[kind] ?? refused401)(timeline.on(tokenSession(kind), 'probe', 'alice'));
  return after(timeline);
}

function outcomes(timeline: TimelineBuilder): { readonly [outcome: string]: readonly string[] } {
  const found: { [outcome: string]: string[] } = {};
  for (const { rule, ruling } of judge(timeline.run()))
    found[ruling.outcome] = [...(found[ruling.outcome] ?? []), kindOf(rule.id)];
  return found;
}

function verdict(timeline: TimelineBuilder) {
  const { outcome, diagnosis } = verdictOn(timeline);
  return { outcome, cause: diagnosis?.cause ?? null, summary: diagnosis?.summary ?? '', hint: diagnosis?.hint ?? '' };
}

const kindOf = (id: string): string => id.replace('admission/refuses-', '');
const letIn: Step = (timeline) => timeline.opened().welcomed().wait(WATCH_MS).left();
const others = (kind: TokenKind): readonly string[] => TOKEN_KINDS.filter((other) => other !== kind);
const error = { type: 'authentication_error', error: 'no', error_code: 'TOKEN_EXPIRED' };

describe('tokens that must be refused', () => {
  it('have a rule each, known to the catalogue', () => {
    expect(REFUSALS.map(({ id }) => kindOf(id))).toEqual([...TOKEN_KINDS]);
    expect(ALL_RULES).toEqual(expect.arrayContaining([...REFUSALS]));
  });

  it('are all refused between two good connections: the run passes', () => {
    expect(outcomes(tried())).toEqual({ pass: [...TOKEN_KINDS] });
    expect(verdict(tried()).outcome).toBe('passed');
  });

  it.each(TOKEN_KINDS)('%s is the only promise that is broken when that alone is let in', (kind) => {
    const timeline = tried({ [kind]: letIn });
    expect(outcomes(timeline)).toEqual({ fail: [kind], pass: others(kind) });
    const { outcome, cause, summary } = verdict(timeline);
    expect([outcome, cause]).toEqual(['failed', 'target-permissive']);
    expect(summary).toContain(`let in 1 of ${TOKEN_KINDS.length} tokens that it has to refuse: ${kind}`);
  });

  it.each(TOKEN_KINDS)('%s is the only one left open when that alone was not tried', (kind) => {
    const timeline = tried({ [kind]: (same: TimelineBuilder) => same });
    expect(outcomes(timeline)).toEqual({ inconclusive: [kind], pass: others(kind) });
    expect(verdict(timeline)).toMatchObject({ outcome: 'unproven', cause: 'nothing-judged' });
  });

  it.each([
    ['1008 without a word', (same) => same.opened().closed(1008)],
    ['1011 after an authentication error', (same) => same.opened().received(error).closed(1011)],
    [
      'the end of the connection after an authentication error',
      (same) => same.opened().received(error).closed(1006, '', 'fin'),
    ],
    ['1002 that names the token', (same) => same.opened().closed(1002, 'invalid token')],
    ['4403', (same) => same.opened().closed(4403)],
    ['1008 after the welcome', (same) => same.opened().welcomed().wait(200).closed(1008)],
    ['1008 over their question', (same) => same.opened().welcomed().asked().wait(20).closed(1008)],
    ['a redirect to a login page', (same) => same.refused(302)],
    ['404', (same) => same.refused(404)],
    ['400', (same) => same.refused(400)],
    ['an empty 403', (same) => same.refused(403)],
  ] as readonly (readonly [string, Step])[])('are refused with %s', (_, step) => {
    expect(outcomes(tried({ expired: step }))).toEqual({ pass: [...TOKEN_KINDS] });
    expect(verdict(tried({ expired: step })).outcome).toBe('passed');
  });

  it.each([
    [
      'by an agent event before any welcome',
      (same) => same.opened().received({ type: 'agent_started', run_id: 'r' }).left(),
    ],
    [
      'by an agent event that answers their question, whatever is closed later',
      (same) => same.opened().welcomed().asked().event('agent_started').wait(2000).closed(1008),
    ],
    ['by a welcome that stands over their question', (same) => same.opened().welcomed().asked().wait(WATCH_MS).left()],
    ['by a welcome that stands, whatever was said before', (same) => letIn(same)],
  ] as readonly (readonly [string, Step])[])('are let in %s', (_, step) => {
    expect(outcomes(tried({ expired: step })).fail).toEqual(['expired']);
  });

  const silent: Step = (same) =>
    same.opened().wait(3000).note({ kind: 'gave-up', waitingFor: 'welcome', afterMs: 3000 }).left();

  it.each([
    ['silence', silent, /neither welcomed nor closed within 3000 ms/, 'unproven', 'nothing-judged'],
    [
      'an authentication error on an open connection',
      (same) => silent(same.opened().received(error)),
      /neither/,
      'unproven',
      'nothing-judged',
    ],
    ['503', (same) => same.refused(503), /answered 503/, 'blocked', 'service-unavailable'],
    ['429', (same) => same.refused(429), /answered 429/, 'blocked', 'rate-limited'],
    ['405', (same) => same.refused(405), /answered 405, which is no refusal/, 'blocked', 'upgrade-ignored'],
    ['500', (same) => same.refused(500), /answered 500/, 'failed', 'upgrade-server-error'],
    [
      'a 403 about the origin',
      (same) => same.refused(403, 'Origin not allowed'),
      /answered 403/,
      'blocked',
      'origin-refused',
    ],
    [
      'a reset',
      (same) => same.failed({ phase: 'upgrade', code: 'ECONNRESET', message: 'read ECONNRESET' }),
      /came to ECONNRESET at upgrade/,
      'blocked',
      'connection-reset',
    ],
    [
      'no frame at all',
      (same) => same.opened().closed(1006, '', 'fin'),
      /closed with 1006/,
      'unproven',
      'nothing-judged',
    ],
    [
      '1011 for another reason',
      (same) => same.opened().closed(1011, 'oops'),
      /closed with 1011 "oops"/,
      'unproven',
      'nothing-judged',
    ],
    [
      '1008 of a breaker',
      (same) => same.opened().closed(1008, 'circuit breaker open'),
      /names no token/,
      'unproven',
      'nothing-judged',
    ],
    [
      '1000 after the welcome',
      (same) => same.opened().welcomed().closed(1000),
      /closed with 1000/,
      'unproven',
      'nothing-judged',
    ],
    [
      '1011 over their question',
      (same) => same.opened().welcomed().asked().closed(1011, 'oops'),
      /closed with 1011/,
      'unproven',
      'nothing-judged',
    ],
    [
      'a welcome that we left at once',
      (same) => same.opened().welcomed().left(),
      /then interrupted/,
      'unproven',
      'nothing-judged',
    ],
    ['a dial that nobody answered yet', (same) => same.dialled(), /interrupted/, 'unproven', 'nothing-judged'],
  ] as readonly (readonly [string, Step, RegExp, string, string])[])(
    'are neither refused nor let in by %s',
    (_, step, why, outcome, cause) => {
      const timeline = tried({ expired: step });
      expect(outcomes(timeline)).toEqual({ inconclusive: ['expired'], pass: others('expired') });
      const ruling = judge(timeline.run()).find(({ rule }) => kindOf(rule.id) === 'expired')?.ruling;
      expect(ruling).toMatchObject({ outcome: 'inconclusive', reason: expect.stringMatching(why) });
      expect(verdict(timeline)).toMatchObject({ outcome, cause });
    },
  );

  it('prove nothing where the good one is not let in again', () => {
    const timeline = tried({}, { after: (same) => same });
    expect(outcomes(timeline)).toEqual({ inconclusive: [...TOKEN_KINDS] });
    expect(verdict(timeline).outcome).toBe('unproven');
  });

  it('prove nothing where the good one was not let in before', () => {
    expect(outcomes(tried({}, { before: (same) => same }))).toEqual({ inconclusive: [...TOKEN_KINDS] });
  });

  const late =
    (ms: number): Step =>
    (same) =>
      same.opened().welcomed().wait(ms).closed(1008);
  const stays =
    (ms: number): Step =>
    (same) =>
      same.on('alice').opened().welcomed().wait(ms).left();

  it.each([900, 999, 1000, 1001, 1100, 2999])('are refused where they are thrown out %i ms after the welcome', (ms) => {
    const everything = Object.fromEntries(TOKEN_KINDS.map((kind) => [kind, late(ms)]));
    expect(verdict(tried(everything, { after: stays(WATCH_MS) })).outcome).toBe('passed');
  });

  it('prove nothing where the good one was not watched as long as they stood', () => {
    expect(outcomes(tried({ expired: late(1100) }))).toEqual({ inconclusive: ['expired'], pass: others('expired') });
  });

  it('are not all let in where one was thrown out late, and the hint says no such thing', () => {
    const everything = Object.fromEntries(TOKEN_KINDS.map((kind) => [kind, letIn]));
    const timeline = tried({ ...everything, expired: late(2000) }, { after: stays(WATCH_MS) });
    expect(verdict(timeline)).toMatchObject({
      cause: 'target-permissive',
      hint: expect.not.stringContaining('at all'),
    });
  });

  it('are neither where the watch was cut short', () => {
    const cut: Step = (same) => same.opened().welcomed().wait(STAYS_MS).left();
    expect(outcomes(tried({ expired: cut })).inconclusive).toEqual(['expired']);
  });

  it.each([
    [405, 'upgrade-ignored'],
    [418, 'upgrade-refused'],
  ])('answered %i are not said to be untried, nor is the path blamed', (status, cause) => {
    const { summary, hint, ...rest } = verdict(tried({ expired: (same) => same.refused(status) }));
    expect(rest).toEqual({ outcome: 'blocked', cause });
    expect(summary).toContain(`expired was answered ${status}, which is no refusal that can be tied to the token`);
    expect(hint).toContain('the good token was let in on this path');
  });

  it('prove nothing where the good one is thrown out as well', () => {
    const thrownOut: Step = (same) => same.on('alice').opened().welcomed().wait(200).closed(1008);
    expect(outcomes(tried({}, { before: thrownOut, after: thrownOut }))).toEqual({ inconclusive: [...TOKEN_KINDS] });
  });

  it('are judged by the last connection that tried them', () => {
    const again: Step = (same) => refused401(same.refused(429));
    expect(outcomes(tried({ expired: again }))).toEqual({ pass: [...TOKEN_KINDS] });
  });

  it('are let in, whatever kept others from being tried', () => {
    const timeline = tried({ garbage: letIn, expired: (same) => same.refused(503) });
    expect(verdict(timeline)).toMatchObject({ outcome: 'failed', cause: 'target-permissive' });
  });

  it('are all let in where nothing is checked, and the hint says so', () => {
    const everything = Object.fromEntries(TOKEN_KINDS.map((kind) => [kind, letIn]));
    expect(verdict(tried(everything)).hint).toMatch(/as if no token was checked at all; /);
  });

  const declined: Step = (same) => same.note({ kind: 'noted', topic: NOT_ASKED, text: 'expired: no key' });

  it('are not applicable where that was declared before the first was tried', () => {
    const first: Step = (same) => good(declined(same.on(tokenSession('expired'), 'probe', 'alice')));
    const timeline = tried({ expired: (same) => same }, { before: first });
    expect(outcomes(timeline)).toEqual({ 'not-applicable': ['expired'], pass: others('expired') });
    expect(verdict(timeline).outcome).toBe('passed');
  });

  it('are not left out for what came of others', () => {
    expect(outcomes(tried({ expired: declined }))).toEqual({ inconclusive: ['expired'], pass: others('expired') });
  });

  it('are not blamed on the way where the run was interrupted', () => {
    const cut: Step = (same) =>
      same
        .note({ kind: 'gave-up', waitingFor: 'the command (interrupted)', afterMs: 1 })
        .failed({ phase: 'upgrade', code: 'DEADLINE', message: 'the time of the whole run was up' });
    expect(verdict(tried({ 'wrong-issuer': cut }))).toMatchObject({ outcome: 'unproven', cause: 'nothing-judged' });
  });
});
