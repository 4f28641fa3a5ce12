import { describe, expect, it } from 'vitest';
import { diagnosed } from '../../../fixtures/diagnosed.ts';
import { type TimelineBuilder, timeline } from '../../../fixtures/timeline-builder.ts';

const midRun = () => timeline().opened().welcomed().asked().event('agent_started');
const cut = (built: TimelineBuilder, socketCode: string | null = null) =>
  built.closed(1006, '', 'local', socketCode).settled('closed');

describe('a connection that our own side cut although nobody had asked for it', () => {
  it('is a stall of ours where we were late just then, however short', () => {
    const found = diagnosed(cut(midRun().stalled(300).note({ kind: 'was-pinged' }).wait(2)));
    expect(found).toMatchObject({
      cause: 'harness-stalled',
      domain: 'harness',
      answeredBy: 'client',
      confidence: 'likely',
    });
    expect(found?.summary).toBe(
      'this process was late by 300 ms itself (stopped or starved from outside): our own side cut the connection in the middle of run run-1, 315 ms after it opened',
    );
    expect(found?.rivals[0]?.check).toContain('was-pinged');
  });

  it('is a stall of ours where its code says that more pings came than are answered', () => {
    const found = diagnosed(cut(midRun(), 'AUTO_PONG_LIMIT'));
    expect(found).toMatchObject({ cause: 'harness-stalled', confidence: 'likely' });
    expect(found?.summary).toContain('more pings came in one moment than we answer: our own side cut the connection');
  });

  it('is the same where no code says so and the pings are there', () => {
    const pinged = (many: number, everyMs: number) => {
      const built = midRun();
      for (let one = 0; one < many; one += 1) built.wait(everyMs).note({ kind: 'was-pinged' });
      return diagnosed(cut(built))?.cause;
    };
    expect(pinged(61, 1)).toBe('harness-stalled');
    expect(pinged(40, 1)).toBe('harness-crashed');
    expect(pinged(100, 30)).toBe('harness-crashed');
  });

  it('is a crash of ours where nothing tells why, before the welcome too', () => {
    const found = diagnosed(cut(midRun()));
    expect(found).toMatchObject({ cause: 'harness-crashed', domain: 'harness', confidence: 'likely' });
    expect(found?.hint).toContain('timeline.jsonl');
    expect(diagnosed(timeline().opened().closed(1006, '', 'local'))).toMatchObject({
      cause: 'harness-crashed',
      phase: 'welcome',
    });
    expect(diagnosed(cut(timeline().stalled(200).opened().welcomed().asked()))?.cause).toBe('harness-crashed');
    expect(diagnosed(cut(midRun().stalled(3000).wait(5000).event('agent_thinking')))?.cause).toBe('harness-crashed');
  });

  it('does not excuse what the target had broken by then', () => {
    const started = { type: 'agent_thinking', data: { run_id: 'run-1', agent_name: 'triage' }, event_id: 'e1' };
    const twice = midRun().received(started).received(started).stalled(3000);
    expect(diagnosed(cut(twice))).toMatchObject({ cause: 'event-duplicated', domain: 'application' });
  });

  it('is none where we closed it, gave up before, cut it on purpose, were interrupted, or had all', () => {
    const closing = midRun().note({ kind: 'closing', code: 1000 });
    expect(diagnosed(closing.closed(1006, '', 'local'))?.cause).toBe('nothing-judged');
    expect(diagnosed(cut(midRun().gaveUp()))?.cause).toBe('run-stalled');
    const severed = midRun().note({ kind: 'faulted', fault: 'sever', towards: 'client' });
    expect(diagnosed(cut(severed))?.cause).toBe('run-stalled');
    const stopped = midRun().note({ kind: 'noted', topic: 'interrupted', text: 'SIGINT' });
    expect(diagnosed(stopped.closed(1006, '', 'local'))?.cause).toBe('nothing-judged');
    expect(diagnosed(timeline().opened().welcomed().asked().five().settled().closed(1006, '', 'local'))).toBeNull();
  });
});
