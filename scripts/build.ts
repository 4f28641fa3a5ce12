import { spawnSync } from 'node:child_process';
import { chmodSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Fills `dist/` with what the package runs: the harness, the part of the fixtures that it reaches, and their types. */
const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');

rmSync(dist, { recursive: true, force: true });
const tsc = join(root, 'node_modules/typescript/bin/tsc');
const { status } = spawnSync(process.execPath, [tsc, '--project', join(root, 'tsconfig.build.json')], {
  stdio: 'inherit',
});
if (status !== 0) {
  rmSync(dist, { recursive: true, force: true });
  console.log('build: the source does not compile');
  process.exit(1);
}

// The compiler rewrites `.ts` in code only; what it leaves in declarations resolves to nothing in a package.
for (const path of globSync('**/*.d.ts', { cwd: dist })) {
  const text = readFileSync(join(dist, path), 'utf8');
  writeFileSync(join(dist, path), text.replaceAll(/((?:from|import\()\s*['"]\.[^'"]*)\.ts(?=['"])/g, '$1.js'));
}
chmodSync(join(root, 'harness/cli/bin.js'), 0o755);
console.log('build: dist/ is fresh');
