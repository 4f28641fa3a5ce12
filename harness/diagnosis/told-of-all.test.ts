import { describe, expect, it } from 'vitest';
import { diagnosed } from '../../fixtures/diagnosed.ts';
import { type TimelineBuilder, timeline } from '../../fixtures/timeline-builder.ts';
import type { NonEmpty } from '../kernel/list.ts';
import type { CauseCode } from './causes.ts';
import type { Confidence, Diagnosis } from './diagnosis.ts';
import { diagnosisOf } from './finding.ts';
import { toldOfAll } from './told-of-all.ts';
import type { Found } from './weigh.ts';

const asks = (built: TimelineBuilder, turn = 't1') => built.opened().welcomed().asked(turn);
const whole = () => asks(timeline()).five().settled().left();
const cut = (built: TimelineBuilder, turn: string) =>
  asks(built, turn).event('agent_started').closed(1012).settled('closed', turn);
const lacking = (built: TimelineBuilder, turn: string, ...types: readonly string[]) =>
  asks(built, turn)
    .five(...types)
    .settled('complete', turn)
    .left();
const summaryOf = (built: TimelineBuilder) => diagnosed(built)?.summary;

describe('a promise that was broken to one of several users', () => {
  it('names whose it is, and what else went wrong with another', () => {
    const found = diagnosed(lacking(cut(whole().on('bob'), 't2').on('carol'), 't3', 'agent_thinking'));
    expect(found).toMatchObject({ cause: 'event-missing', domain: 'application', confidence: 'certain' });
    expect(found?.summary).toBe(
      'agent_thinking never came (run run-1) within 41 ms, for carol; ' +
        'besides, for bob: the target closed with 1012 service restart in the middle of run run-1, 13 ms after it opened',
    );
  });

  it('tells of a user who never got in as well', () => {
    expect(summaryOf(lacking(whole().on('bob').refused(401).on('carol'), 't3', 'agent_thinking'))).toMatch(
      /^agent_thinking never came .*, for carol; besides, for bob: the upgrade at [^;]* was answered 401[^;]*$/,
    );
  });

  it('tells of another promise that was broken to another user', () => {
    const two = lacking(whole().on('bob'), 't2', 'agent_completed');
    expect(summaryOf(lacking(two.on('carol'), 't3', 'agent_thinking'))).toMatch(
      /^run run-1 stopped .*, for bob; besides, for carol: agent_thinking never came [^;]*$/,
    );
  });

  it('names nobody twice, and nobody where there is one', () => {
    expect(summaryOf(asks(whole().on('bob'), 't2').received('{').five().settled('complete', 't2').left())).toBe(
      'expected a readable message on session bob: not JSON (1 characters)',
    );
    expect(summaryOf(lacking(timeline(), 't1', 'agent_thinking'))).toBe(
      'agent_thinking never came (run run-1) within 41 ms',
    );
  });

  it('names whose it is before what the sentence adds, and after what it quotes', () => {
    const quiet = asks(whole().on('bob'), 't2').gaveUp('first-event').probe('ping', {}, 'welcome');
    quiet.probe('application-ping', { ok: false }, 'welcome').settled('gave-up', 't2').left();
    expect(summaryOf(quiet)).toMatch(/ms, for bob; a ping is answered /);
    const failed = asks(whole().on('bob'), 't2').five('agent_completed');
    failed.event('agent_completed', { status: 'no; never' }).settled('complete', 't2').left();
    expect(summaryOf(failed)).toMatch(/"no; never" \(run run-1\), for bob$/);
  });

  it('is not said to be of a user whom only a turn is called after', () => {
    expect(summaryOf(lacking(whole().on('bob'), 'bob', 'agent_thinking'))).toMatch(/, for bob$/);
    const silent = asks(whole().on('bob'), 'bob').gaveUp('first-event').settled('gave-up', 'bob').left();
    expect(summaryOf(silent)).toMatch(/\(turn bob\) within 3\d+ ms, for bob/);
  });
});

