import { describe, expect, it } from 'vitest';
import { diagnosed } from '../../../fixtures/diagnosed.ts';
import { type TimelineBuilder, timeline } from '../../../fixtures/timeline-builder.ts';
import type { Ruled, Violation } from '../../judge/rule.ts';
import { CAUSE_CODES } from '../causes.ts';
import { diagnose } from '../diagnose.ts';
import { CHARGES, chargesOf, GRAVITY } from './charges.ts';

const asked = () => timeline().opened().welcomed().asked();
const whole = (built: TimelineBuilder, ...without: string[]) =>
  built
    .five(...without)
    .settled()
    .left();

/** A ruling of a rule that may exist in no catalogue. */
function ruled(id: `${string}/${string}`, ruling: Ruled['ruling'], level: 'MUST' | 'SHOULD' = 'MUST'): Ruled {
  return { rule: { id, statement: `${level} be so`, because: 'so', judge: () => ruling }, ruling };
}
function broken(id: `${string}/${string}`, level: 'MUST' | 'SHOULD' = 'MUST', at: readonly number[] = [0]): Ruled {
  const violation: Violation = { expected: 'this', actual: 'that', at };
  return ruled(id, { outcome: 'fail', violations: [violation] }, level);
}
const chargedTo = (...rulings: readonly Ruled[]) => diagnose(whole(asked()).run(), rulings)?.cause;

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

  it('proves nothing where it was interrupted', () => {
    expect(diagnosed(asked().event('agent_started'))).toMatchObject({ cause: 'nothing-judged', domain: 'harness' });
  });
});

describe('a promise that was broken', () => {
  it('passes where none was', () => {
    expect(diagnosed(whole(asked()))).toBeNull();
  });

  it.each([
    [
      'event-out-of-order',
      asked()
        .event('agent_started')
        .event('tool_executing')
        .event('agent_thinking')
        .event('tool_completed')
        .event('agent_completed')
        .settled()
        .left(),
    ],
    ['event-out-of-order', asked().five().event('agent_thinking', { thought: 'late' }).settled().left()],
    ['event-duplicated', asked().event('agent_started').event('agent_started').five('agent_started').settled().left()],
    [
      'tool-unpaired',
      asked()
        .five('agent_completed')
        .event('tool_executing', { execution_id: 'call-2' })
        .event('agent_completed')
        .settled()
        .left(),
    ],
    ['run-failed', asked().five('agent_completed').event('agent_completed', { status: 'failed' }).settled().left()],
    ['message-invalid', asked().received('not json').five().settled().left()],
    ['message-invalid', asked().note({ kind: 'received-binary', bytes: 3 }).five().settled().left()],
    [
      'payload-invalid',
      asked()
        .five('tool_executing', 'tool_completed', 'agent_completed')
        .received({ type: 'tool_executing', data: { run_id: 'run-1', execution_id: 'c' } })
        .received({ type: 'tool_completed', data: { run_id: 'run-1', execution_id: 'c' } })
        .event('agent_completed')
        .settled()
        .left(),
    ],
    ['connection-slow', timeline().opened({}, 1, 9000).welcomed().asked().five().settled().left()],
    ['event-late', asked().event('agent_started').wait(2500).five('agent_started').settled().left()],
    [
      'run-faked',
      asked()
        .received({ type: 'agent_fallback', data: { message: 'a canned answer' } })
        .five()
        .settled()
        .left(),
    ],
  ] as const)('is %s', (cause, built) => {
    expect(diagnosed(built)).toMatchObject({ cause });
  });

  it('says what was promised and what was there instead', () => {
    const late = diagnosed(asked().event('agent_started').wait(2500).five('agent_started').settled().left());
    expect(late?.summary).toMatch(/^the next agent event within 2000 ms was promised: came after 25\d\d ms, .* late/);
    const fallback = diagnosed(
      asked()
        .received({ type: 'agent_fallback', data: { message: 'canned' } })
        .five()
        .settled()
        .left(),
    );
    expect(fallback?.summary).toBe('agent_fallback answered turn t1 in place of the agent: canned');
  });

  it('is explained by the gravest of several', () => {
    expect(chargedTo(broken('promptness/total'), broken('wire/no-duplicates'), broken('identity/own-run'))).toBe(
      'foreign-run',
    );
    expect(chargedTo(broken('lifecycle/in-order'), broken('identity/own-user'))).toBe('cross-user');
    expect(chargedTo(broken('promptness/gap'), broken('promptness/connect'))).toBe('connection-slow');
    expect(chargedTo(broken('lifecycle/in-order'), broken('tools/paired'))).toBe('event-out-of-order');
  });

  it('is charged by its theme where no table names it, and by nothing where it only should', () => {
    expect(chargedTo(broken('recovery/nothing-lost'))).toBe('event-missing');
    expect(chargedTo(broken('isolation/strangers'))).toBe('cross-user');
    expect(chargedTo(broken('admission/expired-token'))).toBe('target-permissive');
    expect(chargedTo(broken('weather/sunny'))).toBe('event-missing');
    expect(chargedTo(broken('constructor/x'))).toBe('event-missing');
    expect(
      chargedTo(broken('payload/fields', 'SHOULD'), ruled('lifecycle/x', { outcome: 'not-applicable', reason: '' })),
    ).toBe('nothing-judged');
  });

  it('points to the newest observation where it cites none of this run', () => {
    const found = diagnose(whole(asked()).run(), [broken('liveness/answers-pings', 'MUST', [999])]);
    expect(found).toMatchObject({ cause: 'half-open', confidence: 'ambiguous', answeredBy: 'none' });
    expect(found?.evidence[0].kind).toBe('closed');
  });

  it('counts the violations beside the first', () => {
    const violations = [
      { expected: 'a', actual: 'b', at: [1] },
      { expected: 'c', actual: 'd', at: [2] },
    ] as const;
    const found = diagnose(whole(asked()).run(), [ruled('wire/decodes', { outcome: 'fail', violations })]);
    expect(found?.summary).toBe('a was promised: b (and 1 more)');
  });

  it('outranks everything where another user is concerned', () => {
    const run = timeline()
      .rung('health', { facts: { revisionMismatch: true } })
      .opened()
      .closed(1012)
      .run();
    expect(diagnose(run, [broken('identity/own-user')])).toMatchObject({ cause: 'cross-user', domain: 'application' });
  });
});

