import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { rigFor, seen, settingsFor } from '../../fixtures/test-rig.ts';
import { ownResources } from './own-resources.ts';

const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** What the system says of a process with so many descriptors open. */
function procfs(open: number, limits: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'proc-'));
  folders.push(folder);
  mkdirSync(join(folder, 'fd'));
  for (let number = 0; number <= open; number += 1) writeFileSync(join(folder, 'fd', String(number)), '');
  writeFileSync(join(folder, 'limits'), limits);
  return folder;
}

async function found(folder?: string) {
  const rig = rigFor(settingsFor('ws://127.0.0.1:1/ws'));
  rig.recorder.note('harness', { kind: 'stalled', lateByMs: 80, frozen: false });
  await ownResources(rig, 'alice', folder);
  return seen(rig, 'probed', 'alice')[0];
}

const LIMITS =
  'Limit                     Soft Limit           Hard Limit           Units\nMax open files            20                   4096                 files\n';

describe('our own resources', () => {
  it('are there while descriptors are left, and tell how late our loop was', async () => {
    expect(await found(procfs(10, LIMITS))).toMatchObject({
      probe: 'own-resources',
      ok: true,
      facts: { descriptors: 10, limit: 20, exhausted: false, worstStallMs: 80 },
    });
  });

  it('are exhausted where a look-up and a connection would not find descriptors enough', async () => {
    const probe = await found(procfs(17, LIMITS));
    expect(probe).toMatchObject({ ok: false, facts: { exhausted: true } });
    expect(probe?.detail).toMatch(/^17 of 20 descriptors; the loop is \d+ ms late, 80 ms at worst$/);
  });

  it('are unknown where the system does not tell', async () => {
    expect(await found('/no/such/place')).toMatchObject({ ok: true, trouble: null, facts: { descriptors: null } });
    expect(await found(procfs(3, 'nothing here'))).toMatchObject({ ok: true, facts: { descriptors: 3, limit: null } });
  });

  it('are counted on this very machine', async () => {
    const probe = await found();
    expect(probe?.ok).toBe(true);
  });
});
