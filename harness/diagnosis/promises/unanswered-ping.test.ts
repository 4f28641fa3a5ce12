import { describe, expect, it } from 'vitest';
import { diagnosed } from '../../../fixtures/diagnosed.ts';
import { answer, type TimelineBuilder, timeline } from '../../../fixtures/timeline-builder.ts';

const beat = { type: 'heartbeat', data: {} };
const begun = () => timeline().opened().welcomed().asked().event('agent_started').received(beat);
const asks = (built: TimelineBuilder) => built.gaveUp('gap', 3000).note({ kind: 'pinged' }).wait(2000);
const noPong = (bytes: number) => ({ ok: false, facts: { answered: false, bytes } });
const lives = (built: TimelineBuilder) =>
  built
    .settled('gave-up')
    .probe('backend-health', { answer: answer(200) })
    .probe('fresh-upgrade');
const hangs = { ok: false, trouble: { phase: 'health', code: 'DEADLINE', message: '' } } as const;

describe('a ping that is not answered', () => {
  it('is no silence where frames still come: the run stopped', () => {
    const found = diagnosed(lives(asks(begun()).received(beat).received(beat).probe('ping', noPong(40))));
    expect(found).toMatchObject({ cause: 'run-stalled', domain: 'application', confidence: 'certain' });
    expect(found?.summary).toContain('no event came, though another message did, for 3000 ms');
    expect(found?.summary).toContain('a ping is not answered, although 2 frames still came');
  });

  it('is no silence where a frame drips that does not end', () => {
    const found = diagnosed(lives(asks(begun()).probe('ping', noPong(97))));
    expect(found).toMatchObject({ cause: 'run-stalled', domain: 'application' });
    expect(found?.summary).toContain('97 bytes of a frame that does not end still came');
  });

  it('is a dead connection where nothing comes', () => {
    expect(diagnosed(lives(asks(begun()).probe('ping', noPong(0))))).toMatchObject({ cause: 'half-open' });
  });

  it('is a missing welcome where the welcome drips', () => {
    const opened = timeline().opened().gaveUp('welcome', 20_000).note({ kind: 'pinged' }).wait(2000);
    const found = diagnosed(opened.probe('ping', noPong(97)).probe('backend-health', { answer: answer(200) }));
    expect(found).toMatchObject({ cause: 'welcome-missing', confidence: 'certain' });
    expect(found?.summary).toContain('although 97 bytes of a frame that does not end still came');
  });

  it('is a busy process where health does not answer either', () => {
    const built = asks(begun()).received(beat).probe('ping', noPong(40)).settled('gave-up');
    const found = diagnosed(built.probe('backend-health', hangs).probe('fresh-upgrade', hangs));
    expect(found).toMatchObject({ cause: 'process-stalled', confidence: 'likely' });
  });

  it('stays the one thing that is wrong where every event comes', () => {
    const built = timeline().opened().welcomed().note({ kind: 'asked', turn: 't1', intendedAtMs: 0 });
    built.note({ kind: 'pinged' }).note({ kind: 'sent', text: '{}' }).five().wait(5000).settled().left();
    const found = diagnosed(built);
    expect(found).toMatchObject({ cause: 'half-open', confidence: 'ambiguous' });
    expect(found?.summary).toContain('5 frames still came, so it is not silent');
    expect(found?.hint).toContain('drops control frames');
  });
});

describe('an answer that comes whole and closes before the pong could come', () => {
  const answered = (without: readonly string[] = []) => {
    const built = timeline().opened().welcomed().note({ kind: 'asked', turn: 't1', intendedAtMs: 1000 });
    built.with({ rules: ['admission/welcomed', 'liveness/answers-pings'] });
    return built
      .note({ kind: 'pinged' })
      .note({ kind: 'sent', text: '{}' })
      .five(...without);
  };

  it.each([
    [1000, 'frame'],
    [1005, 'frame'],
    [1006, 'fin'],
  ] as const)('is a sign of life where it ends with %i (%s)', (code, how) => {
    expect(diagnosed(answered().settled().closed(code, '', how))).toBeNull();
  });

  it('is none where it is not whole, or was torn', () => {
    expect(diagnosed(answered(['agent_thinking']).settled().closed(1000))?.cause).toBe('nothing-judged');
    expect(diagnosed(answered().settled().closed(1006, '', 'reset'))?.cause).toBe('nothing-judged');
  });
});
