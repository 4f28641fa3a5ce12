import { afterEach, describe, expect, it } from 'vitest';
import { ALICE, closeKept, dialled, served, socketOf } from '../../fixtures/dials.ts';
import { answer, frame, switching } from '../../fixtures/raw-server.ts';
import { noted, rigFor, seen, settingsFor } from '../../fixtures/test-rig.ts';
import { Secret } from '../kernel/secret.ts';
import type { Credential } from '../target/credentials.ts';
import { dial } from './dial.ts';

afterEach(closeKept);

const CREDENTIAL: Credential = {
  token: new Secret('eyJhbGciOiJub25lIn0.eyJzdWIiOiJhbGljZSJ9.c2lnbmF0dXJlLW9mLWFsaWNl'),
  subject: 'alice',
  issuedAtMs: 0,
  expiresAtMs: null,
  fingerprint: '00000000',
  source: 'mint',
};

describe('a dial', () => {
  it('says who it is, and carries its token where the settings want it', async () => {
    let head = '';
    const server = await served({
      onRequest(socket, request) {
        head = request;
        socket.write(switching(request, { extra: 'Sec-WebSocket-Protocol: jwt-auth' }));
      },
    });
    const rig = rigFor(settingsFor(socketOf(server), { origin: 'https://app.example' }));
    const session = await dial(rig, { ...ALICE, credential: CREDENTIAL });
    expect(session.open).toBe(true);
    expect(head).toMatch(/^GET \/ws HTTP\/1.1\r\n/);
    expect(head).toMatch(/user-agent: agent-event-harness\/\d/i);
    expect(head).toMatch(/x-agent-events-run: run1/i);
    expect(head).toMatch(/traceparent: 00-0123456789abcdef0123456789abcdef-/i);
    expect(head).toMatch(/origin: https:\/\/app\.example/i);
    expect(head).toContain(`Bearer ${CREDENTIAL.token.reveal()}`);
    expect(head).not.toMatch(/x-.*(e2e|test)/i);
    expect(rig.recorder.observations.map((one) => one.kind)).toEqual(['joined', 'credentialed', 'dialled', 'opened']);
    await session.close();
  });

  it('leaves no trace of its token, even where the target gives it back', async () => {
    const token = CREDENTIAL.token.reveal();
    const server = await served({
      onRequest: (socket) => socket.end(answer('403 Forbidden', [`Server: ${token}`], `you sent ${token}`)),
    });
    const rig = rigFor(settingsFor(socketOf(server), { tokenCarrier: 'query' }));
    await dial(rig, { ...ALICE, credential: CREDENTIAL });
    const written = JSON.stringify(rig.recorder.observations);
    for (const part of token.split('.')) expect(written).not.toContain(part);
  });

  it('leaves its token at home when told to, and asks elsewhere when told where', async () => {
    let head = '';
    const server = await served({
      onRequest(socket, request) {
        head = request;
        socket.end(answer('403 Forbidden'));
      },
    });
    const rig = rigFor(settingsFor(socketOf(server), { origin: 'https://app.example', testHeaders: true }));
    await dial(rig, { ...ALICE, credential: CREDENTIAL, withToken: false, path: '/elsewhere', origin: null });
    expect(head).toMatch(/^GET \/elsewhere /);
    expect(head).not.toMatch(/authorization|sec-websocket-protocol|origin/i);
    expect(head).toMatch(/x-e2e-test: true/i);
  });

  it('is our own mistake when its token cannot be sent', async () => {
    const token = new Secret('line one\nline two');
    const rig = rigFor(settingsFor('ws://127.0.0.1:9/ws'));
    await dial(rig, { ...ALICE, credential: { ...CREDENTIAL, token } });
    expect(seen(rig, 'failed')[0]).toMatchObject({ phase: 'configuration', code: 'ERR_INVALID_CHAR' });
  });

  it('tries again while that may help, and notes every try', async () => {
    let requests = 0;
    const server = await served({
      onRequest(socket, request) {
        requests += 1;
        if (requests === 1) socket.end(answer('503 Service Unavailable'));
        else socket.write(switching(request));
      },
    });
    const { rig, session, kinds } = await dialled(socketOf(server), { dialTries: 3 });
    expect(session.open).toBe(true);
    expect(kinds).toEqual(['joined', 'dialled', 'refused', 'dialled', 'opened']);
    expect(seen(rig, 'dialled').map((one) => one.attempt)).toEqual([1, 2]);
    expect((seen(rig, 'dialled')[1]?.atMs ?? 0) - (seen(rig, 'refused')[0]?.atMs ?? 0)).toBeGreaterThanOrEqual(495);
    await session.close();
  });

  it('gives up after as many tries as it has', async () => {
    const server = await served({ onRequest: (socket) => socket.end(answer('502 Bad Gateway')) });
    const { rig, session } = await dialled(socketOf(server), { dialTries: 2 });
    expect(session.open).toBe(false);
    expect(seen(rig, 'refused').map((one) => one.attempt)).toEqual([1, 2]);
  });

  it.each([400, 401, 403, 404, 200, 301])('never tries again after %i', async (status) => {
    const server = await served({ onRequest: (socket) => socket.end(answer(`${status} No`)) });
    await dialled(socketOf(server), { dialTries: 3 });
    expect(server.connections()).toBe(1);
  });

  it('ends when the run is cut, and says how far it had come', async () => {
    const cut = new AbortController();
    const server = await served({ onRequest: () => cut.abort() });
    const { rig } = await dialled(socketOf(server), { dialTries: 3 }, { signal: cut.signal });
    expect(seen(rig, 'failed')).toMatchObject([{ phase: 'upgrade', code: 'DEADLINE' }]);
  });

  it('that never opened never closes', async () => {
    const server = await served({ onRequest: (socket) => socket.end(answer('503 No')) });
    const { session, rig } = await dialled(socketOf(server));
    await session.close();
    expect(seen(rig, 'closed')).toEqual([]);
    expect(await session.welcomed()).toBe(false);
  });

  it('hears a frame that comes in the same packet as the 101', async () => {
    const welcome = frame('{"type":"connection_established","data":{"connection_id":"c1"}}');
    const server = await served({
      onRequest: (socket, request) => socket.write(Buffer.concat([Buffer.from(switching(request)), welcome])),
    });
    const { session, kinds, rig } = await dialled(socketOf(server));
    await noted(rig, () => seen(rig, 'received').length === 1);
    expect(kinds.slice(0, 3)).toEqual(['joined', 'dialled', 'opened']);
    expect(await session.welcomed()).toBe(true);
    await session.close();
  });
});