describe('a trouble of several users', () => {
  it('is told once', () => {
    expect(summaryOf(cut(cut(whole().on('bob'), 't2').on('carol'), 't3'))?.match(/1012/g)).toHaveLength(1);
  });

  it('tells of the other trouble of another', () => {
    const lost = cut(whole().on('bob'), 't2').on('carol').refused(503);
    expect(summaryOf(lost)).toMatch(/, for (bob|carol); alice's run was delivered whole; besides, for (bob|carol): /);
  });

  it('that hid a broken promise is told as that promise', () => {
    const two = asks(whole().on('bob'), 't2').event('agent_started').received('{').closed(1012).settled('closed', 't2');
    const three = asks(two.on('carol'), 't3')
      .event('agent_started')
      .event('agent_thinking', { event_id: 'e' })
      .event('agent_thinking', { event_id: 'e' })
      .closed(1012)
      .settled('closed', 't3');
    expect(summaryOf(three)).toMatch(/; besides, for carol: expected .* once/);
  });

  it('of many is told of two, and how many more', () => {
    let many = whole();
    for (const name of ['bob', 'carol', 'dave', 'erin']) many = lacking(many.on(name), name, 'agent_thinking');
    expect(summaryOf(many)).toMatch(
      /, for bob; besides, for carol: agent_thinking never came \(run run-1\) within \d+ ms; besides, for dave: agent_thinking never came \(run run-1\) within \d+ ms; and 1 more had trouble$/,
    );
  });
});

describe('what is told of one user in the presence of another', () => {
  const run = asks(asks(timeline('ladder', 'ladder').opened().welcomed().on('alice')).on('bob'), 't2').run();
  const seen = (session: string) => run.observations.find((one) => one.session === session && one.kind === 'opened');
  const found = (
    summary: string,
    of: Partial<Found> & { readonly cause?: CauseCode; readonly on?: string; readonly confidence?: Confidence } = {},
  ) => {
    const { cause = 'event-missing', on = 'alice', confidence = 'certain', ...rest } = of;
    const [first, ...more] = on.split(' ').flatMap((session) => seen(session) ?? []);
    if (first === undefined) throw new Error('nothing was seen');
    const evidence: Diagnosis['evidence'] = [first, ...more];
    const diagnosis = diagnosisOf({ cause, phase: 'stream', answeredBy: 'app', summary, evidence, confidence });
    return { diagnosis, isTrouble: false, persona: null, ...rest };
  };
  const told = (...all: NonEmpty<Found>) => toldOfAll(run, all).summary;

  it.each([
    ['it broke for: alice', 'it broke for: alice'],
    ['it broke', 'it broke, for alice'],
    ['it broke; then it stopped', 'it broke, for alice; then it stopped'],
    ['it said "a; b" and broke; then it stopped', 'it said "a; b" and broke, for alice; then it stopped'],
    ['it said "a; b"', 'it said "a; b", for alice'],
    ['it said "a; b and broke', 'it said "a; b and broke, for alice'],
    ['alice asked twice', 'alice asked twice, for alice'],
  ])('%j is told as %j', (summary, whole) => {
    expect(told(found(summary, { persona: 'alice' }))).toBe(whole);
  });

  it('is that of the first user on whose connection it rests, where it is everybody’s', () => {
    expect(told(found('it broke', { on: 'bob' }))).toBe('it broke, for bob');
    expect(told(found('it broke', { on: 'ladder bob alice' }))).toBe('it broke, for bob');
  });

  it('names nobody where it rests on nobody’s connection', () => {
    expect(told(found('it broke', { on: 'ladder' }))).toBe('it broke');
    const other = found('it stopped', { cause: 'run-stalled', persona: 'bob', isTrouble: true });
    const kept = found('it is down', { cause: 'cross-user', on: 'ladder' });
    expect(told(kept, other)).toMatch(/^it (is down|stopped)/);
  });

  it('tells of another’s trouble beside a promise that is surer to be broken', () => {
    const failed = found('it failed', { cause: 'run-failed', persona: 'alice' });
    const guess = { cause: 'run-failed', persona: 'bob', isTrouble: true, confidence: 'likely' } as const;
    expect(told(failed, found('it may have failed', guess))).toBe(
      'it failed, for alice; besides, for bob: it may have failed',
    );
  });

  it('tells of two others, one after the other', () => {
    const bobs = found('it stopped', { cause: 'run-stalled', persona: 'bob' });
    const carols = found('it was late', { cause: 'event-late', persona: 'carol' });
    expect(told(found('it mixed them up', { cause: 'cross-user', persona: 'alice' }), bobs, carols)).toBe(
      'it mixed them up, for alice; besides, for bob: it stopped; besides, for carol: it was late',
    );
  });

  it('leaves our own lateness alone, and tells of nobody else’s', () => {
    const late = found('we were late', { cause: 'harness-stalled', persona: 'alice' });
    expect(told(late)).toBe('we were late');
    expect(told(found('it broke', { persona: 'bob' }), late)).toBe('it broke, for bob');
  });

  it('is told shorter of somebody else where there is a shorter way', () => {
    const stopped = found('it stopped; ask again', { cause: 'run-stalled', persona: 'bob', aside: 'it stopped' });
    expect(told(found('it broke', { cause: 'cross-user', persona: 'alice' }), stopped)).toContain(
      '; besides, for bob: it stopped',
    );
  });
});
