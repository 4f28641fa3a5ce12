import { existsSync, mkdirSync, rmdirSync, writeFileSync } from 'node:fs';

const ROOT = '/sys/fs/cgroup/cpu';
const LEAST_US = 1000;
let count = 0;

/** Whether this machine lets us ration the processor (control groups, version 1, as root). */
export function canRation(): boolean {
  return existsSync(`${ROOT}/cpu.cfs_quota_us`) && process.getuid?.() === 0;
}

/** Words before a command that give it so many percent of a core, counted in periods of so many microseconds; `end` when it has ended. */
export function rationed(of: { readonly percent: number; readonly periodUs: number }): {
  readonly launch: readonly string[];
  readonly end: () => void;
} {
  count += 1;
  const group = `${ROOT}/self-suspicion-${process.pid}-${count}`;
  mkdirSync(group);
  writeFileSync(`${group}/cpu.cfs_period_us`, `${of.periodUs}`);
  writeFileSync(`${group}/cpu.cfs_quota_us`, `${Math.max(LEAST_US, (of.periodUs * of.percent) / 100)}`);
  return {
    launch: ['sh', '-c', `echo $$ > ${group}/cgroup.procs; exec "$@"`, 'sh'],
    end: () => rmdirSync(group),
  };
}
