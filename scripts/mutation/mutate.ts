import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MutationReport } from './report.ts';

/**
 * Lets Stryker change the code that `glob` names piece by piece, and gives back what became of every change; `null` where
 * it could not finish (it has said why). `root` is the project's folder; what it writes goes to `out/mutation/<name>`.
 */
export function mutate(root: string, name: string, glob: string): MutationReport | null {
  const folder = join(root, 'out/mutation');
  mkdirSync(folder, { recursive: true });
  const [report, config] = [join(folder, `${name}.json`), join(folder, `${name}.config.json`)];
  const settings = JSON.parse(readFileSync(join(root, 'stryker.config.json'), 'utf8'));
  const own = { mutate: [glob, '!harness/**/*.test.ts'], jsonReporter: { fileName: report } };
  writeFileSync(config, JSON.stringify({ ...settings, ...own }));
  const { status } = spawnSync('stryker', ['run', config], { cwd: root, stdio: 'inherit' });
  return status === 0 ? JSON.parse(readFileSync(report, 'utf8')) : null;
}
