import { describe, expect, it } from 'vitest';
import { profileNamed } from '../protocol/protocols.ts';
import type { Observation, Sighting } from '../timeline/observation.ts';
import { printable } from './printable.ts';
import { progressLine } from './progress.ts';
import { ProgressContext } from './progress-context.ts';

const netra = profileNamed('netra');
if (netra === null) throw new Error('no profile netra');
const profile = netra;

type Step = readonly [atMs: number, session: string, sighting: Sighting];

/** Every line of these sightings, in order. */
function lines(...steps: readonly Step[]): readonly string[] {
  const context = new ProgressContext(profile);
  return steps.flatMap(([atMs, session, sighting], seq) => {
    const observation: Observation = { ...sighting, seq, atMs, session };
    return progressLine(observation, context) ?? [];
  });
}

const joins = (name: string, role: 'user' | 'ladder' = 'user'): Step => [
  0,
  name,
  { kind: 'joined', persona: name, role },
];
const asks = (name: string, atMs: number): Step => [
  atMs,
  name,
  { kind: 'asked', turn: `${name}-1`, intendedAtMs: atMs },
];
const says = (name: string, atMs: number, message: unknown): Step => [
  atMs,
  name,
  { kind: 'received', text: JSON.stringify(message) },
];
const rung = (ok: boolean, detail: string, probe: 'rung' | 'auth-health' = 'rung'): Step => [
  0,
  'ladder',
  {
    kind: 'probed',
    rung: probe === 'rung' ? 'dns' : 'health',
    probe,
    ok,
    tookMs: 3.1,
    answer: null,
    trouble: null,
    facts: {},
    detail,
  },
];

