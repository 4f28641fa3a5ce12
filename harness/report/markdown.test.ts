import { describe, expect, it } from 'vitest';
import { HEADER } from '../../fixtures/timeline-header.ts';
import { BLOCKED, FAILED, PASSED, UNPROVEN } from '../../fixtures/verdict-documents.ts';
import type { Observation } from '../timeline/observation.ts';
import { readTimeline } from '../timeline/read-timeline.ts';
import { summaryMarkdown } from './markdown.ts';
import { timelineIn } from './timeline-in.ts';

const seen: readonly Observation[] = [
  { kind: 'joined', persona: 'alice', role: 'user', seq: 0, atMs: 1000, session: 'alice' },
  {
    kind: 'received',
    text: '{"type":"agent_started","text":"```\\n</details> @someone"}',
    seq: 1,
    atMs: 1041,
    session: 'alice',
  },
];
/** The part above the timeline. */
const above = (markdown: string) => markdown.slice(0, markdown.indexOf('<details>'));

describe('the summary', () => {
  it('of a passed run', () => {
    expect(above(summaryMarkdown(PASSED, HEADER, seen))).toMatchInlineSnapshot(`
      "## ✅ PASSED: 2 promises kept, first event after 12 ms, answered in 210 ms

      | | |
      |---|---|
      | target | \`local\` \`ws://127.0.0.1:4000/ws\` |
      | started | 2026-01-02T03:04:05.678Z |
      | trace | \`4bf92f3577b34da6a3ce929d0e0e4736\` |
      | repeat | \`npx agent-events smoke local --seed 7\` |

      \`\`\`text
      agent_started      delivered     +12 ms
      agent_thinking     delivered     +31 ms
      tool_executing     delivered     +70 ms
      tool_completed     delivered    +100 ms
      agent_completed    delivered    +210 ms
      \`\`\`

      | leg | took | target | max | |
      |---|---|---|---|---|
      | credentials | 4 ms | 250 ms | 1000 ms | within |
      | connect | 8 ms | 250 ms | 500 ms | within |
      | welcome | 2 ms | 250 ms | 1000 ms | within |
      | first-event | 12 ms | 1000 ms | 2000 ms | within |
      | gap | 40 ms | 2000 ms | 5000 ms | within |
      | tool | 30 ms | 5000 ms | 10.0 s | within |
      | total | 210 ms | 5000 ms | 10.0 s | within |
      | open-to-first-event | 22 ms | 1500 ms | 4000 ms | within |

      | rung | | took | |
      |---|---|---|---|
      | configuration | ok | 1 ms | environment local |
      | dns | ok | 3 ms | 127.0.0.1 |

      "
    `);
  });

  it('of a failed run', () => {
    expect(above(summaryMarkdown(FAILED, HEADER, seen))).toMatchInlineSnapshot(`
      "## ❌ FAILED: application: tool_executing, tool_completed never came (run r1) within 10000 ms, although the run says that it succeeded

      **Next:** look for the run's trace in the application's log: does the agent emit to the user's own emitter

      | | |
      |---|---|
      | cause | \`event-missing\` (ambiguous), phase stream, answered by app |
      | or else | \`no-tool-chosen\`: ask again with a prompt that obliges the agent to use a tool |
      | target | \`local\` \`ws://127.0.0.1:4000/ws\` |
      | started | 2026-01-02T03:04:05.678Z |
      | trace | \`4bf92f3577b34da6a3ce929d0e0e4736\` |
      | log | \`grep -F 4bf92f3577b34da6a3ce929d0e0e4736 TARGET.log\` |
      | repeat | \`npx agent-events smoke local --seed 7\` |

      \`\`\`text
      agent_started      delivered     +12 ms
      agent_thinking     delivered     +31 ms
      tool_executing     missing
      tool_completed     missing
      agent_completed    delivered    +210 ms
      \`\`\`

      | broken | expected | actual |
      |---|---|---|
      | \`lifecycle/all-five\` | tool_executing of run r1 | agent_started, agent_thinking, agent_completed |
      | \`lifecycle/all-five\` | tool_completed of run r1 | agent_started, agent_thinking, agent_completed |

      | leg | took | target | max | |
      |---|---|---|---|---|
      | credentials | 4 ms | 250 ms | 1000 ms | within |
      | connect | 320 ms | 250 ms | 500 ms | slow |
      | welcome | 2 ms | 250 ms | 1000 ms | within |
      | first-event | 12 ms | 1000 ms | 2000 ms | within |
      | gap | 40 ms | 2000 ms | 5000 ms | within |
      | tool | 30 ms | 5000 ms | 10.0 s | within |
      | total | 210 ms | 5000 ms | 10.0 s | within |
      | open-to-first-event | 22 ms | 1500 ms | 4000 ms | within |

      | rung | | took | |
      |---|---|---|---|
      | configuration | ok | 1 ms | environment local |
      | dns | ok | 3 ms | 127.0.0.1 |

      "
    `);
  });

  it('of a blocked run', () => {
    expect(above(summaryMarkdown(BLOCKED, HEADER, seen))).toMatchInlineSnapshot(`
      "## 🚧 BLOCKED: infrastructure: HTTP 503 at the upgrade of wss://api.staging.example.com/ws: "The service is unavailable"

      **Next:** read the revision log of the service: a container that dies at start answers so

      | | |
      |---|---|
      | cause | \`service-unavailable\` (likely), phase upgrade, answered by platform |
      | or else | \`not-ready\`: wait for readiness: agent-events smoke staging --wait-for-ready |
      | target | \`staging\` \`wss://api.staging.example.com/ws\` |
      | started | 2026-01-02T03:04:05.678Z |
      | trace | \`4bf92f3577b34da6a3ce929d0e0e4736\` |
      | log | \`gcloud logging read 'trace:"4bf92f3577b34da6a3ce929d0e0e4736" AND timestamp>="2026-01-02T03:04:05.678Z"'\` |
      | repeat | \`npx agent-events smoke staging --seed 7\` |

      | rung | | took | |
      |---|---|---|---|
      | dns | ok | 3 ms | 203.0.113.7 |
      | tcp | ok | 20 ms | 203.0.113.7:443 |
      | upgrade | **broken** | 2300 ms | HTTP 503 "The service is unavailable" |

      "
    `);
  });

  it('of an unproven run, with the timeline', () => {
    expect(summaryMarkdown(UNPROVEN, HEADER, seen)).toMatchInlineSnapshot(`
      "## ❔ UNPROVEN: ours: first-event took 2900 ms, but this process was late by 2600 ms itself

      **Next:** free this machine and ask again

      | | |
      |---|---|
      | cause | \`harness-stalled\` (certain), phase stream, answered by client |
      | target | \`local\` \`ws://127.0.0.1:4000/ws\` |
      | started | 2026-01-02T03:04:05.678Z |
      | trace | \`4bf92f3577b34da6a3ce929d0e0e4736\` |
      | log | \`grep -F 4bf92f3577b34da6a3ce929d0e0e4736 TARGET.log\` |
      | repeat | \`npx agent-events smoke local --seed 7\` |

      \`\`\`text
      agent_started      delivered     +12 ms
      agent_thinking     delivered     +31 ms
      tool_executing     delivered     +70 ms
      tool_completed     delivered    +100 ms
      agent_completed    delivered    +210 ms
      \`\`\`

      | leg | took | target | max | |
      |---|---|---|---|---|
      | credentials | 4 ms | 250 ms | 1000 ms | within |
      | connect | 8 ms | 250 ms | 500 ms | within |
      | welcome | 2 ms | 250 ms | 1000 ms | within |
      | first-event | 2900 ms | 1000 ms | 2000 ms | over |
      | gap | 40 ms | 2000 ms | 5000 ms | within |
      | tool | 30 ms | 5000 ms | 10.0 s | within |
      | total | 210 ms | 5000 ms | 10.0 s | within |
      | open-to-first-event | 22 ms | 1500 ms | 4000 ms | within |

      | rung | | took | |
      |---|---|---|---|
      | configuration | ok | 1 ms | environment local |
      | dns | ok | 3 ms | 127.0.0.1 |

      - isolation: not asked, the credentials give one user only

      <details><summary>timeline: paste it into <code>agent-events judge -</code></summary>

      \`\`\`jsonl
      {"kind":"header","schema":"agent-event-harness/timeline@1","harness":"0.1.0","node":"v26.10.0","startedAt":"2026-01-02T03:04:05.678Z","startedAtMs":1000,"runId":"r1","scenario":"smoke","rules":["lifecycle/all-five"],"profile":"netra","environment":"local","target":{"wsUrl":"ws://127.0.0.1:4000/ws","httpUrl":"http://127.0.0.1:4000","authUrl":"http://127.0.0.1:4000"},"authMode":"simulate","tokenCarrier":"both","testHeaders":false,"tlsUnverified":false,"budgets":{"credentials":{"targetMs":1000,"maxMs":2000},"connect":{"targetMs":1000,"maxMs":2000},"welcome":{"targetMs":1000,"maxMs":2000},"first-event":{"targetMs":1000,"maxMs":2000},"gap":{"targetMs":1000,"maxMs":2000},"tool":{"targetMs":1000,"maxMs":2000},"total":{"targetMs":1000,"maxMs":2000},"delivery":{"targetMs":1000,"maxMs":2000},"open-to-first-event":{"targetMs":1000,"maxMs":2000}},"graceMs":1000,"tools":"required","stamps":true,"seed":7,"traceId":"4bf92f3577b34da6a3ce929d0e0e4736"}
      {"kind":"joined","persona":"alice","role":"user","seq":0,"atMs":1000,"session":"alice"}
      {"kind":"received","text":"{\\"type\\":\\"agent_started\\",\\"text\\":\\"\`\`\`\\\\n</details> @someone\\"}","seq":1,"atMs":1041,"session":"alice"}
      \`\`\`

      </details>
      "
    `);
  });

  it('never turns what a target wrote into markup, a hidden link or a mention', () => {
    const hostile = '| **x** <img src=x> @someone [a](https://evil.example) `code` #1 \u001b[2J\n# head';
    const rulings = FAILED.rulings.map((it) => ({ ...it, violations: [{ expected: 'a', actual: hostile, at: [1] }] }));
    const markdown = above(summaryMarkdown({ ...FAILED, summary: hostile, rulings, revision: 'a`b|c' }, HEADER, seen));
    expect(markdown).not.toMatch(/<img|@someone|(?<!\\)\[a\]|^# head/m);
    expect(markdown).not.toContain('\u001b');
    expect(markdown).toContain('`aʼb\\|c`');
  });

  it.each([
    ['as it is', (text: string) => text],
    ['with the line ends of another system', (text: string) => text.replaceAll('\n', '\r\n')],
    ['quoted in a mail', (text: string) => text.replaceAll(/^/gm, '> ')],
    ['between other blocks', (text: string) => `\`\`\`jsonl\n{"a":1}\n\`\`\`\n${text}\n\`\`\`\nend\n\`\`\`\n`],
    ['cut off inside', (text: string) => text.slice(0, text.lastIndexOf('```'))],
  ])('gives back its timeline %s', (_how, changed) => {
    const timeline = readTimeline(timelineIn(changed(summaryMarkdown(FAILED, HEADER, seen))) ?? '');
    expect(timeline).toMatchObject({ ok: true, header: HEADER, observations: seen });
  });

  it('has no timeline where none is in it', () => {
    expect(timelineIn('# words\n```jsonl\n{"a":1}\n```\n')).toBeNull();
    expect(timelineIn('')).toBeNull();
  });

  it('stays under 1 MiB however much was seen', () => {
    const many = Array.from({ length: 5000 }, (_, seq): Observation => {
      return {
        kind: 'received',
        seq,
        atMs: seq,
        session: 'alice',
        text: JSON.stringify({ type: 'agent_thinking', seq, text: 'é'.repeat(400) }),
      };
    });
    const [ruling] = FAILED.rulings;
    const rulings = ruling ? Array.from({ length: 3000 }, () => ruling) : [];
    const markdown = summaryMarkdown({ ...FAILED, rulings }, HEADER, many);
    expect(Buffer.byteLength(markdown)).toBeLessThan(1024 * 1024);
    expect(timelineIn(markdown)).not.toBeNull();
  });

  it('shows forty notes and counts the others', () => {
    const notes = Array.from({ length: 100 }, (_, index) => `note ${index}`);
    expect(summaryMarkdown({ ...PASSED, notes }, HEADER, seen)).toContain('- note 39\n- and 60 more\n');
  });

  it('never lets a session name or a start leave its place', () => {
    const events = PASSED.events.map((event) => ({ ...event, session: '```\n<img src=x>' }));
    const markdown = above(summaryMarkdown({ ...PASSED, events, startedAt: '`<img>` @you' }, HEADER, seen));
    expect(markdown.match(/^```/gm)).toHaveLength(2);
    expect(markdown).not.toMatch(/\| started \|.*(?:<img|(?<!\\)`)|@you/);
  });

  it('of a run of 200,000 messages holds its timeline as far as it fits', () => {
    const many = Array.from({ length: 200_000 }, (_, seq): Observation => {
      return { kind: 'received', seq, atMs: seq, session: 'alice', text: `{"type":"agent_thinking","n":${seq}}` };
    });
    const last: Observation = { kind: 'gave-up', seq: 200_000, atMs: 1, session: 'alice', waitingFor: 'x', afterMs: 1 };
    const markdown = summaryMarkdown(PASSED, HEADER, [...many, last]);
    expect(Buffer.byteLength(markdown)).toBeLessThan(1024 * 1024);
    const timeline = readTimeline(timelineIn(markdown) ?? '');
    const kinds = timeline.ok ? timeline.observations.map(({ kind }) => kind) : [];
    expect(kinds.slice(-2)).toEqual(['gave-up', 'noted']);
    expect(kinds.length).toBeGreaterThan(5000);
  });
});
