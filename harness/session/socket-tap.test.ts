import { readFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterEach, describe, expect, it } from 'vitest';
import { ALICE, closeKept, served, socketOf } from '../../fixtures/dials.ts';
import { frame, switching } from '../../fixtures/raw-server.ts';
import { WELCOME } from '../../fixtures/scripted-server.ts';
import { noted, rigFor, seen, settingsFor } from '../../fixtures/test-rig.ts';
import { dial } from './dial.ts';

afterEach(closeKept);

async function rawTalking(onOpen: (write: (bytes: Buffer) => void, socket: Socket) => void) {
  const server = await served({
    onRequest(socket, request) {
      socket.write(switching(request));
      onOpen((bytes) => socket.write(bytes), socket);
    },
  });
  const rig = rigFor(settingsFor(socketOf(server)));
  const session = await dial(rig, ALICE);
  await noted(rig, () => seen(rig, 'closed').length > 0);
  return { rig, session, closed: seen(rig, 'closed')[0] };
}

describe('the end of a connection', () => {
  it('may be a close frame with its reason', async () => {
    const { closed } = await rawTalking((write, socket) => {
      write(frame(Buffer.concat([Buffer.from([0x03, 0xf3]), Buffer.from('handler error')]), 8));
      socket.on('data', () => socket.end());
    });
    expect(closed).toMatchObject({ code: 1011, reason: 'handler error', how: 'frame' });
  });

  it('may be a close frame without a code', async () => {
    const { closed } = await rawTalking((write, socket) => {
      write(frame('', 8));
      socket.on('data', () => socket.end());
    });
    expect(closed).toMatchObject({ code: 1005, how: 'frame' });
  });

  it('may be in order, without a frame', async () => {
    const { closed } = await rawTalking((_write, socket) => socket.end());
    expect(closed).toMatchObject({ code: 1006, how: 'fin', socketCode: null });
  });

  it('may be in the middle of a frame', async () => {
    const { closed, rig } = await rawTalking((_write, socket) => socket.end(frame('{"type":"x"}').subarray(0, 5)));
    expect(closed).toMatchObject({ code: 1006, how: 'fin' });
    expect(seen(rig, 'received')).toEqual([]);
  });

  it('may be a reset', async () => {
    const { closed } = await rawTalking((_write, socket) => setImmediate(() => socket.resetAndDestroy()));
    expect(closed).toMatchObject({ code: 1006, how: 'reset', socketCode: 'ECONNRESET' });
  });

  it.each([
    ['in order', 'fin', (socket: Socket) => socket.end()],
    [
      'by a reset',
      'reset',
      (socket: Socket) => Reflect.get(socket, '_parent')?.resetAndDestroy?.() ?? socket.destroy(),
    ],
  ])('is told apart under TLS too: %s', async (_what, how, end) => {
    const authority = readFileSync(join(import.meta.dirname, '../../fixtures/certificates/authority.pem'), 'utf8');
    setDefaultCACertificates([...getCACertificates('default'), authority]);
    const server = await served({
      certificate: 'loopback',
      onRequest(socket, request) {
        socket.write(switching(request), () => setImmediate(end, socket));
      },
    });
    const rig = rigFor(settingsFor(socketOf(server, 'wss')));
    await dial(rig, ALICE);
    await noted(rig, () => seen(rig, 'closed').length > 0);
    expect(seen(rig, 'closed')[0]).toMatchObject({ code: 1006, how });
  });

  it.each([
    ['a reserved bit', Buffer.from([0xc1, 0x00]), 'WS_ERR_UNEXPECTED_RSV_1'],
    ['a mask', Buffer.from([0x81, 0x80, 0, 0, 0, 0]), 'WS_ERR_UNEXPECTED_MASK'],
    ['an unknown opcode', Buffer.from([0x83, 0x00]), 'WS_ERR_INVALID_OPCODE'],
    ['bytes that are no UTF-8', frame(Buffer.from([0xff, 0xfe])), 'WS_ERR_INVALID_UTF8'],
    ['a code that may not be sent', frame(Buffer.from([0x03, 0xee]), 8), 'WS_ERR_INVALID_CLOSE_CODE'],
    ['more than we read', Buffer.from([0x81, 127, 0, 0, 0, 0, 0x7f, 0, 0, 0]), 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH'],
  ])('is ours when a frame has %s', async (_what, bytes, code) => {
    const { rig, closed } = await rawTalking((write) => write(bytes));
    expect(seen(rig, 'frame-broken')[0]?.code).toBe(code);
    expect(closed?.code).toBe(1006);
  });

  it('reads a frame that comes one byte at a time', async () => {
    const { closed, rig } = await rawTalking(async (write, socket) => {
      socket.setNoDelay(true);
      for (const byte of frame(JSON.stringify(WELCOME))) {
        write(Buffer.from([byte]));
        await new Promise((resolve) => setImmediate(resolve));
      }
      socket.end();
    });
    expect(seen(rig, 'received').map((one) => one.text)).toEqual([JSON.stringify(WELCOME)]);
    expect(closed).toMatchObject({ how: 'fin' });
  });
});
