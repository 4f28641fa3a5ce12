import { describe, expect, it } from 'vitest';
import { diagnosed } from '../../fixtures/diagnosed.ts';
import { answer, type TimelineBuilder, timeline } from '../../fixtures/timeline-builder.ts';
import { nonEmpty } from '../kernel/list.ts';
import type { CauseCode } from './causes.ts';
import type { Confidence, Diagnosis } from './diagnosis.ts';
import { diagnosisOf } from './finding.ts';
import { type Found, weigh } from './weigh.ts';

type End = (built: TimelineBuilder) => TimelineBuilder;

const begun: End = (built) => built.opened().welcomed().asked().event('agent_started');
const frame =
  (code: number, reason = ''): End =>
  (built) =>
    built.closed(code, reason).settled('closed');
const gone =
  (how: 'fin' | 'reset'): End =>
  (built) =>
    built.closed(1006, '', how).settled('closed');
const stalls: End = (built) => built.gaveUp().note({ kind: 'pinged' }).note({ kind: 'ponged' }).settled('gave-up');
const dies: End = (built) => built.gaveUp().note({ kind: 'pinged' }).wait(2000).settled('gave-up');
const lives: End = (built) =>
  built.probe('backend-health', { answer: answer(200) }).probe('fresh-upgrade', { answer: answer(101) });

/** Bob and carol, each with an end of their own, in both orders. */
const both = (one: End, other: End, apartMs = 0): readonly (ReturnType<typeof diagnosed> | null)[] =>
  [
    [one, other],
    [other, one],
  ].map(([first = lives, second = lives]) => {
    const two = begun(begun(timeline('bob')).on('carol')).on('bob');
    return diagnosed(lives(second(first(two).on('carol').wait(apartMs))));
  });

describe('of two users in trouble', () => {
  it.each([
    ['a restart and an early close', frame(1012), frame(1000), 'closed-early'],
    ['a restart and an error code', frame(1012), frame(1011), 'closed-with-error'],
    ['a restart and a mode error', frame(1012), frame(1011, 'main mode error'), 'closed-with-error'],
    ['a reset and a run that stops', gone('reset'), stalls, 'run-stalled'],
    ['an end without a frame and a run that stops', gone('fin'), stalls, 'run-stalled'],
    ['a dead connection and a run that stops', dies, stalls, 'run-stalled'],
    ['a refused token and an early close', frame(1008, 'token expired'), frame(1000), 'closed-early'],
    ['a refused token and a reset', frame(1008, 'token expired'), gone('reset'), 'connection-lost'],
    ['a restart and an end without a frame', frame(1012), gone('fin'), 'connection-lost'],
  ])('%s, whoever comes first', (_what, first, second, cause) => {
    expect(both(first, second).map((found) => found?.cause)).toEqual([cause, cause]);
  });

  it('a crash that is only guessed gives way to a restart in another second too, for that is certain', () => {
    const found = both(frame(1012), gone('fin'), 5000);
    expect(found.map((one) => one?.cause)).toEqual(['connection-lost', 'connection-lost']);
  });

  it('one event that tore both connections is one cause, however sure it is of itself', () => {
    const shutdown: End = (built) => frame(1001)(built.received({ type: 'system_shutdown', message: 'bye' }));
    expect(both(shutdown, gone('fin')).map((one) => one?.cause)).toEqual(['connection-lost', 'connection-lost']);
    const apart = both(shutdown, gone('fin'), 5000);
    expect(apart.map((one) => one?.cause)).toEqual(['handler-crashed', 'handler-crashed']);
  });

  it.each([
    [1000, 'connection-lost'],
    [1001, 'handler-crashed'],
  ])('ends that are %i ms apart come to %s', (apartMs, cause) => {
    const shutdown: End = (built) => frame(1001)(built.received({ type: 'system_shutdown', message: 'bye' }));
    expect(both(shutdown, gone('fin'), apartMs).map((one) => one?.cause)).toEqual([cause, cause]);
  });
});

