import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Header } from './header.ts';
import { LEGS, TIMELINE_SCHEMA } from './header.ts';
import { headerLine, observationLine, timelineText } from './lines.ts';
import type { Observation } from './observation.ts';
import { AUTH_MODES, PHASES, PROBES, ROLES, RUNGS } from './observation.ts';
import { readTimeline } from './read-timeline.ts';

const budgets = Object.fromEntries(LEGS.map((leg) => [leg, { targetMs: 1, maxMs: 2 }])) as Header['budgets'];
const header: Header = {
  schema: TIMELINE_SCHEMA,
  harness: '0.1.0',
  node: 'v26',
  startedAt: '2025-10-01T11:32:55.000Z',
  startedAtMs: 12.5,
  runId: 'r',
  scenario: 'golden-path',
  rules: ['lifecycle/all-five'],
  profile: 'netra',
  environment: 'local',
  target: { wsUrl: 'ws://127.0.0.1:1/ws', httpUrl: 'http://127.0.0.1:1', authUrl: 'http://127.0.0.1:1' },
  authMode: 'none',
  tokenCarrier: 'both',
  testHeaders: false,
  tlsUnverified: false,
  budgets,
  graceMs: 1000,
  tools: 'required',
  stamps: true,
  seed: 1,
  traceId: 't',
};
const joined: Observation = { kind: 'joined', persona: 'alice', role: 'user', seq: 0, atMs: 1, session: 'alice' };
const received: Observation = { kind: 'received', text: '{"type":"heartbeat"}', seq: 1, atMs: 2, session: 'alice' };

const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string());
const count = fc.nat();
const ms = fc.double({ noNaN: true, noDefaultInfinity: true, min: 0 });
const texts = fc.dictionary(
  text.filter((name) => name !== '__proto__'),
  text,
  { noNullPrototype: true },
);
const answer = fc.record({ status: count, headers: texts, bodyHead: text });
const sightings = [
  fc.record({ kind: fc.constant('joined'), persona: text, role: fc.constantFrom(...ROLES) }),
  fc.record({
    kind: fc.constant('probed'),
    rung: fc.constantFrom(...RUNGS),
    probe: fc.constantFrom(...PROBES),
    ok: fc.boolean(),
    tookMs: ms,
    answer: fc.option(answer),
    trouble: fc.option(fc.record({ phase: fc.constantFrom(...PHASES), code: text, message: text })),
    facts: fc.dictionary(
      text.filter((name) => name !== '__proto__'),
      fc.oneof(text, count, fc.boolean(), fc.constant(null), fc.array(text)),
      { noNullPrototype: true },
    ),
    detail: text,
  }),
  fc.record({
    kind: fc.constant('credentialed'),
    source: fc.constantFrom(...AUTH_MODES),
    subject: text,
    expiresAtMs: fc.option(ms),
    fingerprint: text,
  }),
  fc.record({ kind: fc.constant('opened'), attempt: count, subprotocol: text, headers: texts, tookMs: ms }),
  fc.record({ kind: fc.constant('refused'), attempt: count, answer, tookMs: ms }),
  fc.record({ kind: fc.constant('asked'), turn: text, intendedAtMs: ms }),
  fc.record({ kind: fc.constantFrom('sent', 'received'), text }),
  fc.record({ kind: fc.constantFrom('pinged', 'ponged', 'was-pinged') }),
  fc.record({
    kind: fc.constant('closed'),
    code: count,
    reason: text,
    how: fc.constantFrom('frame', 'fin', 'reset', 'timeout', 'local'),
    socketCode: fc.option(text),
  }),
  fc.record({ kind: fc.constant('stalled'), lateByMs: ms, frozen: fc.boolean() }),
  fc.record({ kind: fc.constant('gave-up'), waitingFor: text, afterMs: ms }),
];
const observation = fc
  .tuple(fc.oneof(...sightings), count, ms, text)
  .map(([sighting, seq, atMs, session]) => ({ ...sighting, seq, atMs, session }) as Observation);