describe('the live line', () => {
  it('is one per rung and event, aligned', () => {
    expect(
      lines(
        rung(true, '127.0.0.1'),
        joins('alice'),
        [1, 'alice', { kind: 'dialled', attempt: 1, url: 'ws://x/ws' }],
        [9, 'alice', { kind: 'opened', attempt: 1, subprotocol: '', headers: {}, tookMs: 8 }],
        asks('alice', 100),
        says('alice', 112, { type: 'agent_started', run_id: 'r1' }),
        says('alice', 131, { type: 'tool_executing', run_id: 'r1', tool_name: 'costs' }),
        says('alice', 9_800, { type: 'heartbeat' }),
        says('alice', 64_300, { type: 'agent_completed', run_id: 'r1', status: 'failed' }),
      ).join('\n'),
    ).toMatchInlineSnapshot(`
      "dns                ok              3 ms   127.0.0.1
      connect            ok              8 ms
      agent_started      delivered     +12 ms
      tool_executing     delivered     +31 ms   costs
      agent_completed    delivered    +64.2 s   says failed"
    `);
  });

  it('says whose it is only where there is more than one user', () => {
    expect(
      lines(
        joins('ladder', 'ladder'),
        joins('alice'),
        asks('alice', 0),
        says('alice', 5, { type: 'agent_started', run_id: 'r1' }),
        joins('bob'),
        asks('bob', 10),
        says('bob', 15, { type: 'agent_started', run_id: 'r2' }),
        says('alice', 20, { type: 'tool_completed', run_id: 'r1', tool_name: 'costs' }),
      ).join('\n'),
    ).toMatchInlineSnapshot(`
      "agent_started      delivered      +5 ms
      agent_started      delivered      +5 ms   bob
      tool_completed     delivered     +20 ms   alice  costs"
    `);
  });

  it('says what went wrong', () => {
    expect(
      lines(
        joins('alice'),
        rung(false, 'no such host', 'auth-health'),
        rung(false, 'ENOTFOUND'),
        rung(true, 'answered 200', 'auth-health'),
        [1, 'alice', { kind: 'refused', attempt: 1, answer: { status: 503, headers: {}, bodyHead: '' }, tookMs: 20 }],
        [2, 'alice', { kind: 'dialled', attempt: 2, url: 'ws://x/ws' }],
        [
          3,
          'alice',
          { kind: 'failed', attempt: 2, phase: 'tcp', code: 'ECONNRESET', message: 'read\u001b[2J', tookMs: 1 },
        ],
        says('alice', 4, { type: 'error', payload: { error: 'agent is down', code: 'AGENT_DOWN' } }),
        says('alice', 4, { type: 'agent_error', payload: { error: 'no model' } }),
        says('alice', 4, { type: 'agent_fallback', message: 'a canned answer' }),
        says('alice', 4, { type: 'tool_error', payload: { tool_name: 'costs', error: 'no table' } }),
        says('alice', 4, { type: 'server_shutdown', message: 'bye' }),
        [5, 'alice', { kind: 'received', text: 'not json' }],
        [6, 'alice', { kind: 'frame-broken', code: 'WS_ERR_INVALID_UTF8', message: 'bad text' }],
        [7, 'harness', { kind: 'stalled', lateByMs: 900, frozen: true }],
        [8, 'alice', { kind: 'gave-up', waitingFor: 'welcome', afterMs: 1000 }],
        [9, 'alice', { kind: 'faulted', fault: 'sever', towards: 'client' }],
        [10, 'alice', { kind: 'noted', topic: 'isolation', text: 'not asked' }],
        [11, 'alice', { kind: 'closed', code: 1006, reason: '', how: 'reset', socketCode: 'ECONNRESET' }],
      ).join('\n'),
    ).toMatchInlineSnapshot(`
      "  auth-health      broken          3 ms   no such host
      dns                broken          3 ms   ENOTFOUND
        auth-health      ok              3 ms   answered 200
      connect            refused        20 ms   HTTP 503
      connect            again                  attempt 2
      tcp                broken          1 ms   ECONNRESET read\\u001b[2J
      error              received               AGENT_DOWN agent is down
      agent_error        received               no model
      agent_fallback     received               a canned answer
      tool               broken                 costs
      shutdown           announced              bye
      frame              unreadable             not JSON (8 characters)
      frame              broken                 WS_ERR_INVALID_UTF8 bad text
      this process       stalled       900 ms   frozen
      welcome            not seen     1000 ms
      fault              injected               sever towards the client
      note                                      isolation: not asked
      connection         closed                 1006 (reset)"
    `);
  });

  it('is none for what a reader need not see', () => {
    expect(
      lines(
        joins('ladder', 'ladder'),
        joins('alice'),
        rung(true, 'answered 200', 'auth-health'),
        says('ladder', 1, { type: 'connection_established' }),
        [1, 'ladder', { kind: 'opened', attempt: 1, subprotocol: '', headers: {}, tookMs: 8 }],
        [1, 'ladder', { kind: 'closed', code: 1000, reason: '', how: 'frame', socketCode: null }],
        [2, 'alice', { kind: 'pinged' }],
        [3, 'alice', { kind: 'sent', text: '{}' }],
        [4, 'alice', { kind: 'closing', code: 1000 }],
        [5, 'alice', { kind: 'closed', code: 1000, reason: '', how: 'frame', socketCode: null }],
      ),
    ).toEqual([]);
  });

  it('obeys nothing and gives no command, whoever wrote it', () => {
    const evil = '::error::gone ##[error]gone \u001b[2J\u009b\u2066\n::warning::x';
    const all = lines(
      joins(evil),
      joins('bob'),
      rung(false, evil),
      says(evil, 2, { type: 'tool_executing', tool_name: evil, parameters: {} }),
      says(evil, 2, { type: 'error', code: evil, message: evil }),
      [3, evil, { kind: 'gave-up', waitingFor: evil, afterMs: 1 }],
      [3, evil, { kind: 'noted', topic: evil, text: evil }],
      [4, evil, { kind: 'closed', code: 1011, reason: evil, how: 'frame', socketCode: null }],
    );
    expect(all).toHaveLength(6);
    for (const line of all) {
      expect(line).toBe(printable(line));
      expect(line).not.toMatch(/::|##\w*\[/);
    }
  });

  it('is at most 500 characters long, and at most 21 lines for a frame', () => {
    const long = 'x'.repeat(1e6);
    const [noted = ''] = lines([1, 'alice', { kind: 'noted', topic: 'a', text: long }]);
    expect(noted).toHaveLength(500);
    expect(noted).toMatch(/x… \(1000\d+ characters\)$/);
    const events = Array.from({ length: 1000 }, () => ({ type: 'agent_thinking', reasoning: 'x' }));
    const [batch = ''] = lines(joins('alice'), says('alice', 1, { type: 'event_batch', events }));
    expect(batch.split('\n')).toHaveLength(21);
    expect(batch).toMatch(/and 980 more in this frame$/);
  });
});