describe('of several findings', () => {
  const [joined, closed] = timeline().closed(1006, '', 'fin').observations();
  if (joined === undefined || closed === undefined) throw new Error('nobody left');
  const troubles = (...several: readonly Diagnosis[]): Diagnosis => {
    const found = nonEmpty(several.map((diagnosis): Found => ({ diagnosis, isTrouble: true, persona: null })));
    if (found === null) throw new Error('nothing was found');
    return weigh(found).diagnosis;
  };
  const found = (
    cause: CauseCode,
    confidence: Confidence,
    rivals: readonly CauseCode[] = [],
    at = joined,
  ): Diagnosis => {
    const checks = rivals.map((rival) => ({ cause: rival, check: 'which?' }));
    const seen = { phase: 'stream', answeredBy: 'none', summary: cause, evidence: [at] } as const;
    return diagnosisOf({ ...seen, cause, confidence, rivals: checks });
  };

  it('the surer of one domain is told, and the application before the platform before ourselves', () => {
    const order = [
      found('closed-early', 'certain'),
      found('handler-crashed', 'likely', ['clock-skew']),
      found('handler-crashed', 'ambiguous', ['clock-skew']),
      found('connection-lost', 'certain'),
      found('connection-lost', 'likely', ['half-open'], closed),
      found('half-open', 'ambiguous', ['process-stalled']),
      found('harness-stalled', 'certain'),
    ];
    for (const [at, first] of order.entries())
      for (const later of order.slice(at + 1)) {
        expect(troubles(first, later)).toBe(first);
        expect(troubles(later, first)).toBe(first);
      }
  });

  it('a guess gives way to a platform that is certain as soon as one of its rivals is the platform', () => {
    const guess = found('handler-crashed', 'likely', ['clock-skew', 'connection-lost']);
    const platform = found('service-unavailable', 'certain');
    const other = found('connection-timeout', 'likely', ['client-offline']);
    expect(troubles(guess, platform)).toBe(platform);
    expect(troubles(platform, guess)).toBe(platform);
    expect(troubles(guess, other, platform)).toBe(platform);
    expect(troubles(guess, other)).toBe(guess);
  });

  it('a guess about an end gives way to what the same event did, however unsure that is', () => {
    const guess = found('handler-crashed', 'likely', ['closed-early'], closed);
    const lost = found('connection-lost', 'ambiguous', ['handler-crashed'], closed);
    expect(troubles(guess, lost)).toBe(lost);
    expect(troubles(lost, guess)).toBe(lost);
  });
});

describe('what was broken to one user', () => {
  it('is not hidden by a ping that another, whose run was whole, waited for in vain', () => {
    const deaf = timeline().opened().welcomed().asked().five().settled().note({ kind: 'pinged' }).wait(4000).left();
    expect(diagnosed(deaf)).toMatchObject({ cause: 'half-open', domain: 'infrastructure' });
    const two = deaf.on('bob').opened().welcomed().asked().five('agent_thinking').settled().left();
    expect(diagnosed(two)).toMatchObject({ cause: 'event-missing', domain: 'application', confidence: 'certain' });
  });
});

describe('what was broken before the connection was taken away', () => {
  const swapped: End = (built) =>
    built.opened().welcomed().asked().event('agent_thinking').event('agent_started').event('tool_executing');
  const twice: End = (built) => begun(built).event('agent_thinking').event('agent_thinking');
  const unreadable: End = (built) => begun(built).received('{');
  const nameless: End = (built) => begun(built).received({ type: 'tool_executing', data: { run_id: 'run-1' } });

  it.each([
    ['an order', swapped, 'event-out-of-order'],
    ['a duplicate', twice, 'event-duplicated'],
    ['a message that nobody can read', unreadable, 'message-invalid'],
    ['a tool without a name', nameless, 'payload-invalid'],
  ])('%s stays broken, and the loss is named beside it', (_what, happens, cause) => {
    for (const end of [frame(1012), gone('reset')]) {
      const found = diagnosed(end(happens(timeline())));
      expect(found).toMatchObject({ domain: 'application', cause, confidence: 'certain' });
      expect(found?.summary).toContain('; besides, the ');
    }
  });

  it('leaves an error of the application itself its precedence', () => {
    expect(diagnosed(frame(1011)(twice(timeline())))).toMatchObject({ cause: 'closed-with-error' });
  });

  it('is neither a missing event nor an unpaired tool', () => {
    const open = begun(timeline()).event('tool_executing');
    expect(diagnosed(frame(1012)(open))).toMatchObject({ cause: 'connection-lost' });
  });
});
