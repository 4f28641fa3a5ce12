import { describe, expect, it } from 'vitest';
import { diagnosed } from '../../../fixtures/diagnosed.ts';
import { type TimelineBuilder, timeline } from '../../../fixtures/timeline-builder.ts';

const asked = () => timeline().opened().welcomed().asked();
const whole = (built: TimelineBuilder, ...without: string[]) =>
  built
    .five(...without)
    .settled()
    .left();

describe('a run whose events are not all there', () => {
  it('says which type never came, of which run, and within what time', () => {
    const found = diagnosed(whole(asked(), 'agent_thinking'));
    expect(found).toMatchObject({
      cause: 'event-missing',
      domain: 'application',
      confidence: 'certain',
      rivals: [],
      phase: 'stream',
    });
    expect(found?.summary).toBe('agent_thinking never came (run run-1) within 41 ms');
    expect(found?.evidence.map(({ kind }) => kind)).toEqual(['sent', 'received', 'settled']);
  });

  it.each(['agent_started', 'tool_executing', 'tool_completed'])('is certain where %s alone is missing', (type) => {
    expect(diagnosed(whole(asked(), type))).toMatchObject({ cause: 'event-missing', confidence: 'certain' });
  });

  it('cannot tell where both tool events are missing from a run that went well', () => {
    const found = diagnosed(whole(asked(), 'tool_executing', 'tool_completed'));
    expect(found).toMatchObject({ cause: 'event-missing', confidence: 'ambiguous' });
    expect(found?.rivals.map(({ cause }) => cause)).toEqual(['no-tool-chosen']);
    expect(found?.summary).toContain('tool_executing and tool_completed never came');
    const alsoThought = diagnosed(whole(asked(), 'agent_thinking', 'tool_executing', 'tool_completed'));
    expect(alsoThought?.confidence).toBe('certain');
  });

  it('owes no tool events where none are declared, and both where one is used', () => {
    const without = whole(
      timeline().with({ tools: 'absent' }).opened().welcomed().asked(),
      'tool_executing',
      'tool_completed',
    );
    expect(diagnosed(without)).toBeNull();
    const half = whole(timeline().with({ tools: 'optional' }).opened().welcomed().asked(), 'tool_completed');
    expect(diagnosed(half)?.summary).toContain('tool_completed never came');
  });

  it('is silent where not one came, an acknowledgement notwithstanding', () => {
    const silent = diagnosed(asked().gaveUp('first-event', 3000).settled('gave-up').left());
    expect(silent).toMatchObject({ cause: 'run-silent', domain: 'application' });
    expect(silent?.summary).toBe('not one agent event came (turn t1) within 3001 ms');
    const acked = asked().received({ type: 'ack', received_type: 'chat' }).gaveUp().settled('gave-up').left();
    expect(diagnosed(acked)?.summary).toContain('the request was acknowledged, which is no event');
  });

  it('has stalled where it began and did not end', () => {
    const found = diagnosed(
      asked().event('agent_started').event('agent_thinking').gaveUp('gap', 3000).settled('gave-up').left(),
    );
    expect(found).toMatchObject({ cause: 'run-stalled', domain: 'application' });
    expect(found?.summary).toBe(
      'run run-1 stopped after agent_thinking: nothing came for 3000 ms, and the socket stayed open',
    );
  });

  it('claims no open socket where the connection ended', () => {
    const cut = asked().event('agent_started').note({ kind: 'faulted', fault: 'sever', towards: 'client' }).wait(10);
    const found = diagnosed(cut.closed(1006, '', 'reset').settled('closed'));
    expect(found?.summary).toBe(
      'run run-1 stopped after agent_started: nothing came for 10 ms, then the connection ended',
    );
  });

  it('blames no connection that died when the run was over', () => {
    const over = asked().five('agent_thinking').settled().note({ kind: 'pinged' }).wait(3000);
    expect(diagnosed(over.note({ kind: 'noted', topic: 'x', text: '' }))).toMatchObject({
      cause: 'event-missing',
      domain: 'application',
    });
  });

  it('speaks through its gravest turn', () => {
    const two = whole(asked(), 'agent_thinking')
      .on('bob')
      .opened()
      .welcomed()
      .asked('t2')
      .gaveUp()
      .settled('gave-up', 't2')
      .left();
    expect(diagnosed(two)?.cause).toBe('run-silent');
  });

  it('may lack what was due when the target announced a restart, and not what was missing before', () => {
    const bye = (built: TimelineBuilder) => built.received({ type: 'system_shutdown', message: 'bye' });
    const rest = (built: TimelineBuilder) =>
      built.event('tool_completed').event('agent_completed').settled('quiet').left();
    const since = diagnosed(rest(bye(asked().event('agent_started')).event('tool_executing')));
    expect(since).toMatchObject({
      cause: 'event-missing',
      domain: 'application',
      confidence: 'ambiguous',
      rivals: [{ cause: 'connection-lost' }],
    });
    expect(since?.summary).toBe(
      'agent_thinking never came (run run-1) within 41 ms; on this connection the target said "bye"',
    );
    const before = diagnosed(rest(bye(asked().event('agent_started').event('tool_executing'))));
    expect(before).toMatchObject({ cause: 'event-missing', confidence: 'certain', rivals: [] });
  });

  it('proves nothing where it was interrupted', () => {
    expect(diagnosed(asked().event('agent_started'))).toMatchObject({ cause: 'nothing-judged', domain: 'harness' });
  });
});
