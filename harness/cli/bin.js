#!/usr/bin/env node
// Plain JavaScript that parses on Node 12, with no import before the version is known: an unsupported Node must end with exit 3 in one
// sentence, never with a syntax error and exit 1.

/** The least Node that the dependencies run on, as in package.json's `engines`. */
const NEEDED = [22, 19];
const UNPROVEN = 3;
const INTERRUPTED = 130;

const argv = process.argv.slice(2);
let ended = false;
let isCrashed = false;

process.on('exit', (code) => {
  // An event loop that runs dry before the verdict must not look green, and exit 1 is a computed verdict's alone.
  if (ended || (code !== 0 && code !== 1)) return;
  process.exitCode = UNPROVEN;
  process.stderr.write('harness-crashed: the command ended without a verdict\n');
});
process.on('uncaughtException', crashed);
process.on('unhandledRejection', crashed);
// Whoever reads us may leave early (`| head`); the verdict stands all the same.
process.stdout.on('error', ignoreClosedPipe);
// A standard error that cannot be written to takes nothing from the verdict.
process.stderr.on('error', () => {});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => interrupted(signal));

start().then(end, crashed);

async function start() {
  if (!isSupported(process.versions.node)) {
    return refuse(
      'harness-crashed',
      `Node ${process.versions.node} cannot run agent-events, which needs ${NEEDED.join('.')} or newer`,
      'in the checkout run "npm ci" (after "--ignore-scripts" also "npm rebuild node"), which brings one, and start it with npx or npm run; elsewhere install a current Node LTS',
    );
  }
  const [fs, module] = await Promise.all([import('node:fs'), import('node:module')]);
  const source = new URL('./main.ts', import.meta.url);
  const fromSource = fs.existsSync(source);
  if (fromSource && !process.features.typescript) {
    return refuse(
      'config-invalid',
      'this Node does not read TypeScript, which running from source needs',
      'remove --no-strip-types (or its older spelling) from NODE_OPTIONS, or run "npm run build" and use the package',
    );
  }
  module.enableCompileCache();
  if (fromSource) module.registerHooks({ resolve: named(new URL('../../', import.meta.url).href) });
  const entry = fromSource ? source : new URL('../../dist/harness/cli/main.js', import.meta.url);
  const { main } = await import(entry.href);
  return main(argv);
}

/**
 * Resolves what needs no search. Our sources, and the packages listed, are ES modules that import their neighbours by file name, so the
 * file system need not be asked what is meant: a sixth of the start-up.
 */
function named(root) {
  const packages = ['commander', 'jose', 'zod'].map((name) => `${root}node_modules/${name}/`);
  const formatOf = (specifier, parent) => {
    if (specifier.endsWith('.ts') && parent.startsWith(`${root}harness/`)) return 'module-typescript';
    return specifier.endsWith('.js') && packages.some((folder) => parent.startsWith(folder)) ? 'module' : null;
  };
  return (specifier, context, next) => {
    const { parentURL } = context;
    const format = parentURL && specifier.startsWith('.') ? formatOf(specifier, parentURL) : null;
    if (format === null) return next(specifier, context);
    return { url: new URL(specifier, parentURL).href, format, shortCircuit: true };
  };
}

function isSupported(version) {
  const [major, minor] = version.split('.').map(Number);
  return major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1]);
}

function end(code) {
  ended = true;
  process.exitCode = code;
  // Nothing of ours may keep a finished command alive, and nothing that was printed may be cut off.
  process.stdout.write('', () => process.stderr.write('', () => process.exit(code)));
}

function crashed(error) {
  // What goes wrong while a crash is told is no news.
  if (isCrashed) return;
  isCrashed = true;
  const message = error instanceof Error ? error.message : String(error);
  const missing = error instanceof Error && error.code === 'ERR_MODULE_NOT_FOUND';
  // As in `kernel/exhaustion`, which could not be read now.
  const exhausted = /\bE[MN]FILE\b|too many open files/i.test(`${error?.code} ${message}`);
  const [firstLine] = message.split('\n');
  const [cause, summary, hint] = exhausted
    ? ['client-exhausted', `this machine has no file descriptor left: ${firstLine}`, 'raise "ulimit -n" and run again']
    : missing
      ? ['harness-crashed', `a part of agent-events is missing: ${firstLine}`, 'run "npm ci"']
      : [
          'harness-crashed',
          `agent-events crashed: ${firstLine}`,
          'report it with the stack below; the verdict of this run is unknown',
        ];
  refuse(cause, summary, hint).then((code) => {
    if (!missing && !exhausted && error instanceof Error) process.stderr.write(`${error.stack}\n`);
    end(code);
  });
}

/** A signal that comes while no command listens: before it began, or after it closed its sockets. */
async function interrupted(signal) {
  if (ended || process.listenerCount(signal) > 1) return;
  await refuse('nothing-judged', 'interrupted', 'nothing was judged; run it again', INTERRUPTED);
  end(INTERRUPTED);
}

async function refuse(cause, summary, hint, exitCode = UNPROVEN) {
  process.stderr.write(`${cause}: ${summary}: ${hint}\n`);
  if (!ended && argv.includes('--json'))
    process.stdout.write(`${JSON.stringify(await document(cause, summary, hint, exitCode), null, 2)}\n`);
  return exitCode;
}

/** The verdict document of a command that never ran; written out here because nothing of ours can be imported. */
async function document(cause, summary, hint, exitCode) {
  return {
    schema: 'agent-event-harness/verdict@1',
    outcome: 'unproven',
    exitCode,
    domain: 'harness',
    cause,
    phase: 'configuration',
    answeredBy: 'client',
    confidence: 'certain',
    rivals: [],
    summary,
    hint,
    environment: null,
    profile: null,
    scenario: null,
    seed: null,
    traceId: null,
    runId: null,
    startedAt: null,
    revision: null,
    target: { wsUrl: null, httpUrl: null, authUrl: null },
    ladder: [],
    events: [],
    timings: { connectMs: null, welcomeMs: null, firstEventMs: null, maxGapMs: null, totalMs: null, errorMs: null },
    budgets: [],
    rulings: [],
    checklist: null,
    tokens: null,
    attempts: 0,
    flaky: false,
    notes: [],
    tlsUnverified: false,
    repeat: null,
    harness: {
      version: await ownVersion(),
      node: process.versions.node,
      eventLoopDelayMaxMs: null,
      stalls: 0,
      testHeaders: false,
    },
    artifacts: { timeline: null, html: null, junit: null },
  };
}

async function ownVersion() {
  try {
    const fs = await import('node:fs');
    return JSON.parse(fs.readFileSync(new URL('../../package.json', import.meta.url), 'utf8')).version;
  } catch {
    // A machine without a descriptor left reads nothing; a crash of the crash would never end.
    return 'unknown';
  }
}

function ignoreClosedPipe(error) {
  if (error.code !== 'EPIPE') throw error;
}
