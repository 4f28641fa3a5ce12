import { describe, expect, it } from 'vitest';
import { diagnosed } from '../../../fixtures/diagnosed.ts';
import { answer, type TimelineBuilder, timeline } from '../../../fixtures/timeline-builder.ts';

const asked = () => timeline().opened().welcomed().asked();
const silent = (built: TimelineBuilder, leg = 'gap') =>
  built.gaveUp(leg).probe('ping', {}, 'welcome').settled('gave-up').left();
const unanswered = { ok: false, trouble: { phase: 'health', code: 'DEADLINE', message: '' } } as const;

describe('a run that was silent', () => {
  const after = (
    ...probes: readonly (readonly [session: string, probe: 'ping' | 'application-ping', ok: boolean])[]
  ) => {
    const built = asked().gaveUp('first-event');
    for (const [session, probe, ok] of probes)
      built.on(session, session === 'alice' ? 'user' : 'probe').probe(probe, { ok }, 'welcome');
    return built.on('alice').settled('gave-up').left();
  };

  it.each([
    [
      'lives where both pings are answered',
      [
        ['alice', 'ping', true],
        ['alice', 'application-ping', true],
      ],
      /; ping and JSON ping are answered, so its message loop lives$/,
      /^messages are still read there/,
    ],
    [
      'has a dead message loop where a fresh connection answers both',
      [
        ['alice', 'ping', true],
        ['alice', 'application-ping', false],
        ['alice:fresh-upgrade', 'application-ping', true],
      ],
      /while a fresh connection answers both: its message loop is dead$/,
      /^the message loop of this connection is dead/,
    ],
    [
      'may have one where no connection answers',
      [
        ['alice', 'ping', true],
        ['alice', 'application-ping', false],
        ['alice:fresh-upgrade', 'application-ping', false],
      ],
      /its message loop is dead, or nobody there answers JSON pings$/,
      /^the process lives and reads no message/,
    ],
    [
      'may have one where nobody asked a fresh connection',
      [
        ['alice', 'ping', true],
        ['alice', 'application-ping', false],
      ],
      /nobody there answers JSON pings$/,
      /^the process lives/,
    ],
    [
      'says no more where only a ping is known',
      [['alice', 'ping', true]],
      /within \d+ ms$/,
      /^see whether the request reached/,
    ],
  ] as const)('%s', (_what, probes, summary, hint) => {
    const found = diagnosed(after(...probes));
    expect(found).toMatchObject({ cause: 'run-silent', domain: 'application', confidence: 'certain' });
    expect(found?.summary).toMatch(summary);
    expect(found?.hint).toMatch(hint);
  });

  it('is likely only where health does not say that all is well', () => {
    const health = (seen: Parameters<TimelineBuilder['probe']>[1]) =>
      diagnosed(silent(asked(), 'first-event').probe('backend-health', seen, 'health'));
    expect(health({ answer: answer(200) })).toMatchObject({ confidence: 'certain', rivals: [] });
    expect(health({ ok: false, answer: answer(503) })).toMatchObject({
      confidence: 'likely',
      rivals: [{ cause: 'not-ready' }],
    });
    expect(health(unanswered)).toMatchObject({ confidence: 'likely', rivals: [{ cause: 'process-stalled' }] });
  });

  it('is not explained by a complaint about our own pings', () => {
    const complained = asked()
      .gaveUp('first-event')
      .received({ type: 'error_message', error_code: 'UNKNOWN_TYPE', error_message: 'unknown message type ping' });
    expect(diagnosed(complained.probe('ping', {}, 'welcome').settled('gave-up').left())?.cause).toBe('run-silent');
  });
});
