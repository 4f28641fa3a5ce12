import { mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { HarnessError } from '../kernel/errors.ts';

/** A fresh folder `name` under `out`, which is made if need be; two runs of one name get two folders. A place that cannot be written is a `HarnessError`. */
export function outFolder(out: string, name: string): string {
  try {
    makeAll(resolve(out));
    for (let turn = 1; ; turn += 1) {
      const folder = join(out, turn === 1 ? name : `${name}-${turn}`);
      if (make(folder)) return folder;
    }
  } catch (error) {
    throw unusableOut(out, error);
  }
}

/** Why nothing can be kept under `out`, as the one error that ends a command before it asks anybody. */
export function unusableOut(out: string, error: unknown): HarnessError {
  return new HarnessError(
    'config-invalid',
    `no artifacts under ${out}: ${errorCode(error)}`,
    'give --out a folder that can be written, or - to write none',
  );
}

/** What an operating system calls an error (`ENOSPC`), or else its message. */
export function errorCode(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return 'code' in error ? String(error.code) : error.message;
}

/** Step by step, upwards: the recursive form of `mkdir` never ends where a parent cannot have children, as in `/proc`. */
function makeAll(folder: string): void {
  try {
    make(folder);
  } catch (error) {
    const parent = dirname(folder);
    if (errorCode(error) !== 'ENOENT' || parent === folder) throw error;
    makeAll(parent);
    make(folder);
  }
}

/** Whether the folder is new. What is there already, folder or not, shows when it is used. */
function make(folder: string): boolean {
  try {
    mkdirSync(folder);
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}
