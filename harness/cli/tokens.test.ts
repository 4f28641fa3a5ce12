import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { WebSocket } from 'ws';
import { command, documentOf, type Ended } from '../../fixtures/command.ts';
import { answer } from '../../fixtures/raw-server.ts';
import { WELCOME } from '../../fixtures/scripted-server.ts';
import {
  servesFive,
  type TokenTarget,
  type Treatment,
  tokenTarget,
  UNAUTHORISED,
  WELCOMED,
} from '../../fixtures/token-target.ts';
import { TOKEN_KINDS } from '../timeline/token-kinds.ts';

const SECRET = { JWT_SECRET_KEY: 'only-for-this-test-0123456789abcdef-0123456789' };
const EVERY = TOKEN_KINDS.length;

// Nobody's token: its signature is made up.
const given = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ sub: 'u1', iat: 1, aud: 'a', iss: 'i' })}.${'c'.repeat(43)}`;

type Asked = { readonly flags?: readonly string[]; readonly env?: { readonly [name: string]: string } };

async function asked(url: string, { flags = [], env = SECRET }: Asked = {}): Promise<Ended> {
  return await command(['doctor', '--tokens', '--url', url, '--json', ...flags], { env });
}

/** Outcome, domain, cause and exit code; then how many tokens came to what. */
function told(ended: Ended) {
  const { outcome, domain, cause, exitCode, tokens } = documentOf(ended);
  expect(ended.code).toBe(exitCode);
  const tally: { [outcome: string]: number } = {};
  for (const token of tokens ?? []) tally[token.outcome] = (tally[token.outcome] ?? 0) + 1;
  return [outcome, domain, cause, exitCode, tally];
}

async function judged(target: Promise<TokenTarget>, how: Asked = {}) {
  const { url, close, shown, asking } = await target;
  try {
    const ended = await asked(url, how);
    return { ended, document: documentOf(ended), told: told(ended), shown, asking };
  } finally {
    await close();
  }
}

const closing = (code: number, reason: string, ...said: readonly object[]): Treatment => ({
  after(socket) {
    for (const message of said) socket.send(JSON.stringify(message));
    socket.close(code, reason);
  },
});
const AUTH_ERROR = { type: 'authentication_error', error: 'token has expired', error_code: 'TOKEN_EXPIRED' };
const welcomeThen = (code: number, afterMs: number) => ({
  after(socket: WebSocket) {
    socket.send(JSON.stringify(WELCOME));
    setTimeout(() => socket.close(code, code === 1008 ? 'Authentication failed' : ''), afterMs);
  },
});
const welcomeThen1008 = (afterMs: number) => welcomeThen(1008, afterMs);
const isExpired = ({ says }: { readonly says: { readonly [name: string]: unknown } }): boolean =>
  typeof says.exp === 'number' && typeof says.iat === 'number' && says.exp < says.iat;
const onlyExpired =
  (treatment: Treatment) =>
  (bad: { readonly says: { readonly [name: string]: unknown } }): Treatment =>
    isExpired(bad) ? treatment : UNAUTHORISED;

describe.concurrent('a target that refuses every token that must be refused', () => {
  it.each([
    ['with 401 at the upgrade', UNAUTHORISED, 'upgrade'],
    [
      'with an empty 403, as a server does before accept',
      { before: answer('403 Forbidden', ['Content-Type: text/plain']) },
      'upgrade',
    ],
    ['with 1008 after accept', closing(1008, ''), 'open'],
    ['with an error and 1011', closing(1011, 'Authentication failed', AUTH_ERROR), 'open'],
    ['with an error and 1011 without a word', closing(1011, '', AUTH_ERROR), 'open'],
    ['with 1002 whose reason names the token', closing(1002, 'invalid token'), 'open'],
    ['with 4401', closing(4401, ''), 'open'],
    ['with 404', { before: answer('404 Not Found') }, 'upgrade'],
    [
      'with a redirect to a login page',
      { before: answer('302 Found', ['Location: https://login.example/x']) },
      'upgrade',
    ],
    ['with 1008 after the welcome', welcomeThen1008(200), 'welcomed'],
    ['with 1008 a second after the welcome', welcomeThen1008(1000), 'welcomed'],
    ['with 1008 more than a second after the welcome', welcomeThen1008(1100), 'welcomed'],
  ] as const)('%s passes', async (_, treatment, where) => {
    const { told, document } = await judged(tokenTarget(() => treatment));
    expect(told).toEqual(['passed', null, null, 0, { refused: EVERY }]);
    expect(new Set(document.tokens?.map((token) => token.where))).toEqual(new Set([where]));
  });

  it.each([
    ['once by each token that it welcomes before it refuses it', welcomeThen1008(1100), 1],
    ['once where it refuses them over their question', { ...WELCOMED, onAsk: (socket) => socket.close(1008) }, 1],
    ['by none that it refuses at the upgrade', UNAUTHORISED, 0],
    ['by none that it refuses before the welcome', closing(1008, ''), 0],
  ] as readonly (readonly [string, Treatment, number])[])('is asked %s', async (_, treatment, times) => {
    const { told, shown, asking } = await judged(tokenTarget(() => treatment));
    expect(told).toEqual(['passed', null, null, 0, { refused: EVERY }]);
    const [good] = shown;
    const bad = shown.filter((token) => token !== good);
    expect(bad).toHaveLength(EVERY);
    expect([...asking].sort()).toEqual(times === 0 ? [] : [...bad].sort());
  });

  it('is shown each bad token once, and never more than three between two good ones', async () => {
    const { shown } = await judged(tokenTarget(() => UNAUTHORISED));
    const [good] = shown;
    const bad = shown.filter((token) => token !== good);
    expect(bad).toHaveLength(EVERY);
    expect(new Set(bad).size).toBe(EVERY);
    const runs = shown
      .map((token) => (token === good ? ' ' : 'x'))
      .join('')
      .split(' ');
    expect(Math.max(...runs.map((run) => run.length))).toBe(3);
    expect(shown.at(-1)).toBe(good);
  });
});

describe.concurrent('what is no refusal is not counted as one', () => {
  it.each([
    ['silence after the upgrade', { after: () => undefined }, ['unproven', 'harness', 'nothing-judged', 3]],
    ['503', { before: answer('503 Service Unavailable') }, ['blocked', 'infrastructure', 'service-unavailable', 2]],
    ['405', { before: answer('405 Method Not Allowed') }, ['blocked', 'infrastructure', 'upgrade-ignored', 2]],
    ['500', { before: answer('500 Internal Server Error') }, ['failed', 'application', 'upgrade-server-error', 1]],
    [
      'a reset',
      { before: (socket) => void socket.resetAndDestroy() },
      ['blocked', 'infrastructure', 'connection-reset', 2],
    ],
    [
      'a connection that is ended without a word',
      { after: (socket) => socket.terminate() },
      ['unproven', 'harness', 'nothing-judged', 3],
    ],
    ['1011 that names no token', closing(1011, 'Internal error'), ['unproven', 'harness', 'nothing-judged', 3]],
    ['1012', closing(1012, ''), ['unproven', 'harness', 'nothing-judged', 3]],
    ['1008 for the origin', closing(1008, 'Origin not allowed'), ['unproven', 'harness', 'nothing-judged', 3]],
    ['1000 after the welcome, asked or not', welcomeThen(1000, 200), ['unproven', 'harness', 'nothing-judged', 3]],
  ] as readonly (readonly [string, Treatment, readonly unknown[]])[])(
    '%s, for one of them',
    async (_, treatment, expected) => {
      const { told, document } = await judged(tokenTarget(onlyExpired(treatment)));
      expect(told).toEqual([...expected, { refused: EVERY - 1, unproven: 1 }]);
      expect(document.summary).toContain('expired');
    },
  );

  it('silence for all of them ends after the third', async () => {
    const { told, shown, ended } = await judged(tokenTarget(() => ({ after: () => undefined })));
    expect(told).toEqual(['unproven', 'harness', 'nothing-judged', 3, { unproven: EVERY }]);
    expect(shown.filter((token) => token !== shown[0])).toHaveLength(3);
    expect(ended.tookMs).toBeLessThan(30_000);
  });

  it('a target that throws the good token out too proves nothing', async () => {
    const { told } = await judged(
      tokenTarget(
        () => welcomeThen1008(200),
        (index) => (index < 1 ? WELCOMED : welcomeThen1008(200)),
      ),
    );
    expect(told.slice(0, 4)).toEqual(['unproven', 'harness', 'credentials-refused', 3]);
    expect(told[4]).not.toHaveProperty('refused');
  });

  it('a target that refuses everybody in the end proves nothing', async () => {
    const { told } = await judged(
      tokenTarget(
        () => UNAUTHORISED,
        (index) => (index < 2 ? WELCOMED : UNAUTHORISED),
      ),
    );
    expect(told.slice(0, 3)).toEqual(['unproven', 'harness', 'credentials-refused']);
    expect(told[4]).not.toHaveProperty('refused');
  });

  it('a target that asks us to wait is waited for, once', async () => {
    const wait: Treatment = { before: answer('429 Too Many Requests', ['Retry-After: 1']) };
    const { told, document, shown } = await judged(tokenTarget(({ index }) => (index === 4 ? wait : UNAUTHORISED)));
    expect(told).toEqual(['passed', null, null, 0, { refused: EVERY }]);
    expect(document.notes.join()).toContain('the target asks to be left alone: waited 1 s, once');
    expect(shown.filter((token) => token !== shown[0])).toHaveLength(EVERY + 1);
  });
});

describe.concurrent('a target that lets in what it must refuse', () => {
  it('is permissive, and the token is named with the user it became', async () => {
    const as = { type: 'connection_established', data: { connection_id: 'c1', user_id: 'demo-user-001' } };
    const { told, document } = await judged(
      tokenTarget(onlyExpired({ after: (socket) => socket.send(JSON.stringify(as)) })),
    );
    expect(told).toEqual(['failed', 'application', 'target-permissive', 1, { refused: EVERY - 1, 'let-in': 1 }]);
    expect(document.summary).toBe(
      `the target let in 1 of ${EVERY} tokens that it has to refuse: expired (as demo-user-001)`,
    );
    const broken = document.rulings.filter((ruling) => ruling.outcome === 'fail').map((ruling) => ruling.id);
    expect(broken).toEqual(['admission/refuses-expired']);
  });

  it.each([900, 1500, 2500])('is permissive where it serves them all and throws them out %i ms later', async (ms) => {
    const { told, document } = await judged(tokenTarget(() => ({ ...welcomeThen1008(ms), onAsk: servesFive })));
    expect(told).toEqual(['failed', 'application', 'target-permissive', 1, { 'let-in': EVERY }]);
    expect(document.rulings.flatMap(({ violations }) => violations?.[0]?.actual ?? [])[0]).toContain(
      'served with agent_started',
    );
  });

  it('is permissive where it serves whoever acknowledges a handshake that it never confirms', async () => {
    const after = (socket: WebSocket): void => {
      socket.send(JSON.stringify({ type: 'handshake_response', thread_id: 't1' }));
      setTimeout(() => socket.close(1008), 1500);
    };
    const { told } = await judged(tokenTarget(onlyExpired({ after, onAsk: servesFive })));
    expect(told).toEqual(['failed', 'application', 'target-permissive', 1, { refused: EVERY - 1, 'let-in': 1 }]);
  });

  it('is permissive where a question breaks it and whoever asks nothing stays', async () => {
    const breaks = { ...WELCOMED, onAsk: (socket: WebSocket) => socket.close(1011, 'Internal error') };
    const { told, shown, asking } = await judged(tokenTarget(onlyExpired(breaks)));
    expect(told).toEqual(['failed', 'application', 'target-permissive', 1, { refused: EVERY - 1, 'let-in': 1 }]);
    expect(shown.filter((token) => token !== shown[0])).toHaveLength(EVERY + 1);
    expect(asking).toHaveLength(1);
  });

  it('is permissive whatever else went wrong beside it', async () => {
    const { told } = await judged(
      tokenTarget((bad) => (isExpired(bad) ? WELCOMED : { before: answer('503 Service Unavailable') })),
    );
    expect(told.slice(0, 4)).toEqual(['failed', 'application', 'target-permissive', 1]);
  });

  it('is permissive where it asks for no token at all', async () => {
    const { told } = await judged(
      tokenTarget(() => WELCOMED),
      { env: { AGENT_EVENTS_AUTH_MODE: 'none' } },
    );
    expect(told).toEqual(['failed', 'application', 'target-permissive', 1, { 'let-in': 1, 'not-asked': EVERY - 1 }]);
  });

  it('is not known where no token is had and none is let in', async () => {
    const { told } = await judged(
      tokenTarget(
        () => UNAUTHORISED,
        () => UNAUTHORISED,
      ),
      {
        env: { AGENT_EVENTS_AUTH_MODE: 'none' },
      },
    );
    expect(told.slice(0, 4)).toEqual(['unproven', 'harness', 'credentials-refused', 3]);
  });
});

describe.concurrent('what would prove nothing is not asked', () => {
  const CLAIMS = ['alg-confusion', 'expired', 'not-yet-valid', 'wrong-audience', 'wrong-issuer'];
  const notAsked = (document: ReturnType<typeof documentOf>) =>
    document.tokens?.filter((token) => token.outcome === 'not-asked').map((token) => token.kind);

  it('without the key, and the reason says how to get it asked', async () => {
    const { told, document } = await judged(
      tokenTarget(() => UNAUTHORISED),
      {
        env: { AGENT_EVENTS_AUTH_MODE: 'token', AGENT_EVENTS_TOKEN: given },
      },
    );
    expect(told).toEqual(['passed', null, null, 0, { refused: EVERY - 5, 'not-asked': 5 }]);
    expect(notAsked(document)).toEqual(CLAIMS);
    expect(document.notes.join()).toMatch(/not-asked: alg-confusion, expired, .* set JWT_SECRET_KEY/);
  });

  it('with a key that did not sign the token', async () => {
    const { document } = await judged(
      tokenTarget(() => UNAUTHORISED),
      {
        env: { AGENT_EVENTS_AUTH_MODE: 'token', AGENT_EVENTS_TOKEN: given, ...SECRET },
      },
    );
    expect(notAsked(document)).toEqual(CLAIMS);
    expect(document.notes.join()).toContain('did not sign the token of this run');
  });
});

describe.concurrent('tokens that must be refused are never tried', () => {
  it('with test headers', async () => {
    const { told, shown } = await judged(
      tokenTarget(() => UNAUTHORISED),
      {
        env: { ...SECRET, AGENT_EVENTS_TEST_HEADERS: 'on' },
      },
    );
    expect(told.slice(0, 4)).toEqual(['unproven', 'harness', 'config-invalid', 3]);
    expect(shown).toEqual([]);
  });

  it.each([
    ['off this machine unless allowed', ['doctor', 'staging', '--tokens'], '--allow-intrusive'],
    [
      'in production, allowed or not',
      ['doctor', 'production', '--tokens', '--allow-production', '--allow-intrusive'],
      'intrusive scenarios never run against production',
    ],
    ['by smoke neither', ['smoke', 'staging', '--scenario', 'tokens'], '--allow-intrusive'],
  ] as const)('%s', async (_, args, why) => {
    const ended = await command([...args, '--json'], {
      env: { AGENT_EVENTS_TOKEN: given, E2E_OAUTH_SIMULATION_KEY: 'only-for-this-test' },
    });
    expect(ended.code).toBe(3);
    expect(documentOf(ended).summary).toContain(why);
  });
});

describe('no token that was shown', () => {
  it.each([
    ['at the upgrade', UNAUTHORISED],
    ['and given back by the target', { echo: true }],
  ] as const)('%s is in any output', async (_, treatment) => {
    const echoing = ({ token }: { readonly token: string | null }): Treatment => ({
      before: answer('401 Unauthorized', ['Content-Type: application/json'], JSON.stringify({ error: `bad ${token}` })),
    });
    const target = await tokenTarget('echo' in treatment ? echoing : () => treatment);
    try {
      const ended = await asked(target.url);
      const files = readdirSync(ended.folder, { recursive: true, encoding: 'utf8' })
        .map((name) => join(ended.folder, name))
        .filter((path) => statSync(path).isFile());
      expect(files.length).toBeGreaterThan(3);
      const all = [ended.stdout, ended.stderr, ...files.map((path) => readFileSync(path, 'utf8'))].join('\n');
      const tokens = target.shown.filter((token) => token !== null && token !== '');
      expect(tokens.length).toBeGreaterThan(EVERY - 2);
      const parts = tokens.flatMap((token) => [token, ...(token ?? '').split('.')]);
      const offers = target.carried.flatMap((value) => value.split(/[\s,]+/)).map((word) => word.replace(/^jwt\./, ''));
      const leaked = [...new Set([...parts, ...offers])].filter(
        (text) => text !== null && text.length >= 16 && all.includes(text),
      );
      expect(leaked).toEqual([]);
    } finally {
      await target.close();
    }
  });
});

function part(value: object): string {
  return Buffer.from(JSON.stringify(value), 'utf8').toString('base64url');
}
