import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { BLOCKED, FAILED, PASSED, UNPROVEN } from '../../fixtures/verdict-documents.ts';
import { printable } from './printable.ts';
import { terminalReport } from './terminal.ts';

const plain = { color: false, columns: 80 };

describe('the verdict block', () => {
  it('says that a passed run passed, and little more', () => {
    expect(terminalReport(PASSED, plain)).toMatchInlineSnapshot(`
      "PASSED: 2 promises kept, first event after 12 ms, answered in 210 ms

        events    agent_started      delivered     +12 ms
                  agent_thinking     delivered     +31 ms
                  tool_executing     delivered     +70 ms
                  tool_completed     delivered    +100 ms
                  agent_completed    delivered    +210 ms
        target    local ws://127.0.0.1:4000/ws
        trace     4bf92f3577b34da6a3ce929d0e0e4736
        repeat    npx agent-events smoke local --seed 7
        timeline  out/20260102T030405Z-smoke/timeline.jsonl
        html      out/20260102T030405Z-smoke/report.html
        junit     out/20260102T030405Z-smoke/junit.xml
      "
    `);
  });

  it('says what the application broke, expected beside actual', () => {
    expect(terminalReport(FAILED, plain)).toMatchInlineSnapshot(`
      "FAILED: application: tool_executing, tool_completed never came (run r1) within
      10000 ms, although the run says that it succeeded

        cause     event-missing (ambiguous), in phase stream, answered by app
        or else   no-tool-chosen: ask again with a prompt that obliges the agent to
                  use a tool
        ladder    configuration, dns ok
        events    agent_started      delivered     +12 ms
                  agent_thinking     delivered     +31 ms
                  tool_executing     missing
                  tool_completed     missing
                  agent_completed    delivered    +210 ms
        slow      connect took 320 ms (target 250 ms, max 500 ms)
        broken    lifecycle/all-five: MUST deliver each of the five events of the run
                    expected  tool_executing of run r1
                    actual    agent_started, agent_thinking, agent_completed
                    expected  tool_completed of run r1
                    actual    agent_started, agent_thinking, agent_completed
        next      look for the run's trace in the application's log: does the agent
                  emit to the user's own emitter
        target    local ws://127.0.0.1:4000/ws
        trace     4bf92f3577b34da6a3ce929d0e0e4736
                  grep -F 4bf92f3577b34da6a3ce929d0e0e4736 TARGET.log
        repeat    npx agent-events smoke local --seed 7
        timeline  out/20260102T030405Z-smoke/timeline.jsonl
        html      out/20260102T030405Z-smoke/report.html
        junit     out/20260102T030405Z-smoke/junit.xml
      "
    `);
  });

  it('says what the platform did, and how to ask its log', () => {
    expect(terminalReport(BLOCKED, plain)).toMatchInlineSnapshot(`
      "BLOCKED: infrastructure: HTTP 503 at the upgrade of
      wss://api.staging.example.com/ws: "The service is unavailable"

        cause     service-unavailable (likely), in phase upgrade, answered by platform
        or else   not-ready: wait for readiness: agent-events smoke staging
                  --wait-for-ready
        ladder    dns, tcp ok; upgrade broken
        next      read the revision log of the service: a container that dies at start
                  answers so
        target    staging wss://api.staging.example.com/ws
        trace     4bf92f3577b34da6a3ce929d0e0e4736
                  gcloud logging read 'trace:"4bf92f3577b34da6a3ce929d0e0e4736" AND timestamp>="2026-01-02T03:04:05.678Z"'
        repeat    npx agent-events smoke staging --seed 7
        timeline  out/20260102T030405Z-smoke/timeline.jsonl
        html      out/20260102T030405Z-smoke/report.html
        junit     out/20260102T030405Z-smoke/junit.xml
      "
    `);
  });

  it('says that the trouble is ours, and what went unjudged', () => {
    expect(terminalReport(UNPROVEN, plain)).toMatchInlineSnapshot(`
      "UNPROVEN: ours: first-event took 2900 ms, but this process was late by 2600 ms
      itself

        cause     harness-stalled (certain), in phase stream, answered by client
        ladder    configuration, dns ok
        events    agent_started      delivered     +12 ms
                  agent_thinking     delivered     +31 ms
                  tool_executing     delivered     +70 ms
                  tool_completed     delivered    +100 ms
                  agent_completed    delivered    +210 ms
        over      first-event took 2900 ms (target 1000 ms, max 2000 ms)
        unjudged  promptness/first-event: this process was late by 2600 ms
        note      isolation: not asked, the credentials give one user only
        stalls    this process was late once, 2600 ms at worst
        next      free this machine and ask again
        target    local ws://127.0.0.1:4000/ws
        trace     4bf92f3577b34da6a3ce929d0e0e4736
                  grep -F 4bf92f3577b34da6a3ce929d0e0e4736 TARGET.log
        repeat    npx agent-events smoke local --seed 7
        timeline  out/20260102T030405Z-smoke/timeline.jsonl
        html      out/20260102T030405Z-smoke/report.html
        junit     out/20260102T030405Z-smoke/junit.xml
      "
    `);
  });

  it.each([PASSED, FAILED, BLOCKED, UNPROVEN])('fits 80 columns but for lines to copy ($outcome)', (document) => {
    const long = terminalReport(document, plain)
      .split('\n')
      .filter((line) => line.length > 80);
    expect(long.filter((line) => !/gcloud|out\//.test(line))).toEqual([]);
  });

  it.each([PASSED, FAILED, BLOCKED, UNPROVEN])('says the same with and without colour ($outcome)', (document) => {
    const coloured = terminalReport(document, { color: true, columns: 80 });
    expect(coloured).toContain('\u001b[');
    expect(stripVTControlCharacters(coloured).replaceAll(/ +$/gm, '')).toBe(terminalReport(document, plain));
  });

  it('never obeys what a target wrote', () => {
    const hostile = terminalReport({ ...FAILED, summary: 'closed with "\u001b[2J\n::error::gone"' }, plain);
    expect(hostile).toContain('"\\u001b[2J\\n\\u003a\\u003aerror\\u003a\\u003agone"');
    expect(hostile).not.toContain('\u001b');
  });

  it('gives no command to a CI system that reads it', () => {
    const said = '::error::gone ##[error]gone \u009b2J\u2066\n::warning::x';
    const violations = [{ expected: said, actual: said, at: [1] }];
    const rulings = FAILED.rulings.map((ruling) => ({ ...ruling, violations }));
    const events = FAILED.events.map((event) => ({ ...event, session: said }));
    const text = terminalReport({ ...FAILED, rulings, events, hint: said, notes: [said], repeat: said }, plain);
    expect(text).not.toMatch(/^\s*::|##\w*\[/m);
    for (const line of text.split('\n')) expect(printable(line)).toBe(line);
  });
});
