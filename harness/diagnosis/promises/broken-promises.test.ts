import { describe, expect, it } from 'vitest';
import { diagnosed } from '../../../fixtures/diagnosed.ts';
import { broken, ruled } from '../../../fixtures/ruled.ts';
import { type TimelineBuilder, timeline } from '../../../fixtures/timeline-builder.ts';
import type { Ruled } from '../../judge/rule.ts';
import { CAUSE_CODES } from '../causes.ts';
import { diagnose } from '../diagnose.ts';
import { CHARGES, chargesOf, GRAVITY } from './charges.ts';

const asked = () => timeline().opened().welcomed().asked();
const whole = (built: TimelineBuilder, ...without: string[]) =>
  built
    .five(...without)
    .settled()
    .left();

const chargedTo = (...rulings: readonly Ruled[]) => diagnose(whole(asked()).run(), rulings)?.cause;

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
    expect(late?.summary).toMatch(/^expected the next agent event within 2000 ms: came after 25\d\d ms, .* late/);
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

  it('is explained by any that is graver', () => {
    const byGravity = [
      ['identity/own-user', 'cross-user'],
      ['admission/refuses-x', 'target-permissive'],
      ['identity/own-run', 'foreign-run'],
      ['admission/welcomed', 'welcome-missing'],
      ['lifecycle/completed-successfully', 'run-failed'],
      ['wire/decodes', 'message-invalid'],
      ['payload/fields', 'payload-invalid'],
      ['wire/no-duplicates', 'event-duplicated'],
      ['recovery/none-lost', 'event-missing'],
      ['lifecycle/in-order', 'event-out-of-order'],
      ['tools/paired', 'tool-unpaired'],
      ['hostile/x', 'closed-with-error'],
      ['closure/x', 'closed-early'],
      ['promptness/connect', 'connection-slow'],
      ['promptness/gap', 'event-late'],
      ['liveness/answers-pings', 'half-open'],
    ] as const;
    for (const [index, [graver, cause]] of byGravity.entries())
      for (const [lesser] of byGravity.slice(index)) expect(chargedTo(broken(lesser), broken(graver))).toBe(cause);
  });

  it('is explained by a broken frame before anything but whose the events are', () => {
    const built = whole(asked()).note({ kind: 'frame-broken', code: 'WS_ERR_X', message: '' });
    const frame = broken('wire/decodes', 'MUST', [built.observations().length - 1]);
    const causeBeside = (id: `${string}/${string}`) => diagnose(built.run(), [broken(id), frame])?.cause;
    expect(causeBeside('identity/own-run')).toBe('foreign-run');
    expect(causeBeside('admission/welcomed')).toBe('frame-invalid');
  });

  it('is charged by its theme where no table names it, and by nothing where it only should', () => {
    expect(chargedTo(broken('recovery/nothing-lost'))).toBe('event-missing');
    expect(chargedTo(broken('isolation/strangers'))).toBe('cross-user');
    expect(chargedTo(broken('admission/expired-token'))).toBe('target-permissive');
    expect(chargedTo(broken('closure/x'))).toBe('closed-early');
    expect(chargedTo(broken('hostile/x'))).toBe('closed-with-error');
    expect(chargedTo(broken('identity/x'))).toBe('cross-user');
    expect(chargedTo(broken('liveness/x'))).toBe('half-open');
    expect(chargedTo(broken('payload/x'))).toBe('payload-invalid');
    expect(chargedTo(broken('promptness/x'))).toBe('event-late');
    expect(chargedTo(broken('tools/x'))).toBe('tool-unpaired');
    expect(chargedTo(broken('wire/x'))).toBe('message-invalid');
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
    expect(found?.summary).toBe('expected a: b (and 1 more)');
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
    expect(diagnose(run, [broken('lifecycle/all-five')])?.cause).toBe('credentials-refused');
    expect(diagnose(run, [kept])).toBeNull();
  });
});

describe('the charges', () => {
  it('name each cause of a rule in the order of gravity', () => {
    const charged = new Set(Object.keys(CHARGES).flatMap((id) => chargesOf(id)));
    const themes = ['admission', 'lifecycle', 'tools', 'identity', 'isolation', 'wire', 'hostile', 'payload'];
    for (const theme of [...themes, 'promptness', 'liveness', 'closure', 'recovery', 'weather'])
      charged.add(chargesOf(`${theme}/x`)[0]);
    for (const cause of charged) expect(GRAVITY).toContain(cause);
    expect(new Set(GRAVITY).size).toBe(GRAVITY.length);
    for (const cause of GRAVITY) expect(CAUSE_CODES).toContain(cause);
  });
});
