import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';

/** Packs the package, installs it into a project of somebody else, and uses it there: command, import, types, schemas. */
const root = join(import.meta.dirname, '..');
const place = mkdtempSync(join(tmpdir(), 'agent-events-package-'));
const project = join(place, 'project');

const CODE = `
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { CATALOGUE, CAUSES, EXIT_CODES, netra, readTimeline, verdictSchema } from 'agent-event-harness';
import { startTarget } from 'agent-event-harness/target';
import type { VerdictDocument } from 'agent-event-harness';

const causes: number = Object.keys(CAUSES).length;
const codes: readonly number[] = Object.values(EXIT_CODES);
const outcome: VerdictDocument['outcome'] = 'passed';
const schema: unknown = JSON.parse(
  readFileSync(createRequire(import.meta.url).resolve('agent-event-harness/schemas/verdict.schema.json'), 'utf8'),
);
if (!readTimeline('').ok && typeof startTarget === 'function' && typeof schema === 'object' && verdictSchema)
  console.log(outcome, netra.name, causes > 60, CATALOGUE.length > 20, codes.join());
`;

try {
  mkdirSync(project);
  run('npm', ['pack', '--silent', '--pack-destination', place], root);
  const { name, version } = JSON.parse(
    run(process.execPath, ['-p', 'JSON.stringify(require("./package.json"))'], root),
  );
  const tarball = join(place, `${name}-${version}.tgz`);
  const files = run('tar', ['-tzf', tarball], place);
  expected(
    'no test, fixture of tests or private file is packed',
    !/\.test\.|certificates|\.env(?!\.example)|\/out\//.test(files),
  );

  writeFileSync(join(project, 'package.json'), '{ "name": "elsewhere", "private": true, "type": "module" }');
  run(
    'npm',
    ['install', '--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts', '--silent', tarball],
    project,
  );
  const bin = join(project, 'node_modules/.bin/agent-events');
  expected('the command tells its version', run(bin, ['--version'], project).trim() === version);
  const verdict = JSON.parse(run(bin, ['smoke', '--json', '--quiet', '--out', '-'], project));
  expected(
    `smoke passes with exit 0 (${verdict.summary})`,
    verdict.outcome === 'passed' && verdict.harness.version === version,
  );

  writeFileSync(join(project, 'use.ts'), CODE);
  run(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), ...compilerFlags(), 'use.ts'], project);
  const said = run(process.execPath, ['use.js'], project).trim();
  expected(`it imports with types that compile (${said})`, said === 'passed netra true true 0,1,2,3');

  for (const old of ['/usr/bin/node', '/usr/local/bin/node'].filter(isOld)) {
    const refused = spawnSync(old, [bin, '--version'], { encoding: 'utf8' });
    expected(
      `an old Node ends with 3 in one sentence (${old})`,
      refused.status === 3 && refused.stderr.split('\n').length === 2,
    );
  }
  console.log('package: works when installed elsewhere');
} catch (error) {
  console.log(`package: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
} finally {
  rmSync(place, { recursive: true, force: true });
}

function compilerFlags(): readonly string[] {
  const types = join(root, 'node_modules/@types');
  return ['--strict', '--target', 'es2024', '--module', 'nodenext', '--types', 'node', '--typeRoots', types];
}

function expected(claim: string, holds: boolean): void {
  if (!holds) throw new Error(`not so: ${claim}`);
  console.log(`package: ${claim}`);
}

/** What the command prints on standard output. Runs on the Node that runs this script; throws with everything it said where it does not end with 0. */
function run(command: string, argv: readonly string[], cwd: string): string {
  const env = { ...process.env, PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH}`, NO_COLOR: '1' };
  const { status, stdout, stderr, error } = spawnSync(command, argv, { cwd, env, encoding: 'utf8', timeout: 300_000 });
  if (status !== 0)
    throw new Error(`${command} ${argv.join(' ')} ended with ${status ?? error?.message}\n${stdout}${stderr}`);
  return stdout;
}

function isOld(path: string): boolean {
  if (!existsSync(path)) return false;
  const { stdout } = spawnSync(path, ['-p', 'process.versions.node'], { encoding: 'utf8' });
  return Number(stdout.split('.')[0]) < 22;
}
