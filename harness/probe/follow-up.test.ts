import { afterEach, describe, expect, it } from 'vitest';
import { climbed } from '../../fixtures/climbs.ts';
import { closeKept, kept, served, socketOf } from '../../fixtures/dials.ts';
import { answer } from '../../fixtures/raw-server.ts';
import { FIVE, WELCOME } from '../../fixtures/scripted-server.ts';
import { budgetsOf, noted, rigFor, seen, settingsFor } from '../../fixtures/test-rig.ts';
import { sayJson, wholeTarget } from '../../fixtures/whole-target.ts';
import type { Clock } from '../kernel/clock.ts';
import { dial } from '../session/dial.ts';
import type { Rig } from '../session/rig.ts';
import { systemClock } from '../session/system-clock.ts';
import { Wallet } from '../target/credentials.ts';
import type { Settings } from '../target/settings.ts';
import { type Header, TIMELINE_SCHEMA } from '../timeline/header.ts';
import type { Observation, Seen } from '../timeline/observation.ts';
import { readRun } from '../timeline/run.ts';
import { followUp } from './follow-up.ts';

afterEach(closeKept);

async function followed(
  target: { readonly port: number; readonly close: () => Promise<unknown> },
  change: Partial<Settings> = {},
  meanwhile: () => Promise<unknown> = async () => undefined,
  except: ReadonlySet<string> = new Set(),
  retold: (seen: Observation) => Observation = (seen) => seen,
  clock: Clock = systemClock,
): Promise<{ readonly rig: Rig; readonly probes: readonly Seen<'probed'>[] }> {
  kept(target);
  // Silence is called so soon; what has to open may take its time on a busy machine.
  const budgets = budgetsOf(300, { connect: 5000, credentials: 5000 });
  const settings = settingsFor(socketOf(target), { budgets, ...change });
  const rig = rigFor(settings, { clock });
  const wallet = new Wallet({ settings, clock: rig.clock, traceId: rig.traceId });
  const session = await dial(rig, { session: 'alice', persona: 'alice', role: 'user', credential: null });
  if (session.open && (await session.welcomed())) await session.ask(null).ended();
  await session.close();
  await meanwhile();
  const run = readRun(headerOf(settings), rig.recorder.observations.map(retold), rig.profile);
  await followUp(rig, { run, wallet, except });
  return { rig, probes: seen(rig, 'probed').filter(({ probe }) => !OWN.has(probe)) };
}

/** What is asked after any failure, about ourselves. */
const OWN: ReadonlySet<string> = new Set(['own-resources', 'own-clock']);

function headerOf(settings: Settings): Header {
  return {
    schema: TIMELINE_SCHEMA,
    harness: '0',
    node: '0',
    startedAt: '2026-01-01T00:00:00Z',
    startedAtMs: 0,
    runId: 'run1',
    scenario: 'x',
    rules: [],
    profile: 'netra',
    environment: settings.environment,
    target: { wsUrl: settings.wsUrl.href, httpUrl: settings.httpUrl.href, authUrl: settings.authUrl.href },
    authMode: 'none',
    tokenCarrier: 'both',
    testHeaders: false,
    tlsUnverified: false,
    budgets: settings.budgets,
    graceMs: 0,
    tools: 'required',
    stamps: false,
    seed: 1,
    traceId: 'x',
  };
}

const sessionsOf = (rig: Rig): readonly string[] => [...new Set(rig.recorder.observations.map((one) => one.session))];
const text = (events: readonly object[]): string[] => events.map((event) => JSON.stringify(event));

