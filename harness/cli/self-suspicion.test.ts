import { afterAll, describe, expect, it } from 'vitest';
import { FAULTY } from '../../fixtures/faulty-targets.ts';
import { BEHAVIOURS } from '../../fixtures/impatient-behaviours.ts';
import { forget, type Stop, type Stopped, stoppedRun } from '../../fixtures/stopped-run.ts';

const runs: Stopped[] = [];

afterAll(() => {
  for (const run of runs) forget(run);
});

async function stopped(stop: Stop) {
  const run = await stoppedRun(stop);
  runs.push(run);
  expect(run.wasStopped, run.stderr).toBe(true);
  if (run.document === null) throw new Error(`no document: ${run.stderr}`);
  return run.document;
}

/** The whole sweep (every moment, every target, 0.2 to 6 s) is `node scripts/self-suspicion.ts`. */
describe.concurrent('a harness that was stopped from outside', () => {
  it.each([
    ['steady', 'agent_thinking 1', 3000],
    ['steady', 'agent_completed 3', 1200],
    ['steady', 'pinged 6', 1200],
    ['ping 1011', 'upgrade 2', 1000],
    ['ping 1011', 'tool_executing 2', 700],
    ['ping fin', 'agent_started 1', 1000],
    ['json rst', 'asked 1', 1000],
    ['json 1001', 'welcome 3', 1000],
    ['json 1000', 'upgrade 4', 700],
    ['late 408', 'accept 5', 1000],
    ['late 408', 'accept 9', 1000],
    ['late rst', 'accept 2', 1000],
    ['token', 'POST /auth/e2e/test-auth 1', 3500],
  ])('blames no target: %s, at %s, for %i ms', async (name, moment, stopMs) => {
    const target = BEHAVIOURS[name] ?? null;
    const { outcome, cause, summary, exitCode, domain } = await stopped({ target, moment, stopMs });
    expect([outcome, cause, summary]).toEqual(
      outcome === 'passed' ? ['passed', null, summary] : ['unproven', 'harness-stalled', summary],
    );
    expect([exitCode, domain]).toEqual(outcome === 'passed' ? [0, null] : [3, 'harness']);
    if (outcome === 'unproven')
      expect(summary).toMatch(/^this process was late by .+ \(stopped or starved from outside\)/);
  });

  it('says how often and how long it stood still', async () => {
    const { harness, timings } = await stopped({ target: {}, moment: 'agent_thinking 1', stopMs: 1500 });
    expect(harness.stalls).toBeGreaterThanOrEqual(1);
    expect(harness.eventLoopDelayMaxMs).toBeGreaterThan(1300);
    expect(timings.errorMs).toBeGreaterThan(1300);
  });

  it('blames no embedded target either, which stood still with it', async () => {
    const { outcome } = await stopped({ target: null, moment: 'progress tool_executing', stopMs: 1500 });
    expect(['passed', 'unproven']).toContain(outcome);
  });
});

describe.concurrent('a target that is at fault', () => {
  it.each([
    ['wrong order', 'agent_started 1', 'failed'],
    ['another user', 'tool_executing 1', 'failed'],
    ['503 at the upgrade', 'upgrade 1', 'blocked'],
  ])('is not excused by a stop: %s, at %s', async (name, moment, expected) => {
    const faulty = FAULTY[name];
    const { outcome, cause } = await stopped({ target: faulty?.target ?? null, moment, stopMs: 1000 });
    expect([outcome, cause]).toEqual([expected, faulty?.cause]);
  });

  it.each([
    ['missing event', 'asked 1'],
    ['failed run', 'agent_completed 1'],
  ])('is doubted where it may have given up on whoever was stopped: %s, at %s', async (name, moment) => {
    const { outcome, cause } = await stopped({ target: FAULTY[name]?.target ?? null, moment, stopMs: 1000 });
    expect([outcome, cause]).toEqual(['unproven', 'harness-stalled']);
  });

  it('never passes for having closed on a harness that had been stopped long before', async () => {
    const { target, cause } = FAULTY['1011 out of memory'] ?? { target: null, cause: '' };
    const document = await stopped({ target, moment: 'welcome 1', stopMs: 1000 });
    // A machine that is busy besides may have been late just then as well.
    expect([cause, 'harness-stalled']).toContain(document.cause);
  });
});

describe.concurrent('a harness that blocked its own loop', () => {
  it.each([
    ['busy', 'connect', 700],
    ['busy', 'agent_started', 1200],
    ['wait', 'tool_executing', 1200],
  ] as const)('blames no target: %s at %s for %i ms', async (blocks, at, stopMs) => {
    const target = BEHAVIOURS['json 1001'] ?? null;
    const { outcome, harness } = await stopped({ target, moment: `progress ${at}`, stopMs, blocks });
    expect(['passed', 'unproven']).toContain(outcome);
    expect(harness.stalls).toBeGreaterThanOrEqual(1);
  });
});
