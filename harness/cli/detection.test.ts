import { describe, expect, it } from 'vitest';
import { blackHole } from '../../fixtures/black-hole.ts';
import { command, documentOf } from '../../fixtures/command.ts';
import { type RawServer, rawServer } from '../../fixtures/raw-server.ts';
import { startTarget } from '../../fixtures/target/embedded-target.ts';
import { listFaults } from '../../fixtures/target/faults.ts';

const SECRET = { JWT_SECRET_KEY: 'only-for-this-test-0123456789abcdef-0123456789' };

/** Runs `smoke --url` and answers what the contract promises: outcome, domain, cause and exit code. */
async function verdict(url: string, flags: readonly string[] = [], env: { readonly [name: string]: string } = {}) {
  const ended = await command(['smoke', '--url', url, '--json', '--quiet', ...flags], { env });
  const { outcome, domain, cause, exitCode } = documentOf(ended);
  expect(ended.code).toBe(exitCode);
  return [outcome, domain, cause, ended.code];
}

function plain(status: number): Promise<RawServer> {
  return rawServer({
    onRequest: (socket) =>
      socket.end(
        `HTTP/1.1 ${status} Whatever\r\ncontent-type: text/plain\r\ncontent-length: 2\r\nconnection: close\r\n\r\nno`,
      ),
  });
}

describe.concurrent('smoke names the cause of each fault of the embedded target', () => {
  it.each(listFaults().filter(({ name }) => FIRST_DOZEN.has(name)))('$name', async ({ name, verdict: expected }) => {
    const target = await startTarget({ faults: [name] });
    try {
      expect(await verdict(target.wsUrl)).toEqual([expected.outcome, expected.domain, expected.cause, expected.exit]);
    } finally {
      await target.stop();
    }
  });

  it('a refused token that we signed ourselves is our own trouble', async () => {
    const target = await startTarget({ faults: ['401-on-upgrade'] });
    try {
      expect(await verdict(target.wsUrl, [], SECRET)).toEqual(['unproven', 'harness', 'credentials-refused', 3]);
    } finally {
      await target.stop();
    }
  });

  it.each(['october', 'beta17', 'beta12'] as const)('no fault at all passes in the dialect %s', async (dialect) => {
    const target = await startTarget({ dialect });
    try {
      expect(await verdict(target.wsUrl)).toEqual(['passed', null, null, 0]);
    } finally {
      await target.stop();
    }
  });
});

const FIRST_DOZEN = new Set([
  '503-on-upgrade',
  '401-on-upgrade',
  'no-welcome',
  'silent-after-ack',
  'missing-agent_started',
  'missing-agent_thinking',
  'missing-tool_executing',
  'missing-tool_completed',
  'missing-agent_completed',
  'swapped-order',
  'duplicate-event',
  'late-event',
  'close-1011-mid-run',
  'reset-mid-run',
  'cross-user-event',
]);

describe.concurrent('smoke names what is wrong with a server that is no agent server', () => {
  it.each([
    [200, 'blocked', 'infrastructure', 'upgrade-ignored', 2],
    [404, 'blocked', 'infrastructure', 'upgrade-not-found', 2],
    [429, 'blocked', 'infrastructure', 'rate-limited', 2],
    [500, 'failed', 'application', 'upgrade-server-error', 1],
    [502, 'blocked', 'infrastructure', 'bad-gateway', 2],
    [503, 'blocked', 'infrastructure', 'service-unavailable', 2],
    [504, 'blocked', 'infrastructure', 'gateway-timeout', 2],
  ])('every request answered %d', async (status, ...expected) => {
    const server = await plain(status);
    try {
      const url = `ws://127.0.0.1:${server.port}/ws`;
      expect(await verdict(url)).toEqual(expected);
      expect(await verdict(url, [], SECRET)).toEqual(expected);
    } finally {
      await server.close();
    }
  });

  it('nothing listens', async () => {
    const server = await plain(200);
    await server.close();
    const expected = ['blocked', 'infrastructure', 'connection-refused', 2];
    expect(await verdict(`ws://127.0.0.1:${server.port}/ws`)).toEqual(expected);
  });

  it('a port that swallows every packet, under --timeout', async () => {
    const hole = await blackHole();
    try {
      const url = `ws://127.0.0.1:${hole.port}/ws`;
      expect(await verdict(url, ['--timeout', '3000'])).toEqual(['blocked', 'infrastructure', 'connection-timeout', 2]);
      expect(await verdict(url)).toEqual(['blocked', 'infrastructure', 'connection-timeout', 2]);
    } finally {
      await hole.close();
    }
  });

  it.each([
    ['self-signed', 'tls-untrusted'],
    ['expired', 'tls-expired'],
  ])('a certificate that is %s', async (certificate, cause) => {
    const server = await rawServer({ certificate });
    const trusted = {
      NODE_EXTRA_CA_CERTS: new URL('../../fixtures/certificates/authority.pem', import.meta.url).pathname,
    };
    try {
      const url = `wss://127.0.0.1:${server.port}/ws`;
      expect(await verdict(url, [], trusted)).toEqual(['blocked', 'infrastructure', cause, 2]);
    } finally {
      await server.close();
    }
  });

  it('a server that never answers', async () => {
    const server = await rawServer({});
    try {
      const url = `ws://127.0.0.1:${server.port}/ws`;
      const expected = ['blocked', 'infrastructure', 'upgrade-timeout', 2];
      expect(await verdict(url)).toEqual(expected);
      expect(await verdict(url, ['--timeout', '6000'], SECRET)).toEqual(expected);
    } finally {
      await server.close();
    }
  });

  it('a server that drips its answer a byte at a time', async () => {
    const server = await rawServer({
      onRequest: (socket) => {
        const answer = `HTTP/1.1 101 Switching Protocols\r\nx-filler: ${'x'.repeat(5000)}`;
        let sent = 0;
        const drip = setInterval(() => socket.write(answer[sent++] ?? 'x'), 50);
        socket.on('close', () => clearInterval(drip));
      },
    });
    try {
      const expected = ['blocked', 'infrastructure', 'upgrade-timeout', 2];
      expect(await verdict(`ws://127.0.0.1:${server.port}/ws`)).toEqual(expected);
    } finally {
      await server.close();
    }
  });
});
