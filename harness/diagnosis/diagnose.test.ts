import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diagnosed, verdictOn } from '../../fixtures/diagnosed.ts';
import { timeline } from '../../fixtures/timeline-builder.ts';
import { HEADER } from '../../fixtures/timeline-header.ts';
import { CATALOGUE } from '../judge/catalogue.ts';
import { judge } from '../judge/judge.ts';
import { netra } from '../protocol/netra/netra.ts';
import {
  AUTH_MODES,
  type Observation,
  OWN_CODES,
  PHASES,
  PROBES,
  ROLES,
  RUNGS,
  type Sighting,
} from '../timeline/observation.ts';
import { readRun } from '../timeline/run.ts';
import { CAUSE_CODES, CAUSES } from './causes.ts';
import { diagnose } from './diagnose.ts';
import { EXIT_CODES } from './verdict.ts';
import { verdictOf } from './verdict-of.ts';

const REASONS = [
  '',
  'Authentication failed',
  'Service not ready',
  'keepalive ping timeout',
  'too many connections',
  'Origin',
  'idle timeout',
];
const FRAMES = [
  ...[
    'agent_started',
    'agent_thinking',
    'tool_executing',
    'tool_completed',
    'agent_completed',
    'agent_fallback',
    'agent_error',
  ],
  ...['connection_established', 'server_shutdown', 'heartbeat', 'ack', 'pong'],
].map((type) => JSON.stringify({ type, data: { run_id: 'r', agent_name: 'a', tool_name: 't' } }));

const text = fc.oneof(
  fc.string(),
  fc.constantFrom('', 'Invalid JWT', '{"error":"not ready"}', '<html>', 'Fri, 02 Jan 2026 03:14:06 GMT'),
);
const code = fc.oneof(
  fc.constantFrom(...Object.values(OWN_CODES), 'ECONNREFUSED', 'EMFILE', 'ENOTFOUND', 'EPROTO', 'HPE_X', 'CERT_X'),
  fc.string(),
);
const headers = fc.dictionary(
  fc.constantFrom('server', 'date', 'content-type', 'www-authenticate', 'location', '__proto__'),
  text,
);
const answer = fc.record({
  status: fc.constantFrom(101, 200, 301, 400, 401, 403, 404, 408, 429, 500, 502, 503, 504, 0, 999),
  headers,
  bodyHead: text,
});
const trouble = fc.record({ phase: fc.constantFrom(...PHASES), code, message: text });
const ms = fc.double({ min: 0, max: 4_000_000, noNaN: true });
const attempt = fc.integer({ min: 1, max: 5 });
const turn = fc.constantFrom('t1', 't2');

const sighting: fc.Arbitrary<Sighting> = fc.oneof(
  fc.record({ kind: fc.constant('joined' as const), persona: text, role: fc.constantFrom(...ROLES) }),
  fc.record({
    kind: fc.constant('probed' as const),
    rung: fc.constantFrom(...RUNGS),
    probe: fc.constantFrom(...PROBES),
    ok: fc.boolean(),
    tookMs: ms,
    answer: fc.option(answer),
    trouble: fc.option(trouble),
    facts: fc.dictionary(
      fc.constantFrom('revision', 'revisionMismatch', 'external', 'local', 'speaksTls'),
      fc.oneof(text, fc.boolean(), fc.constant(null)),
    ),
    detail: text,
  }),
  fc.record({
    kind: fc.constant('credentialed' as const),
    source: fc.constantFrom(...AUTH_MODES),
    subject: text,
    expiresAtMs: fc.option(fc.double()),
    fingerprint: text,
  }),
  fc.record({ kind: fc.constant('dialled' as const), attempt, url: text }),
  fc.record({ kind: fc.constant('opened' as const), attempt, subprotocol: text, headers, tookMs: ms }),
  fc.record({ kind: fc.constant('refused' as const), attempt, answer, tookMs: ms }),
  fc.record({
    kind: fc.constant('failed' as const),
    attempt,
    phase: fc.constantFrom(...PHASES),
    code,
    message: text,
    tookMs: ms,
  }),
  fc.record({ kind: fc.constant('asked' as const), turn, intendedAtMs: ms }),
  fc.record({ kind: fc.constant('sent' as const), text }),
  fc.record({ kind: fc.constant('received' as const), text: fc.oneof(fc.constantFrom(...FRAMES), text) }),
  fc.record({ kind: fc.constant('received-binary' as const), bytes: fc.nat() }),
  fc.constantFrom({ kind: 'pinged' } as const, { kind: 'ponged' } as const, { kind: 'was-pinged' } as const),
  fc.record({ kind: fc.constant('frame-broken' as const), code, message: text }),
  fc.record({ kind: fc.constant('closing' as const), code: fc.integer() }),
  fc.record({
    kind: fc.constant('closed' as const),
    code: fc.constantFrom(1000, 1001, 1002, 1005, 1006, 1008, 1011, 1012, 1013, 3000, 4401, 0),
    reason: fc.oneof(fc.constantFrom(...REASONS), text),
    how: fc.constantFrom('frame' as const, 'fin' as const, 'reset' as const, 'timeout' as const, 'local' as const),
    socketCode: fc.option(code),
  }),
  fc.record({
    kind: fc.constant('faulted' as const),
    fault: text,
    towards: fc.constantFrom('client' as const, 'server' as const),
  }),
  fc.record({ kind: fc.constant('stalled' as const), lateByMs: ms, frozen: fc.boolean() }),
  fc.record({
    kind: fc.constant('gave-up' as const),
    waitingFor: fc.constantFrom('welcome', 'gap', 'interrupted'),
    afterMs: ms,
  }),
  fc.record({
    kind: fc.constant('settled' as const),
    turn,
    because: fc.constantFrom('complete' as const, 'quiet' as const, 'closed' as const, 'gave-up' as const),
  }),
  fc.record({
    kind: fc.constant('noted' as const),
    topic: fc.constantFrom('harness-crashed', 'isolation', 'interrupted'),
    text,
  }),
);

