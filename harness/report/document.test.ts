import { readFileSync } from 'node:fs';
import Ajv from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { HEADER } from '../../fixtures/timeline-header.ts';
import { BLOCKED, FAILED, PASSED, UNPROVEN } from '../../fixtures/verdict-documents.ts';
import { verdictOf } from '../diagnosis/verdict-of.ts';
import { CATALOGUE } from '../judge/catalogue.ts';
import { judge } from '../judge/judge.ts';
import { HARNESS_ERRORS, type HarnessErrorCode } from '../kernel/errors.ts';
import { profileNamed } from '../protocol/protocols.ts';
import type { Header } from '../timeline/header.ts';
import type { Observation, Sighting } from '../timeline/observation.ts';
import { readRun } from '../timeline/run.ts';
import { verdictDocument } from './document.ts';
import { type VerdictDocument, verdictSchema } from './document-schema.ts';
import { refusalDocument } from './refusal-document.ts';

const profile = profileNamed('netra');
if (profile === null) throw new Error('no profile netra');
const netra = profile;

const shipped = new Ajv.Ajv2020({ strict: true, allowUnionTypes: true }).compile(
  JSON.parse(readFileSync(new URL('../../schemas/verdict.schema.json', import.meta.url), 'utf8')),
);

/** Valid by the schema in the code and by the file that is shipped. */
function valid(document: VerdictDocument): VerdictDocument {
  shipped(JSON.parse(JSON.stringify(document)));
  expect(shipped.errors ?? []).toEqual([]);
  expect(verdictSchema.parse(document)).toEqual(document);
  return document;
}

type Step = readonly [atMs: number, session: string, sighting: Sighting];
const event = (atMs: number, type: string, more: object = {}, session = 'alice'): Step => [
  1000 + atMs,
  session,
  { kind: 'received', text: JSON.stringify({ type, run_id: 'r1', ...more }) },
];
const rung = (atMs: number, name: 'dns' | 'health', ok: boolean, facts = {}): Step => [
  1000 + atMs,
  'ladder',
  {
    kind: 'probed',
    rung: name,
    probe: 'rung',
    ok,
    tookMs: 3.10049,
    answer: null,
    trouble: null,
    facts,
    detail: `${name} ${ok}`,
  },
];

const CONVERSATION: readonly Step[] = [
  rung(0, 'health', false),
  rung(1, 'health', true, { revision: 'abc123' }),
  rung(2, 'dns', true),
  [1000, 'alice', { kind: 'joined', persona: 'alice', role: 'user' }],
  [1010, 'alice', { kind: 'dialled', attempt: 1, url: 'ws://127.0.0.1:4000/ws' }],
  [1018, 'alice', { kind: 'opened', attempt: 1, subprotocol: '', headers: {}, tookMs: 8 }],
  event(20, 'connection_established'),
  event(25, 'agent_thinking'),
  [1029, 'alice', { kind: 'asked', turn: 't1', intendedAtMs: 1029 }],
  [1030, 'alice', { kind: 'sent', text: '{"type":"user_message"}' }],
  event(42, 'agent_started'),
  event(61, 'agent_thinking'),
  event(80.0006, 'tool_executing', { tool_name: 'costs' }),
  event(110, 'tool_completed', { tool_name: 'costs' }),
  event(240, 'agent_completed', { status: 'completed' }),
  [1240, 'alice', { kind: 'settled', turn: 't1', because: 'complete' }],
  [1241, 'harness', { kind: 'stalled', lateByMs: 4, frozen: false }],
  [1242, 'alice', { kind: 'noted', topic: 'isolation', text: 'not asked' }],
  [1243, 'alice', { kind: 'noted', topic: 'isolation', text: 'not asked' }],
];

function documentOf(steps: readonly Step[], header: Partial<Header> = {}, exitCode?: number): VerdictDocument {
  const observations = steps.map(
    ([atMs, session, sighting], seq): Observation => ({ ...sighting, seq, atMs, session }),
  );
  const run = readRun({ ...HEADER, rules: CATALOGUE.map((rule) => rule.id), ...header }, observations, netra);
  return verdictDocument({
    run,
    verdict: verdictOf(run, judge(run)),
    harness: { version: '0.1.0', node: 'v26.10.0', eventLoopDelayMaxMs: 1.2, stalls: 1 },
    artifacts: { timeline: null, html: null, junit: null },
    ...(exitCode === undefined ? {} : { exitCode }),
  });
}

