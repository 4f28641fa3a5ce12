import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { Phase } from '../timeline/observation.ts';

/** What it takes to reach a host: `onPhase` hears each step before it is taken. */
export type Reach = {
  readonly url: URL;
  readonly proxy: URL | null;
  readonly signal: AbortSignal;
  readonly onPhase: (phase: Phase) => void;
};

/** A connected socket to the URL's host, TLS and a CONNECT tunnel included; rejects with the network's own error. */
export async function reach({ url, proxy, signal, onPhase }: Reach): Promise<Socket> {
  const tcp = proxy === null ? await dialled(url, signal, onPhase) : await throughProxy(url, proxy, signal, onPhase);
  if (!isSecure(url)) return tcp;
  onPhase('tls');
  const host = hostOf(url);
  const servername = isIP(host) === 0 ? { servername: host } : {};
  const tls = connectTls({ socket: tcp, host, ...servername, ALPNProtocols: ['http/1.1'] });
  return await settled(tls, 'secureConnect', signal);
}

/** The port that a URL means. */
export function portOf(url: URL): number {
  return url.port === '' ? (isSecure(url) ? 443 : 80) : Number(url.port);
}

/** The host of a URL as the network knows it: an IPv6 address without its brackets. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '');
}

function isSecure(url: URL): boolean {
  return url.protocol === 'https:' || url.protocol === 'wss:';
}

async function throughProxy(
  url: URL,
  proxy: URL,
  signal: AbortSignal,
  onPhase: (phase: Phase) => void,
): Promise<Socket> {
  onPhase('proxy');
  // Few runs have a proxy, and importing node:http makes Node load its own fetch: 10 ms of every start.
  const { tunnel } = await import('./tunnel.ts');
  return await tunnel(
    { host: hostOf(url), port: portOf(url) },
    { proxy, host: hostOf(proxy), port: portOf(proxy), signal },
  );
}

async function dialled(url: URL, signal: AbortSignal, onPhase: (phase: Phase) => void): Promise<Socket> {
  const host = hostOf(url);
  onPhase(isIP(host) === 0 ? 'dns' : 'tcp');
  const socket = connectTcp({ host, port: portOf(url), noDelay: true });
  socket.once('lookup', (error) => {
    if (error === null) onPhase('tcp');
  });
  return await settled(socket, 'connect', signal);
}

async function settled(socket: Socket, event: 'connect' | 'secureConnect', signal: AbortSignal): Promise<Socket> {
  return await new Promise<Socket>((resolve, reject) => {
    const abort = (): void => {
      socket.destroy(new Error('aborted'));
    };
    const done = (settle: () => void): void => {
      signal.removeEventListener('abort', abort);
      settle();
    };
    // Stays attached: an error between here and the next listener must not end the process.
    socket.on('error', (error) => done(() => reject(error)));
    socket.once(event, () => done(() => resolve(socket)));
    socket.once('close', () => done(() => reject(Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }))));
    signal.addEventListener('abort', abort, { once: true });
    if (signal.aborted) abort();
  });
}
