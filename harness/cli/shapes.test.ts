import { describe, expect, it } from 'vitest';
import { command, documentOf } from '../../fixtures/command.ts';
import { WELCOMES, WIRE_RUNS, type WireShape } from '../../fixtures/frames.ts';
import { scriptedServer } from '../../fixtures/scripted-server.ts';
import { EVENT_TYPES } from '../protocol/event.ts';
import type { VerdictDocument } from '../report/document-schema.ts';

const SHAPES = Object.keys(WIRE_RUNS) as WireShape[];

const SECRET = { JWT_SECRET_KEY: 'only-for-this-test-0123456789abcdef-0123456789' };

async function judged(url: string, env: { readonly [name: string]: string } = {}): Promise<VerdictDocument> {
  return documentOf(await command(['smoke', '--url', url, '--json', '--quiet'], { env }));
}

describe.concurrent('against a server that is not ours, smoke finds the five events', () => {
  it.each(SHAPES)('in the shape %s', async (shape) => {
    const server = await scriptedServer({
      onOpen: ({ say }) => say(WELCOMES.current),
      onAsk: ({ socket }) => {
        for (const { text } of WIRE_RUNS[shape]) socket.send(text);
      },
    });
    try {
      const document = await judged(server.url);
      const seen = new Set(document.events.map(({ type }) => type));
      expect([...EVENT_TYPES].filter((type) => !seen.has(type))).toEqual([]);
      expect([document.outcome, document.cause, document.summary]).toEqual(['passed', null, document.summary]);
    } finally {
      await server.close();
    }
  });

  it.each(Object.entries(WELCOMES))('after the welcome %s', async (_name, welcome) => {
    const server = await scriptedServer({
      onOpen: ({ say }) => say(welcome),
      onAsk: ({ socket }) => {
        for (const { text } of WIRE_RUNS.mixed) socket.send(text);
      },
    });
    try {
      const { outcome, summary } = await judged(server.url);
      expect([outcome, summary]).toEqual(['passed', summary]);
    } finally {
      await server.close();
    }
  });

  it('a server that makes everybody the same user proves nothing about isolation, and leaks nothing', async () => {
    const server = await scriptedServer({
      onOpen: ({ say }) => say(WELCOMES.current),
      onAsk: ({ socket }) => {
        for (const { text } of WIRE_RUNS.bridge) socket.send(text);
      },
    });
    try {
      const { outcome, domain, cause, rulings } = await judged(server.url, SECRET);
      expect([outcome, domain, cause]).toEqual(['unproven', 'harness', 'nothing-judged']);
      const open = rulings.filter(({ outcome }) => outcome !== 'pass').map(({ id }) => id);
      expect(open).toEqual(['identity/own-user']);
    } finally {
      await server.close();
    }
  });
});