describe('the verdict document', () => {
  it('is valid for every outcome', () => {
    for (const document of [PASSED, FAILED, BLOCKED, UNPROVEN]) valid(document);
    valid(documentOf(CONVERSATION));
    valid(documentOf([]));
  });

  it('is refused by the shipped schema where a field is missing, unknown or of another type', () => {
    const { seed, ...less } = PASSED;
    expect(seed).toBe(7);
    for (const broken of [
      less,
      { ...PASSED, more: 1 },
      { ...PASSED, cause: 'no-such-cause' },
      { ...PASSED, exitCode: '0' },
    ]) {
      expect(shipped(broken)).toBe(false);
      expect(verdictSchema.safeParse(broken).success).toBe(false);
    }
  });

  it('times each event from the start, from its question and from the event before', () => {
    const told = documentOf(CONVERSATION).events.map((it) => [
      it.type,
      it.atMs,
      it.sinceSendMs,
      it.sincePreviousMs,
      it.tool,
    ]);
    expect(told).toEqual([
      ['agent_thinking', 25, null, null, null],
      ['agent_started', 42, 12, 12, null],
      ['agent_thinking', 61, 31, 19, null],
      ['tool_executing', 80.001, 50.001, 19.001, 'costs'],
      ['tool_completed', 110, 80, 29.999, 'costs'],
      ['agent_completed', 240, 210, 130, null],
    ]);
  });

  it('shows each rung as it was found last, bottom first, and the revision that the target told', () => {
    const { ladder, revision } = documentOf(CONVERSATION);
    expect(ladder).toEqual([
      { rung: 'dns', ok: true, tookMs: 3.1, detail: 'dns true' },
      { rung: 'health', ok: true, tookMs: 3.1, detail: 'health true' },
    ]);
    expect(revision).toBe('abc123');
  });

  it('says how late this process was at most, and keeps notes once', () => {
    const { timings, notes } = documentOf(CONVERSATION);
    expect(timings).toMatchObject({ connectMs: 8, welcomeMs: 2, errorMs: 4 });
    expect(notes).toEqual(['isolation: not asked']);
  });

  it('says what was bypassed', () => {
    const { notes, harness, tlsUnverified } = documentOf(CONVERSATION, { testHeaders: true, tlsUnverified: true });
    expect(notes.slice(0, 2)).toEqual([
      'authentication bypassed: the test headers were on',
      'certificates were not verified: NODE_TLS_REJECT_UNAUTHORIZED=0 was set',
    ]);
    expect({ testHeaders: harness.testHeaders, tlsUnverified }).toEqual({ testHeaders: true, tlsUnverified: true });
  });

  it('has a reason or a violation for each rule that is not kept', () => {
    for (const ruling of documentOf(CONVERSATION.slice(0, 12)).rulings) {
      expect([ruling.id, ruling.violations.length > 0, ruling.reason !== null]).toEqual([
        ruling.id,
        ruling.outcome === 'fail',
        ruling.outcome === 'inconclusive' || ruling.outcome === 'not-applicable',
      ]);
    }
  });

  it('ends with the outcome’s exit code unless a flag says otherwise', () => {
    expect(documentOf([]).exitCode).toBe(3);
    expect(documentOf([], {}, 0)).toMatchObject({ outcome: 'unproven', exitCode: 0 });
  });
});

describe('the document of a command that never ran', () => {
  it.each(Object.keys(HARNESS_ERRORS) as HarnessErrorCode[])('is valid for %s', (code) => {
    const problems = [
      { message: 'AGENT_EVENTS_WS_URL is not a URL', hint: 'set it' },
      { message: 'no key', hint: 'set it' },
    ] as const;
    const document = valid(
      refusalDocument({ code, problems, harness: { version: '0.1.0', node: 'v26.10.0' }, environment: 'staging' }),
    );
    expect(document).toMatchObject({
      outcome: 'unproven',
      domain: 'harness',
      exitCode: HARNESS_ERRORS[code].exit,
      summary: 'AGENT_EVENTS_WS_URL is not a URL; no key',
      hint: 'set it',
      environment: 'staging',
    });
  });
});
