import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

// `engines` promises a least Node: the sources must run on exactly that one, not only on the pinned runtime.
const root = fileURLToPath(new URL('..', import.meta.url));
const { engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const oldest = /^>=(\d+\.\d+\.\d+)$/.exec(engines.node)?.[1];
if (oldest === undefined) throw new Error(`engines.node ${engines.node} names no least version`);

const folder = mkdtempSync(join(tmpdir(), 'oldest-node-'));
try {
  const runtime = `node-${process.platform}-${process.arch}`;
  run('npm', ['install', '--prefix', folder, '--no-save', '--no-audit', '--no-fund', `${runtime}@${oldest}`]);
  const node = join(folder, 'node_modules', runtime, 'bin', 'node');
  for (const command of [
    ['smoke', '--out', '-', '--quiet'],
    ['explain', 'run-stalled'],
    ['target', '--list'],
  ])
    run(node, [join(root, 'harness/cli/bin.js'), ...command]);
  console.log(`the sources run on Node ${oldest}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function run(program: string, args: readonly string[]): void {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd: root, encoding: 'utf8' });
  if (status === 0) return;
  throw new Error(`${program} ${args.join(' ')} exits ${status}:\n${stdout}${stderr}`);
}