describe('a follow-up', () => {
  it('asks nothing after a run that went well', async () => {
    const { probes } = await followed(await wholeTarget());
    expect(probes).toEqual([]);
  });

  it('asks for health and a fresh upgrade, and repeats the request, when the connection vanished mid-run', async () => {
    const target = await wholeTarget({
      onAsk(socket, count) {
        for (const event of text(count === 1 ? FIVE.slice(0, 2) : FIVE)) socket.send(event);
        // Ends the TCP connection in order, without a close frame.
        if (count === 1) Reflect.get(socket, '_socket').end();
      },
    });
    const { rig, probes } = await followed(target);
    expect(seen(rig, 'closed', 'alice')[0]).toMatchObject({ code: 1006, how: 'fin' });
    expect(probes.map((one) => `${one.probe} ${one.ok}`).toSorted()).toEqual([
      'backend-health true',
      'fresh-upgrade true',
    ]);
    expect(seen(rig, 'settled', 'repetition')[0]?.because).toBe('complete');
    expect(seen(rig, 'joined', 'repetition')[0]?.role).toBe('probe');
  });

  it('waits 3 s for an answer and for an upgrade at most, whatever a dial may take', async () => {
    let hangs = false;
    const target = await wholeTarget({
      onHttp: (_request, response) => (hangs ? undefined : sayJson(response, 200, { status: 'ready' })),
      onUpgrade: () => hangs,
      onAsk(socket) {
        hangs = true;
        Reflect.get(socket, '_socket').end();
      },
    });
    const asked: number[] = [];
    const after: Clock['after'] = (ms, fire) => {
      if (hangs) asked.push(ms);
      return systemClock.after(ms === 3000 ? 0 : ms, fire);
    };
    const change = { budgets: budgetsOf(300, { connect: 10_000 }), graceMs: 500 };
    const { probes } = await followed(target, change, undefined, undefined, undefined, { ...systemClock, after });
    expect(probes).toMatchObject([{ trouble: { code: 'DEADLINE' } }, { trouble: { code: 'DEADLINE' } }]);
    expect(asked.filter((ms) => ms >= 3000)).toEqual([3000, 3000]);
    expect(probes.map(({ detail }) => detail).join()).not.toContain('DEADLINE');
  });

  it('never repeats a request in production', async () => {
    const target = await wholeTarget({ onAsk: (socket) => Reflect.get(socket, '_socket').end() });
    const { rig } = await followed(target, { environment: 'production' });
    expect(sessionsOf(rig)).not.toContain('repetition');
    expect(seen(rig, 'noted')[0]?.text).toContain('production');
  });

  it('does not repeat the request after an end at a round limit, which explains it', async () => {
    const target = await wholeTarget({ onAsk: (socket) => Reflect.get(socket, '_socket').end() });
    const later = (seen: Observation) => (seen.kind === 'closed' ? { ...seen, atMs: seen.atMs + 30_000 } : seen);
    const { rig, probes } = await followed(target, {}, undefined, undefined, later);
    expect(sessionsOf(rig)).not.toContain('repetition');
    expect(probes.map(({ probe }) => probe)).toContain('fresh-upgrade');
  });

  it('does not repeat the request where the target is gone', async () => {
    const target = await wholeTarget({ onAsk: (socket) => Reflect.get(socket, '_socket').end() });
    const { rig, probes } = await followed(target, {}, () => target.close());
    expect(sessionsOf(rig)).not.toContain('repetition');
    expect(probes.every((one) => !one.ok && one.trouble?.code === 'ECONNREFUSED')).toBe(true);
  });

  it('does not repeat the request after a close with a frame', async () => {
    const { rig, probes } = await followed(await wholeTarget({ onAsk: (socket) => socket.close(1011, 'oh') }));
    expect(sessionsOf(rig)).not.toContain('repetition');
    expect(probes.map((one) => one.probe).toSorted()).toEqual(['backend-health', 'fresh-upgrade']);
  });

  it('asks for health and a fresh upgrade after silence, when a ping has told whether anybody lives', async () => {
    const { rig, probes } = await followed(await wholeTarget({ onAsk: () => undefined }));
    expect(probes.map((one) => `${one.session} ${one.probe} ${one.ok}`).toSorted()).toEqual([
      'alice application-ping false',
      'alice backend-health true',
      'alice fresh-upgrade true',
      'alice ping true',
      'alice:fresh-upgrade application-ping false',
      'alice:fresh-upgrade ping true',
    ]);
    expect(seen(rig, 'ponged', 'alice')).toHaveLength(2);
  });

  it('asks without the token after a 401, once', async () => {
    const target = await wholeTarget({
      onUpgrade(_request, socket) {
        socket.end(answer('401 Unauthorized'));
        return true;
      },
    });
    const { probes } = await followed(target);
    expect(probes.map((one) => one.probe).toSorted()).toEqual(['bogus-path', 'without-token']);
  });

  it('asks without our Origin too, where one is set', async () => {
    const target = await wholeTarget({
      onUpgrade(request, socket) {
        if (request.headers.origin === undefined && request.url === '/ws') return false;
        socket.end(answer('403 Forbidden'));
        return true;
      },
    });
    const { port } = target;
    const { probes } = await followed(target, { origin: 'https://app.example' });
    const others = probes.filter((one) => one.probe === 'other-origin');
    expect(others.map(({ ok, facts }) => `${facts.origin} ${ok} ${facts.welcomed}`).toSorted()).toEqual([
      `${socketOf({ port }).replace('ws:', 'http:').replace('/ws', '')} false undefined`,
      'none true true',
    ]);
  });

  it('asks without our Origin after a 400 and a 1008 as well', async () => {
    const origin = 'https://app.example';
    const picky = await wholeTarget({
      onUpgrade(request, socket) {
        if (request.headers.origin === undefined) return false;
        socket.end(answer('400 Bad Request'));
        return true;
      },
    });
    expect((await followed(picky, { origin })).probes.map(({ probe, ok }) => `${probe} ${ok}`).toSorted()).toEqual([
      'backend-health true',
      'other-origin false',
      'other-origin true',
    ]);
    const closing = await wholeTarget({ onOpen: (socket) => socket.close(1008) });
    const { probes } = await followed(closing, { origin });
    expect(probes.filter(({ probe }) => probe === 'other-origin').map(({ facts }) => facts.welcomed)).toEqual([
      false,
      false,
    ]);
  });

  it('asks for health after any other refusal', async () => {
    const target = await wholeTarget({
      onHttp: (_request, response) => sayJson(response, 503, { status: 'starting' }),
      onUpgrade(_request, socket) {
        socket.end(answer('503 Service Unavailable'));
        return true;
      },
    });
    const { probes } = await followed(target);
    expect(probes).toMatchObject([{ probe: 'backend-health', ok: false, answer: { status: 503 } }]);
  });

  it('asks a port that did not answer in HTTP whether it speaks TLS', async () => {
    const speaking = await served({ certificate: 'loopback' });
    const { probes } = await followed(speaking);
    expect(probes).toMatchObject([{ probe: 'tls-on-port', ok: true, facts: { speaksTls: true } }]);
    const mute = await served({ onRequest: (socket) => socket.end('220 mail ready\r\n') });
    expect((await followed(mute)).probes).toMatchObject([{ probe: 'tls-on-port', facts: { speaksTls: false } }]);
  });

  it.each([
    ['that hangs up on plain text', 'TLS', true, async () => await served({ certificate: 'loopback' })],
    ['that resets', 'nothing', false, async () => await served({ onRequest: (socket) => socket.resetAndDestroy() })],
    ['that hangs up', 'nothing', false, async () => await served({ onRequest: (socket) => socket.end() })],
  ])('asks a port %s before the ladder has dialled what it speaks: %s', async (_how, _what, speaksTls, start) => {
    const { rig, broken } = await climbed(socketOf(await start()));
    expect(broken).toBe('health');
    const { settings, recorder } = rig;
    const wallet = new Wallet({ settings, clock: rig.clock, traceId: rig.traceId });
    await followUp(rig, { run: readRun(headerOf(settings), recorder.observations, rig.profile), wallet });
    const probes = seen(rig, 'probed', 'ladder').filter((one) => one.probe === 'tls-on-port');
    expect(probes).toMatchObject([{ facts: { speaksTls } }]);
  });

  it('asks nothing of a port whose ladder broke at health for another reason', async () => {
    const gone = await served({ onRequest: (socket) => socket.end() });
    const { rig } = await climbed(socketOf(gone).replace('ws:', 'wss:'));
    const { settings, recorder } = rig;
    const wallet = new Wallet({ settings, clock: rig.clock, traceId: rig.traceId });
    await followUp(rig, { run: readRun(headerOf(settings), recorder.observations, rig.profile), wallet });
    expect(seen(rig, 'probed').some((one) => one.probe === 'tls-on-port')).toBe(false);
  });

  it('asks whether any name resolves after one did not', async () => {
    const target = { port: 1, close: async () => undefined };
    const wsUrl = new URL('ws://no-such-host.invalid/ws');
    const { probes } = await followed(target, { wsUrl });
    expect(probes.map((one) => one.probe)).toEqual(['control-lookup']);
  });

  it('asks nothing about a trouble that was asked for', async () => {
    const target = await wholeTarget({ onAsk: () => undefined });
    const { rig } = await followed(target, {}, undefined, new Set(['alice']));
    expect(seen(rig, 'probed').filter(({ rung }) => rung !== 'welcome')).toEqual([]);
  });

  it('ends its own connections', async () => {
    const target = await wholeTarget({
      onOpen: (socket) => socket.send(JSON.stringify(WELCOME)),
      onAsk: () => undefined,
    });
    const { rig } = await followed(target);
    await noted(rig, () => seen(rig, 'closed').length === seen(rig, 'opened').length);
    expect(seen(rig, 'opened').length).toBe(2);
  });
});
