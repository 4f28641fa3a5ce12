import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { command, documentOf } from '../../fixtures/command.ts';
import { startTarget } from '../../fixtures/target/embedded-target.ts';

const UNVERIFIED = { NODE_TLS_REJECT_UNAUTHORIZED: '0' };
let target: Awaited<ReturnType<typeof startTarget>>;

beforeAll(async () => {
  target = await startTarget({});
});

afterAll(async () => {
  await target.stop();
});

/** Runs at a healthy target without verifying anybody's certificate. */
async function unverified(args: readonly string[], folder?: string) {
  const ended = await command([...args, '--json', '--quiet'], {
    env: UNVERIFIED,
    ...(folder === undefined ? {} : { folder }),
  });
  const { outcome, cause, summary, tlsUnverified, notes } = documentOf(ended);
  return { code: ended.code, outcome, cause, summary, tlsUnverified, notes };
}

describe('a run that verifies no certificate', () => {
  it.each([
    ['smoke', []],
    ['doctor', []],
    ['smoke', ['--repeat', '2', '--min-pass-rate', '0.5']],
    ['smoke', ['--scenario', 'golden-path']],
  ])('is never green: %s %j', async (name, flags) => {
    const found = await unverified([name, '--url', target.wsUrl, ...flags]);
    expect(found).toMatchObject({ code: 3, outcome: 'unproven', cause: 'config-invalid', tlsUnverified: true });
    expect(found.summary).toMatch(/^NODE_TLS_REJECT_UNAUTHORIZED is 0/);
  });

  it('is not green either when its timeline is judged again, where certificates are verified', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'unverified-'));
    try {
      await command(['smoke', '--url', target.wsUrl, '--quiet', '--out', 'out'], { env: UNVERIFIED, folder });
      const [run = ''] = readdirSync(join(folder, 'out')).filter((name) => name.includes('smoke'));
      const judged = await command(['judge', join('out', run, 'timeline.jsonl'), '--json'], { folder });
      expect(documentOf(judged)).toMatchObject({ outcome: 'unproven', cause: 'config-invalid', exitCode: 3 });
      expect(documentOf(judged).summary).toMatch(/^NODE_TLS_REJECT_UNAUTHORIZED is 0/);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('still says what failed', async () => {
    const found = await unverified(['smoke', '--url', 'ws://127.0.0.1:1/ws', '--out', '-']);
    expect(found).toMatchObject({ code: 2, cause: 'connection-refused', tlsUnverified: true });
    expect(found.notes.join()).toContain('certificates were not verified');
  });
});
