import { describe, expect, it } from 'vitest';
import { command, documentOf } from '../../../fixtures/command.ts';
import { startTarget } from '../../../fixtures/target/embedded-target.ts';

describe('doctor', () => {
  it('names a connection over the connect max, and lets a quick one pass', async () => {
    const target = await startTarget({ faults: ['slow-upgrade'] });
    const doctor = (max: number) =>
      command(['doctor', '--url', target.wsUrl, '--json', '--quiet', '--out', '-', '--budget', `connect=${max}`]);
    try {
      const slow = await doctor(500);
      expect([slow.code, documentOf(slow).cause]).toEqual([2, 'connection-slow']);
      const quick = await doctor(10_000);
      expect([quick.code, documentOf(quick).cause]).toEqual([0, null]);
    } finally {
      await target.stop();
    }
  });
});
