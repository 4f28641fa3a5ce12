import { afterEach, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import { frame, type RawServer, rawServer, switching } from '../../fixtures/raw-server.ts';
import { FIVE, type Scripted, scriptedServer, WELCOME } from '../../fixtures/scripted-server.ts';
import { budgetsOf, noted, rigFor, seen, settingsFor } from '../../fixtures/test-rig.ts';
import type { Settings } from '../target/settings.ts';
import { dial } from './dial.ts';
import type { Rig } from './rig.ts';
import { Session } from './session.ts';
import { SocketTap } from './socket-tap.ts';

const open: (Scripted | RawServer)[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((each) => each.close()));
});

async function talking(
  script: Parameters<typeof scriptedServer>[0],
  change: Partial<Settings> = {},
  rigChange: Partial<Rig> = {},
): Promise<{ readonly rig: Rig; readonly session: Session; readonly server: Scripted }> {
  const server = await scriptedServer(script);
  open.push(server);
  const rig = rigFor(settingsFor(server.url, change), rigChange);
  const session = await dial(rig, { session: 'alice', persona: 'alice', role: 'user', credential: null });
  return { rig, session, server };
}

const kinds = (rig: Rig): readonly string[] => rig.recorder.observations.map((one) => one.kind);
const sentTypes = (rig: Rig): readonly unknown[] => seen(rig, 'sent').map((one) => JSON.parse(one.text).type);

describe('a welcome', () => {
  it('is enough in any form', async () => {
    const { session } = await talking({ onOpen: ({ say }) => say(WELCOME) });
    expect(await session.welcomed()).toBe(true);
    expect(await session.welcomed()).toBe(true);
    await session.close();
  });

  it('that never comes is given up on after its max and grace, with a sign of life asked for', async () => {
    const { session, rig } = await talking({}, { budgets: budgetsOf(100), graceMs: 50 });
    expect(await session.welcomed()).toBe(false);
    expect(kinds(rig)).toEqual([
      'joined',
      'dialled',
      'opened',
      'gave-up',
      'pinged',
      'sent',
      'ponged',
      'probed',
      'probed',
    ]);
    expect(seen(rig, 'probed').map((one) => `${one.probe} ${one.ok}`)).toEqual(['ping true', 'application-ping false']);
    expect(seen(rig, 'gave-up')[0]).toMatchObject({ waitingFor: 'welcome' });
    expect(seen(rig, 'gave-up')[0]?.afterMs).toBeGreaterThanOrEqual(150);
    await session.close();
  });

  it('ends as soon as the connection does', async () => {
    const { session, rig } = await talking({ onOpen: ({ socket }) => socket.close(1011, 'Service not ready') });
    expect(await session.welcomed()).toBe(false);
    expect(kinds(rig)).toEqual(['joined', 'dialled', 'opened', 'closed']);
    expect(session.open).toBe(false);
  });

  it('ends when the run is cut', async () => {
    const cut = new AbortController();
    const { session, rig } = await talking({}, {}, { signal: cut.signal });
    setImmediate(() => cut.abort());
    expect(await session.welcomed()).toBe(false);
    expect(seen(rig, 'gave-up')).toEqual([]);
    await session.close();
  });
});

describe('a handshake', () => {
  const HANDSHAKE = { type: 'handshake_response', thread_id: 't-server', run_id: 'r-server' };
  const completing: Parameters<typeof scriptedServer>[0]['onMessage'] = ({ say }, message) => {
    if (message.type === 'handshake_acknowledged') say({ type: 'handshake_complete' });
  };

  it.each([
    ['before the welcome', [HANDSHAKE, WELCOME]],
    ['after the welcome', [WELCOME, HANDSHAKE]],
    ['alone', [HANDSHAKE]],
  ])('%s is acknowledged, and its thread is used', async (_when, messages) => {
    const { session, rig } = await talking({ onOpen: ({ say }) => say(...messages), onMessage: completing });
    expect(await session.welcomed()).toBe(true);
    await noted(rig, () => seen(rig, 'received').some((one) => one.text.includes('handshake_complete')));
    session.ask(null);
    expect(sentTypes(rig)).toEqual(['handshake_acknowledged', 'user_message']);
    expect(JSON.parse(seen(rig, 'sent')[1]?.text ?? '').thread_id).toBe('t-server');
    await session.close();
  });

  it('need not be confirmed', async () => {
    const { session, rig } = await talking({ onOpen: ({ say }) => say(HANDSHAKE) });
    const startedMs = rig.clock.nowMs();
    expect(await session.welcomed()).toBe(true);
    expect(rig.clock.nowMs() - startedMs).toBeGreaterThan(1900);
    expect(session.open).toBe(true);
    await session.close();
  });

  it('is acknowledged even in the middle of a run', async () => {
    const { session, rig } = await talking({
      onOpen: ({ say }) => say(WELCOME),
      onAsk: ({ say }) => say(HANDSHAKE, ...FIVE),
    });
    await session.welcomed();
    expect(await session.ask(null).ended()).toBe(true);
    expect(sentTypes(rig)).toEqual(['user_message', 'handshake_acknowledged']);
    await session.close();
  });
});