describe('a stored timeline', () => {
  it('reads back as it was written', () => {
    fc.assert(
      fc.property(fc.array(observation), (unnumbered) => {
        const observations = unnumbered.map((one, seq) => ({ ...one, seq }));
        expect(readTimeline(timelineText(header, observations))).toEqual({
          ok: true,
          header,
          observations,
          remarks: [],
          losses: [],
        });
      }),
      { numRuns: 300 },
    );
  });

  it('is one line per observation, whatever the frames hold', () => {
    fc.assert(
      fc.property(observation, (one) => observationLine(one).indexOf('\n') === observationLine(one).length - 1),
    );
  });

  it('reads any text without throwing', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (rest) => readTimeline(headerLine(header) + rest).ok));
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (whole) => !readTimeline(whole).ok));
  });

  it('is read up to a last line that was cut off', () => {
    const whole = timelineText(header, [joined, received]);
    expect(readTimeline(whole.slice(0, -20))).toEqual({
      ok: true,
      header,
      observations: [joined],
      remarks: ['line 3 is cut off: the recording ended there'],
      losses: ['its last line is cut off'],
    });
  });

  it('is read around lines that are not JSON, and never quotes them', () => {
    const read = readTimeline(`${headerLine(header)}eyJ-not-json\n\n${observationLine(joined)}{"kind":\n`);
    expect(read).toMatchObject({ ok: true, observations: [joined], remarks: ['line 2 and 1 more: not JSON'] });
  });

  it('is read around kinds and fields that this version does not know, and says so once for each', () => {
    const newer = `${JSON.stringify({ kind: 'pondered', seq: 1 })}\n`.repeat(3);
    const wider = JSON.stringify({ ...joined, mood: 'calm' });
    const read = readTimeline(`${headerLine(header)}${newer}${wider}\n[]\n{"kind":"sent"}\n`);
    expect(read).toMatchObject({
      ok: true,
      observations: [joined],
      remarks: [
        'line 2 and 2 more: an observation of the unknown kind "pondered"',
        'line 5: an unknown field "mood", ignored',
        'line 6: no observation',
        'line 7: an unreadable observation "sent"',
      ],
    });
  });

  it.each(['agent-event-harness/timeline@1.4', 'agent-event-harness/timeline@1'])(
    'of version %s is read in silence',
    (schema) => {
      expect(readTimeline(headerLine({ ...header, schema }))).toMatchObject({ ok: true, remarks: [] });
    },
  );

  it('of a newer version is read as far as it goes, and says so', () => {
    const newer = { ...header, schema: 'agent-event-harness/timeline@2', moon: 'full' };
    expect(readTimeline(`\uFEFF\n${headerLine(newer)}${observationLine(joined)}`)).toMatchObject({
      ok: true,
      observations: [joined],
      remarks: [
        'the timeline was written as version 2, newer than 1: read as far as it goes',
        'the header has an unknown field "moon", ignored',
      ],
    });
  });

  it('knows what it lost: skipped numbers, unreadable lines, unknown kinds', () => {
    const later = { ...received, seq: 7 };
    const lossesOf = (text: string) => {
      const read = readTimeline(headerLine(header) + text);
      return read.ok ? read.losses : [];
    };
    const first = { ...joined, seq: 0 };
    expect(lossesOf(observationLine(first))).toEqual([]);
    expect(lossesOf(observationLine(first) + observationLine(later))).toEqual([
      'observations are missing before number 7',
    ]);
    expect(lossesOf(`${observationLine(first)}garbage\n`)).toEqual(['line 3: not JSON']);
    expect(lossesOf(`${observationLine(first)}{"kind":"pondered"}\n`)).toEqual([
      'line 3: an observation of the unknown kind "pondered"',
    ]);
  });

  it('ends where a second one begins', () => {
    const twice = timelineText(header, [joined]).repeat(2);
    expect(readTimeline(twice)).toMatchObject({
      ok: true,
      observations: [joined],
      remarks: ['a second timeline begins in line 3: only the first is read'],
    });
  });

  it.each([
    ['nothing', ' \n\n', 'the timeline is empty'],
    ['another document', '{"schema":"agent-event-harness/verdict@1"}\n', 'line 1 is no timeline header'],
    ['plain text', '\nhello', 'line 2 is no timeline header'],
    ['a foreign schema', '{"kind":"header","schema":"har@1"}', 'the header names no timeline schema of this harness'],
    ['no schema', '{"kind":"header"}', 'the header names no timeline schema of this harness'],
  ])('is not %s, and says so', (_, whole, problem) => {
    expect(readTimeline(whole)).toEqual({
      ok: false,
      problem,
      hint: 'give the timeline.jsonl of a run, the whole file from its first line',
    });
  });

  it('with a header that cannot be read names the fields, and for a newer version the harness to use', () => {
    const broken = { ...header, graceMs: 'long', tools: 'some' };
    const line = (schema: string) => `${JSON.stringify({ kind: 'header', ...broken, schema })}\n`;
    expect(readTimeline(line(TIMELINE_SCHEMA))).toMatchObject({ problem: 'the header cannot be read: graceMs, tools' });
    expect(readTimeline(line('agent-event-harness/timeline@2'))).toMatchObject({
      ok: false,
      hint: 'judge it with a harness of the version that wrote it',
    });
  });

  it('of a hundred thousand lines is read in linear time', () => {
    const lines = (times: number) => headerLine(header) + observationLine(received).repeat(times);
    const read = readTimeline(lines(100_000));
    expect(read.ok && read.observations.length).toBe(100_000);
  });
});