describe('what no rule could judge', () => {
  const open = (reason = 'x') => ruled('lifecycle/all-five', { outcome: 'inconclusive', reason });
  const slow = ruled('promptness/gap', { outcome: 'inconclusive', reason: 'harness stalled 900 ms' });
  const stalled = (frozen: boolean) => whole(asked()).note({ kind: 'stalled', lateByMs: 900, frozen }).run();

  it('is our own stall where only times are in doubt', () => {
    const found = diagnose(stalled(true), [slow]);
    expect(found).toMatchObject({ cause: 'harness-stalled', domain: 'harness', answeredBy: 'client' });
    expect(found?.summary).toContain('late by 900 ms itself (stopped or starved from outside)');
    expect(diagnose(stalled(false), [slow])?.summary).toContain('busy with its own work');
    expect(diagnose(whole(asked()).run(), [slow])?.cause).toBe('nothing-judged');
    expect(diagnose(stalled(true), [slow, open()])?.cause).toBe('nothing-judged');
    expect(diagnose(stalled(true), [slow, broken('lifecycle/in-order')])?.cause).toBe('event-out-of-order');
    expect(diagnose(stalled(true), [slow, broken('promptness/total')])?.cause).toBe('event-late');
  });

  it('is nothing judged, and says why', () => {
    const run = whole(asked()).run();
    expect(diagnose(run, [open('nobody asked'), slow])?.summary).toBe(
      'lifecycle/all-five could not be judged: nobody asked (and 1 more)',
    );
    expect(diagnose(run, [])?.summary).toBe('no rule was judged');
    expect(diagnose(run, [ruled('a/b', { outcome: 'not-applicable', reason: '' })])?.summary).toBe(
      'no MUST rule applies to what was done',
    );
    expect(diagnose(timeline().with({ rules: [] }).run(), [])?.summary).toBe('no rung proved anything');
    const stopped = whole(asked()).note({ kind: 'noted', topic: 'interrupted', text: '' }).run();
    expect(diagnose(stopped, [open('cut')])?.summary).toBe(
      'the run was interrupted: lifecycle/all-five could not be judged: cut',
    );
  });

  it('is nothing judged without a single observation', () => {
    const run = { ...whole(asked()).run(), observations: [], sessions: [], users: [], turns: [] };
    expect(diagnose(run, [open()])?.evidence).toHaveLength(1);
    expect(diagnose(run, [])?.summary).toBe('nothing was seen');
    expect(diagnose(run, [broken('lifecycle/x')])?.evidence[0].kind).toBe('noted');
  });
});

describe('a refusal that was asked for', () => {
  it('explains nothing where a kept promise of admission cites it', () => {
    const built = timeline('expired')
      .refused(401)
      .on('alice')
      .opened()
      .welcomed()
      .asked()
      .five('agent_thinking')
      .settled()
      .left();
    const run = built.run();
    const refusal = run.observations.find(({ kind }) => kind === 'refused');
    if (refusal === undefined) throw new Error('the timeline has a refusal');
    const kept = ruled('admission/refused', { outcome: 'pass', evidence: [refusal] });
    expect(diagnose(run, [kept, broken('lifecycle/all-five')])?.cause).toBe('event-missing');
    expect(diagnose(run, [broken('lifecycle/all-five')])?.cause).toBe('upgrade-refused');
    expect(diagnose(run, [kept])).toBeNull();
  });
});

describe('the charges', () => {
  it('name each cause of a rule in the order of gravity', () => {
    const charged = new Set(Object.keys(CHARGES).flatMap((id) => chargesOf(id)));
    for (const cause of charged) expect(GRAVITY).toContain(cause);
    expect(new Set(GRAVITY).size).toBe(GRAVITY.length);
    for (const cause of GRAVITY) expect(CAUSE_CODES).toContain(cause);
  });
});
