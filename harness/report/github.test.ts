import { describe, expect, it } from 'vitest';
import { BLOCKED, FAILED, PASSED, UNPROVEN } from '../../fixtures/verdict-documents.ts';
import { githubAnnotations } from './github.ts';
import { printable } from './printable.ts';

describe('the annotations', () => {
  it('are none for a pass with nothing to say', () => {
    expect(githubAnnotations(PASSED)).toEqual([]);
  });

  it('roll up a failure first, then name what broke and what was slow', () => {
    expect(githubAnnotations(FAILED)).toMatchInlineSnapshot(`
      [
        "::error title=application%3A event-missing::FAILED: application: tool_executing, tool_completed never came (run r1) within 10000 ms, although the run says that it succeeded%0Alook for the run's trace in the application's log: does the agent emit to the user's own emitter%0Arepeat: npx agent-events smoke local --seed 7",
        "::error title=lifecycle/all-five::expected tool_executing of run r1%0Aactual agent_started, agent_thinking, agent_completed",
        "::error title=lifecycle/all-five::expected tool_completed of run r1%0Aactual agent_started, agent_thinking, agent_completed",
        "::warning title=slow%3A connect::320 ms, target 250 ms",
      ]
    `);
  });

  it('tell the platform’s trouble and ours apart', () => {
    expect(githubAnnotations(BLOCKED)[0]).toMatch(
      /^::error title=infrastructure%3A service-unavailable::BLOCKED: infrastructure/,
    );
    expect(githubAnnotations(UNPROVEN)[0]).toMatch(/^::error title=harness%3A harness-stalled::UNPROVEN: ours/);
  });

  it('warn of a pass that needed a second try', () => {
    expect(githubAnnotations({ ...PASSED, flaky: true })[0]).toMatch(/^::warning title=agent events::PASSED/);
  });

  it('are at most ten, however much broke', () => {
    const [ruling] = FAILED.rulings;
    const rulings = ruling ? Array.from({ length: 30 }, () => ruling) : [];
    expect(githubAnnotations({ ...FAILED, rulings })).toHaveLength(10);
  });

  it('are one line each and give no command but their own, whatever a target writes', () => {
    const hostile = 'a%0A\r\n::error::b,c:d \u001b[2J##[error]e\u2066';
    const rulings = FAILED.rulings.map((ruling) => ({
      ...ruling,
      violations: ruling.violations.map((it) => ({ ...it, expected: hostile, actual: hostile })),
    }));
    for (const line of githubAnnotations({ ...FAILED, rulings, summary: hostile, hint: hostile, repeat: hostile })) {
      expect(printable(line)).toBe(line);
      expect(line).not.toMatch(/##\w*\[/);
      expect(line).toMatch(/^::(error|warning) title=[^,:\s][^,:]*::(?:(?!::).)*$/);
    }
    expect(githubAnnotations({ ...FAILED, summary: hostile })[0]).toContain(
      'a%250A\\r\\n\\u003a\\u003aerror\\u003a\\u003ab,c:d \\u001b[2J\\u0023#[error]e\\u2066',
    );
  });
});
