import { readdirSync, readFileSync, statSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { command, documentOf } from '../../fixtures/command.ts';
import { FIVE, scriptedServer, WELCOME } from '../../fixtures/scripted-server.ts';
import { SPELLINGS } from '../../fixtures/spellings.ts';

const KEY = 'canary-4f1d9c77-simulation-key-that-nobody-may-see';
const JWT_SECRET = 'canary-81b2e6aa-jwt-secret-that-nobody-may-see-either';
const ENV = { JWT_SECRET_KEY: JWT_SECRET, E2E_OAUTH_SIMULATION_KEY: KEY };

describe.concurrent('a target that says our secrets back', () => {
  it.each([[''], ['u'], ['us'], ['Bearer ']])(
    'behind %j, in every encoding: not in standard output, nor in any file',
    async (before) => {
      const said: { readonly how: string; readonly spelt: string; readonly known: number; readonly ten: number }[] = [];
      const server = await scriptedServer({
        onOpen: ({ say }) => say(WELCOME),
        onAsk({ request, say, socket }) {
          const [started = {}] = FIVE;
          say(started);
          for (const secret of [tokenOf(request), KEY, JWT_SECRET])
            for (const [how, spell] of SPELLINGS) {
              const spelt = spell(`${before}${secret}`).slice(0, -3);
              said.push({ how, spelt, known: spell(before).length, ten: spell('0123456789').length });
              say({ ...started, type: 'agent_thinking', reasoning: spelt });
              say({ ...started, type: 'tool_executing', tool_name: spelt.slice(spelt.length / 3) });
            }
          const last = said.findLast(({ how }) => how === 'base64')?.spelt;
          say({ ...started, type: 'agent_error', data: { error: said.map(({ spelt }) => spelt).join(' | ') } });
          socket.close(1011, last?.slice(-100));
        },
      });
      const ended = await command(['smoke', '--url', server.url, '--json', '--verbose'], { env: ENV });
      await server.close();
      expect(documentOf(ended).outcome).toBe('failed');
      expect(said.length).toBeGreaterThanOrEqual(3 * SPELLINGS.length);
      const all = [ended.stdout, ended.stderr, ...filesIn(ended.folder)].join('\n');
      expect(all).toContain('[secret]');
      for (const { how, spelt, known, ten } of said)
        for (let at = known + 6; at + ten + 6 < spelt.length; at += 13) {
          const window = spelt.slice(at, at + ten + 6);
          for (const form of [window, escaped(window), escaped(escaped(window))])
            expect(all.includes(form), `${how}: ${form}`).toBe(false);
        }
    },
  );
});

function tokenOf({ headers }: IncomingMessage): string {
  const offered = /\bjwt\.([\w-]+)/.exec(headers['sec-websocket-protocol'] ?? '')?.[1];
  const token = headers.authorization?.replace('Bearer ', '') ?? Buffer.from(offered ?? '', 'base64url').toString();
  expect(token).toMatch(/^eyJ/);
  return token;
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .map((path) => readFileSync(path, 'utf8'));
}

function escaped(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}
