import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { command, documentOf } from '../../fixtures/command.ts';
import { WELCOMES, WIRE_RUNS } from '../../fixtures/frames.ts';
import { scriptedServer } from '../../fixtures/scripted-server.ts';

it('a server that makes everybody the same user proves nothing about isolation, and only about that', async () => {
  const server = await scriptedServer({
    onOpen: ({ say }) => say(WELCOMES.current),
    onAsk: ({ socket }) => {
      for (const { text } of WIRE_RUNS.bridge) socket.send(text);
    },
  });
  try {
    const env = { JWT_SECRET_KEY: randomBytes(32).toString('hex') };
    const { outcome, domain, cause, rulings } = documentOf(
      await command(['smoke', '--url', server.url, '--json', '--quiet'], { env }),
    );
    expect([outcome, domain, cause]).toEqual(['unproven', 'harness', 'nothing-judged']);
    const open = rulings.filter(({ outcome }) => outcome !== 'pass').map(({ id }) => id);
    expect(open).toEqual(['identity/own-user']);
  } finally {
    await server.close();
  }
});