const run = fc
  .record({
    seen: fc.array(fc.record({ sighting, waitMs: ms, session: fc.constantFrom('alice', 'bob', 'ladder', 'harness') }), {
      maxLength: 40,
    }),
    authMode: fc.constantFrom(...AUTH_MODES),
    alone: fc.boolean(),
    tlsUnverified: fc.boolean(),
  })
  .map(({ seen, authMode, alone, tlsUnverified }) => {
    let atMs = HEADER.startedAtMs;
    const observations = seen.map(({ sighting, waitMs, session }, seq): Observation => {
      atMs += waitMs;
      return { ...sighting, seq, atMs, session };
    });
    const header = { ...HEADER, authMode, tlsUnverified, rules: alone ? [] : CATALOGUE.map(({ id }) => id) };
    return readRun(header, observations, netra);
  });

describe('a diagnosis', () => {
  it('is made of any timeline whatever, without throwing, and commits to a domain', () => {
    fc.assert(
      fc.property(run, (one) => {
        const rulings = judge(one);
        const verdict = verdictOf(one, rulings);
        expect(EXIT_CODES).toHaveProperty(verdict.outcome);
        const { diagnosis } = verdict;
        expect(diagnosis === null).toBe(verdict.outcome === 'passed');
        if (diagnosis === null) return;
        expect(CAUSE_CODES).toContain(diagnosis.cause);
        expect(diagnosis.summary).not.toMatch(/undefined|\[object|NaN/);
        expect(diagnosis.hint.length).toBeGreaterThan(0);
        expect(diagnosis.evidence.length).toBeGreaterThan(0);
        if (diagnosis.confidence === 'ambiguous') expect(diagnosis.rivals.length).toBeGreaterThan(0);
        if (diagnosis.cause !== 'credentials-refused') expect(diagnosis.domain).toBe(CAUSES[diagnosis.cause].domain);
      }),
      { numRuns: 2000, seed: 7 },
    );
  });

  it('is the same however often it is made', () => {
    fc.assert(
      fc.property(run, (one) => {
        expect(diagnose(one, judge(one))).toEqual(diagnose(one, judge(one)));
      }),
      { numRuns: 200, seed: 7 },
    );
  });

  it('is not moved by heartbeats and messages that nobody knows', () => {
    const noisy = timeline().opened().welcomed().received({ type: 'heartbeat' }).asked().event('agent_started');
    const found = diagnosed(noisy.received({ type: 'zzz_unknown' }).closed(1012).settled('closed'));
    const plain = diagnosed(
      timeline().opened().welcomed().asked().event('agent_started').closed(1012).settled('closed'),
    );
    expect(found).toMatchObject({ cause: 'connection-lost' });
    expect(found?.summary).toBe(plain?.summary);
  });
});

describe('what explains the others', () => {
  it('is the refused dial before the silence of the other user', () => {
    const two = timeline().opened().welcomed().asked().gaveUp().settled('gave-up').on('bob').refused(503);
    expect(verdictOn(two)).toMatchObject({ outcome: 'blocked', diagnosis: { cause: 'service-unavailable' } });
  });

  it('is not the refused dial of one user where the run of another ended with a promise broken', () => {
    const two = timeline().opened().welcomed().asked().five('agent_thinking').settled().on('bob').refused(503);
    expect(verdictOn(two)).toMatchObject({
      outcome: 'failed',
      diagnosis: { cause: 'event-missing', domain: 'application' },
    });
    const kept = timeline().opened().welcomed().asked().five().settled().on('bob').refused(503);
    expect(verdictOn(kept)).toMatchObject({ outcome: 'blocked', diagnosis: { cause: 'service-unavailable' } });
    const late = timeline()
      .opened()
      .welcomed()
      .asked()
      .wait(2500)
      .five()
      .settled()
      .on('bob')
      .failed({ code: 'EMFILE' });
    expect(verdictOn(late)).toMatchObject({ outcome: 'unproven', diagnosis: { cause: 'client-exhausted' } });
    const both = timeline()
      .opened()
      .welcomed()
      .asked()
      .five('agent_thinking')
      .settled()
      .on('bob')
      .opened()
      .closed(1011);
    expect(verdictOn(both)).toMatchObject({ outcome: 'failed', diagnosis: { cause: 'closed-with-error' } });
  });

  it('is the lost connection before the events that it swallowed', () => {
    const lost = timeline()
      .opened()
      .welcomed()
      .asked()
      .event('agent_started')
      .closed(1006, '', 'reset')
      .settled('closed');
    expect(diagnosed(lost)?.cause).toBe('connection-lost');
  });

  it('is the word of the target before the close code, and the close code before the silence', () => {
    const said = timeline()
      .opened()
      .welcomed()
      .asked()
      .received({ type: 'error', data: { message: 'out of memory' } });
    expect(diagnosed(said.closed(1011).settled('closed'))?.cause).toBe('run-failed');
    expect(diagnosed(timeline().opened().welcomed().asked().closed(1011).settled('closed'))?.cause).toBe(
      'closed-with-error',
    );
  });
});
