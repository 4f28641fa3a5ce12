import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { command, documentOf, type Ended } from '../../fixtures/command.ts';
import { startTarget } from '../../fixtures/target/embedded-target.ts';
import { EVENT_TYPES } from '../protocol/event.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const schema = JSON.parse(readFileSync(join(root, 'schemas/verdict.schema.json'), 'utf8'));
const validate = new Ajv2020({ strict: false }).compile(schema);

function timelineOf({ folder }: Ended): string {
  const [run = ''] = readdirSync(join(folder, 'out')).filter((name) => name.endsWith('-smoke'));
  return join(folder, 'out', run, 'timeline.jsonl');
}

/** All files under a folder, as one text. */
function everythingIn(folder: string): string {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .map((path) => readFileSync(path, 'utf8'))
    .join('\n');
}

describe.concurrent('smoke against the embedded target', () => {
  it('passes in under 10 s, and prints the five events with times', async () => {
    const ended = await command(['smoke']);
    expect(ended.code).toBe(0);
    expect(ended.tookMs).toBeLessThan(10_000);
    expect(ended.stdout).toMatch(/^\nPASSED: /);
    for (const type of EVENT_TYPES) expect(ended.stderr).toMatch(new RegExp(`^${type} +delivered +\\+\\d+`, 'm'));
  });

  it('prints exactly one JSON document, valid against the shipped schema; judge gives the same rulings byte for byte', async () => {
    const ended = await command(['smoke', 'local', '--json']);
    const document = documentOf(ended);
    expect(validate(document), JSON.stringify(validate.errors)).toBe(true);
    expect([document.outcome, document.domain, document.cause, ended.code]).toEqual(['passed', null, null, 0]);
    const again = documentOf(await command(['judge', '--json', timelineOf(ended)]));
    expect(validate(again), JSON.stringify(validate.errors)).toBe(true);
    expect(JSON.stringify(again.rulings)).toBe(JSON.stringify(document.rulings));
    expect([again.outcome, again.exitCode]).toEqual(['passed', 0]);
  });

  it('stores a failing run so that judging its timeline or its summary again gives the same cause', async () => {
    const target = await startTarget({ faults: ['missing-agent_thinking'] });
    const ended = await command(['smoke', '--url', target.wsUrl, '--json']);
    await target.stop();
    const document = documentOf(ended);
    const fromTimeline = documentOf(await command(['judge', '--json', timelineOf(ended)]));
    const summary = readFileSync(timelineOf(ended).replace('timeline.jsonl', 'summary.md'), 'utf8');
    const fromSummary = documentOf(await command(['judge', '--json', '-'], { stdin: summary }));
    expect(JSON.stringify(fromTimeline.rulings)).toBe(JSON.stringify(document.rulings));
    expect([document.cause, fromTimeline.cause, fromSummary.cause]).toEqual(Array(3).fill('event-missing'));
  });

  it('writes nothing with --out -', async () => {
    const ended = await command(['smoke', '--json', '--out', '-']);
    expect(ended.code).toBe(0);
    expect(readdirSync(ended.folder)).toEqual([]);
    expect(documentOf(ended).artifacts).toEqual({ timeline: null, html: null, junit: null });
  });

  it('repeats, and makes one verdict of all runs', async () => {
    const ended = await command(['smoke', '--scenario', 'golden-path', '--repeat', '3', '--json', '--quiet']);
    expect(documentOf(ended).notes).toContain('3 of 3 judged runs passed; asked for 100 %');
    expect(readdirSync(join(ended.folder, 'out')).filter((name) => name.endsWith('-golden-path'))).toHaveLength(3);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'is unproven with exit 130 when interrupted by %s, and keeps what was seen',
    async (signal) => {
      const target = await startTarget({ faults: ['silent-after-ack'] });
      const ended = await command(['smoke', '--url', target.wsUrl, '--json'], {
        interruptOn: /^welcome +ok[^\n]*\n[\s\S]*^welcome +ok/m,
        signal,
      });
      await target.stop();
      expect(ended.code).toBe(130);
      expect(documentOf(ended)).toMatchObject({ outcome: 'unproven', exitCode: 130 });
      expect(readFileSync(timelineOf(ended), 'utf8')).toContain('"kind":"asked"');
    },
  );
});

describe.concurrent('wrong usage and configuration', () => {
  it('an empty simulation key ends doctor staging with one sentence and no connection', async () => {
    const ended = await command(['doctor', 'staging'], { env: { E2E_OAUTH_SIMULATION_KEY: '' } });
    expect([ended.code, ended.stdout]).toEqual([3, '']);
    expect(ended.stderr).toMatch(/^E2E_OAUTH_SIMULATION_KEY is set but empty\n {2}.*e2e-oauth-simulation-key-staging/);
    expect(readdirSync(ended.folder)).toEqual([]);
  });

  it('the same under --json is one valid document', async () => {
    const ended = await command(['doctor', 'staging', '--json'], { env: { E2E_OAUTH_SIMULATION_KEY: '' } });
    const document = documentOf(ended);
    expect(validate(document), JSON.stringify(validate.errors)).toBe(true);
    expect([document.outcome, document.domain, document.cause, ended.code]).toEqual([
      'unproven',
      'harness',
      'secret-missing',
      3,
    ]);
  });

  it('asks nobody anything when a secret is missing', async () => {
    let asked = 0;
    const server = createServer((_request, response) => {
      asked += 1;
      response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const env = { AGENT_EVENTS_AUTH_MODE: 'simulate' };
    const ended = await command(['doctor', '--url', `ws://127.0.0.1:${port}/ws`], { env });
    server.close();
    expect([ended.code, asked]).toEqual([3, 0]);
  });

  it.each([
    [['smoke', '--jsn'], '--json'],
    [['smoke', '--budget', 'connct=5'], 'connect'],
    [['smok'], 'smoke'],
    [['target', '--falt', 'x'], '--fault'],
    [['target', '--port', '0', '--fault', '503-on-upgrad'], '503-on-upgrade'],
    [['smoke', '--scenario', 'smok'], 'smoke'],
    [['explain', 'run-stal'], 'run-stalled'],
  ])('%j exits 64 and names the nearest', async (args, near) => {
    const ended = await command(args);
    expect(ended.code).toBe(64);
    expect(ended.stderr).toContain(near);
    expect(ended.stdout).toBe('');
  });

  it('names no nearest where nothing is near, and says how to list', async () => {
    const { code, stderr } = await command(['explain', 'nope']);
    expect([code, stderr]).toEqual([64, expect.stringContaining('agent-events explain names all')]);
    expect(stderr).not.toContain('nearest');
  });

  it('says of a flag of another command whose it is', async () => {
    const { code, stderr } = await command(['doctor', '--scenario', 'smoke']);
    expect([code, stderr]).toEqual([
      64,
      expect.stringContaining('doctor has no scenario; agent-events smoke --scenario has'),
    ]);
  });

  it.each([
    [['smoke', '--bogus', '--json']],
    [['smok', '--json']],
    [['judge', '--json']],
    [['smoke', '--timeout', '3000000000', '--json']],
    [['smoke', '--budget', 'total=3000000000', '--json']],
    [['smoke', '--out', '', '--json']],
    [['explain', 'zz', '--json']],
  ])('%j is one JSON document, too', async (args) => {
    const ended = await command(args);
    const document = documentOf(ended);
    expect(validate(document), JSON.stringify(validate.errors)).toBe(true);
    expect([document.cause, document.exitCode, ended.code]).toEqual(['config-invalid', 64, 64]);
  });

  it('a misspelt variable is named, not ignored', async () => {
    const ended = await command(['doctor'], { env: { AGENT_EVENTS_WSURL: 'ws://127.0.0.1:9/ws' } });
    expect(ended.code).toBe(3);
    expect(ended.stderr).toMatch(/AGENT_EVENTS_WSURL[\s\S]*AGENT_EVENTS_WS_URL/);
  });

  it.each([
    ['embedded-12', 3],
    ['embedded', 3],
    ['embedded-1', 0],
  ])('expecting revision %s of a target that is embedded-1 exits %d', async (revision, code) => {
    const ended = await command(['doctor', '--json', '--expect-revision', revision]);
    expect([ended.code, documentOf(ended).cause]).toEqual([code, code === 0 ? null : 'revision-mismatch']);
  });

  it('reports all problems of a configuration at once', async () => {
    const env = { AGENT_EVENTS_AUTH_MODE: 'simulat', AGENT_EVENTS_TOKEN_CARRIER: 'pigeon' };
    const ended = await command(['smoke', '--url', 'ftp://127.0.0.1:1/ws'], { env });
    expect(ended.code).toBe(3);
    for (const name of ['AGENT_EVENTS_AUTH_MODE', 'AGENT_EVENTS_TOKEN_CARRIER', '--url'])
      expect(ended.stderr).toContain(name);
  });

  it('a stored timeline that is none is named, and nothing is lost', async () => {
    const folder = (await command(['explain'])).folder;
    writeFileSync(join(folder, 'broken.jsonl'), 'not a timeline\n');
    const ended = await command(['judge', '--json', 'broken.jsonl'], { folder });
    expect([ended.code, documentOf(ended).cause]).toEqual([3, 'config-invalid']);
  });
});

describe.concurrent('a stored timeline that is not whole', () => {
  it('blames nobody for what is missing from it, and passes nothing', async () => {
    const ended = await command(['smoke', '--scenario', 'golden-path', '--json', '--quiet']);
    const [name = ''] = readdirSync(join(ended.folder, 'out')).filter((one) => one.endsWith('-golden-path'));
    const lines = readFileSync(join(ended.folder, 'out', name, 'timeline.jsonl'), 'utf8').split('\n');
    const judgedWith = async (stdin: string) => documentOf(await command(['judge', '--json', '-'], { stdin }));
    const started = lines.findIndex((line) => line.includes('agent_started'));
    const damaged = [
      lines.filter((_, index) => index !== started).join('\n'),
      lines.map((line, index) => (index === started ? 'garbage{' : line)).join('\n'),
      lines.slice(0, -2).join('\n'),
    ];
    for (const text of damaged) {
      const { outcome, domain, cause } = await judgedWith(text);
      expect([outcome, domain, cause]).toEqual(['unproven', 'harness', 'nothing-judged']);
    }
    expect((await judgedWith(lines.join('\n'))).outcome).toBe('passed');
  });
});

describe.concurrent('the recorded live run, judged with the staging budgets', () => {
  const recording = join(root, 'fixtures/recordings/live-run.jsonl');

  it('lacks tool events that nobody can be sure were owed, and is slow but never late', async () => {
    const ended = await command(['judge', '--json', recording]);
    const document = documentOf(ended);
    expect([document.outcome, document.cause, document.confidence, ended.code]).toEqual([
      'failed',
      'event-missing',
      'ambiguous',
      1,
    ]);
    expect(document.rivals.map(({ cause }) => cause)).toContain('no-tool-chosen');
    const states = document.budgets.map(({ state }) => state);
    expect(states).toContain('slow');
    expect(states).not.toContain('over');
    expect(document.rulings.filter(({ id, outcome }) => id.startsWith('promptness/') && outcome === 'fail')).toEqual(
      [],
    );
  });

  it('passes when tools are optional', async () => {
    const ended = await command(['judge', '--json', '--tools', 'optional', recording]);
    expect([documentOf(ended).outcome, ended.code]).toEqual(['passed', 0]);
  });
});

describe.concurrent('secrets never leave', () => {
  const CANARY = 'canary-4f1d9c77-simulation-key-that-nobody-may-see';
  const JWT_CANARY = 'canary-81b2e6aa-jwt-secret-that-nobody-may-see-either';

  it.each([
    [null],
    ['503-on-upgrade'],
    ['401-on-upgrade'],
    ['close-1011-mid-run'],
    ['reset-mid-run'],
    ['cross-user-event'],
  ])('with the fault %s: no key, no secret, no token in any output or file', async (fault) => {
    const target = await startTarget({
      simulationKey: CANARY,
      jwtSecret: JWT_CANARY,
      faults: fault === null ? [] : [fault],
    });
    const modes = [
      { AGENT_EVENTS_AUTH_MODE: 'simulate', E2E_OAUTH_SIMULATION_KEY: CANARY },
      { AGENT_EVENTS_AUTH_MODE: 'mint', JWT_SECRET_KEY: JWT_CANARY },
    ];
    for (const env of modes) {
      const ended = await command(['smoke', '--url', target.wsUrl, '--json', '--verbose'], { env });
      const all = [ended.stdout, ended.stderr, everythingIn(ended.folder)].join('\n');
      expect(all.length).toBeGreaterThan(1000);
      expect(all).not.toContain(CANARY);
      expect(all).not.toContain(JWT_CANARY);
      expect(all).not.toMatch(/eyJ[\w-]{10}/);
      for (const secret of [CANARY, JWT_CANARY]) {
        expect(all).not.toContain(Buffer.from(secret).toString('base64url'));
        expect(all).not.toContain(encodeURIComponent(secret));
      }
    }
    await target.stop();
  });
});