describe('a session', () => {
  it('answers heartbeats and pings, and notes the pings of the target', async () => {
    const { session, rig } = await talking({
      onOpen({ say, socket }) {
        say({ type: 'heartbeat' }, { type: 'ping' });
        socket.ping();
      },
    });
    await noted(rig, () => seen(rig, 'was-pinged').length === 1 && seen(rig, 'sent').length === 2);
    expect(sentTypes(rig)).toEqual(['heartbeat_ack', 'pong']);
    await session.close();
  });

  it('notes a binary frame without its content', async () => {
    const { session, rig } = await talking({ onOpen: ({ socket }) => socket.send(Buffer.from('secret')) });
    await noted(rig, () => seen(rig, 'received-binary').length === 1);
    expect(seen(rig, 'received-binary')[0]?.bytes).toBe(6);
    await session.close();
  });

  it('closes cleanly, once', async () => {
    const { session, rig } = await talking({});
    await Promise.all([session.close(), session.close()]);
    await session.close();
    expect(kinds(rig).slice(3)).toEqual(['closing', 'closed']);
    expect(seen(rig, 'closed')[0]).toMatchObject({ code: 1000, how: 'frame' });
    session.send('too late');
    session.ping();
    expect(kinds(rig).slice(3)).toEqual(['closing', 'closed']);
  });

  it('cuts a connection whose peer does not close with it', async () => {
    const server = await rawServer({ onRequest: (socket, request) => socket.write(switching(request)) });
    open.push(server);
    const rig = rigFor(settingsFor(`ws://127.0.0.1:${server.port}/ws`));
    const session = await dial(rig, { session: 'alice', persona: 'alice', role: 'user', credential: null });
    await session.close();
    expect(seen(rig, 'closed')[0]).toMatchObject({ code: 1006, how: 'local' });
  });

  it('stamps every frame of one packet with its arrival, however long each takes to handle', async () => {
    const packet = Buffer.concat(FIVE.map((event) => frame(JSON.stringify(event))));
    const server = await rawServer({
      onRequest: (socket, request) => socket.write(Buffer.concat([Buffer.from(switching(request)), packet])),
    });
    open.push(server);
    const rig = rigFor(settingsFor(`ws://127.0.0.1:${server.port}/ws`));
    rig.recorder.watch((one) => {
      const untilMs = rig.clock.nowMs() + (one.kind === 'received' ? 20 : 0);
      while (rig.clock.nowMs() < untilMs);
    });
    const session = await dial(rig, { session: 'alice', persona: 'alice', role: 'user', credential: null });
    await noted(rig, () => seen(rig, 'received').length === 5);
    expect(new Set(seen(rig, 'received').map((one) => one.atMs)).size).toBe(1);
    await session.close();
  });

  it('answers a burst of pings, as a process that was stopped comes back to', async () => {
    const burst = Buffer.concat([...Array(20_000).fill(frame('', 9)), frame(JSON.stringify(WELCOME))]);
    const server = await rawServer({
      onRequest: (socket, request) => socket.write(Buffer.concat([Buffer.from(switching(request)), burst])),
    });
    open.push(server);
    const rig = rigFor(settingsFor(`ws://127.0.0.1:${server.port}/ws`, {}, 10_000));
    const session = await dial(rig, { session: 'alice', persona: 'alice', role: 'user', credential: null });
    expect(await session.welcomed()).toBe(true);
    expect(seen(rig, 'was-pinged')).toHaveLength(20_000);
    expect(session.open).toBe(true);
    await session.close();
  });

  it('says of a cut that is our own library’s what it was for', async () => {
    const burst = Buffer.concat(Array(5).fill(frame('', 9)));
    const pinging = await rawServer({
      onRequest: (socket, request) => socket.write(Buffer.concat([Buffer.from(switching(request)), burst])),
    });
    open.push(pinging);
    const rig = rigFor(settingsFor(`ws://127.0.0.1:${pinging.port}/ws`));
    const session = new Session(rig, { session: 'alice', persona: 'alice', role: 'user' });
    const options = { perMessageDeflate: false, maxPendingAutoPongs: 2 };
    const socket = new WebSocket(rig.settings.wsUrl, options);
    socket.once('upgrade', (response) => {
      const tap = new SocketTap(response.socket, rig.clock);
      socket.once('open', () => session.takeOver({ socket, tap, subprotocol: '', headers: {}, tookMs: 0 }));
    });
    await noted(rig, () => seen(rig, 'closed').length === 1);
    expect(seen(rig, 'closed')[0]).toMatchObject({ code: 1006, how: 'local', socketCode: 'AUTO_PONG_LIMIT' });
    expect(session.open).toBe(false);
  });
});
