import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommand } from '../../fixtures/run-command.ts';
import { startTarget } from '../../fixtures/target/embedded-target.ts';

let folder = '';
let target: Awaited<ReturnType<typeof startTarget>>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'exhausted-'));
  target = await startTarget({});
});

afterAll(async () => {
  await target.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Smokes a healthy target with so many descriptors in all. */
function smoke(descriptors: number) {
  const launch = ['/bin/sh', '-c', `ulimit -n ${descriptors} && exec "$@"`, 'sh'];
  return runCommand(['smoke', '--url', target.wsUrl, '--out', '-', '--json', '--quiet'], { folder, launch });
}

describe('a machine that is short of descriptors', () => {
  it.each([22, 23, 24, 25])('blames nobody with %i of them, and ends with one document', async (descriptors) => {
    const { code, stdout } = await smoke(descriptors);
    const { outcome, domain, cause, exitCode } = JSON.parse(stdout);
    expect(exitCode).toBe(code);
    if (outcome === 'passed') expect(code).toBe(0);
    else expect([code, outcome, domain, cause]).toEqual([3, 'unproven', 'harness', 'client-exhausted']);
  });
});
