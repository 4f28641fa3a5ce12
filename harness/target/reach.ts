import { request } from 'node:http';
import { request as requestSecurely } from 'node:https';
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { OWN_CODES, type Phase } from '../timeline/observation.ts';
import { userAgent } from './version.ts';

/** What it takes to reach a host: `onPhase` hears each step before it is taken. */
export type Reach = {
  readonly url: URL;
  readonly proxy: URL | null;
  readonly signal: AbortSignal;
  readonly onPhase: (phase: Phase) => void;
};

/** A connected socket to the URL's host, TLS and a CONNECT tunnel included; rejects with the network's own error. */
export async function reach({ url, proxy, signal, onPhase }: Reach): Promise<Socket> {
  const tcp = proxy === null ? await dialled(url, signal, onPhase) : await tunnelled(url, proxy, signal, onPhase);
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

async function tunnelled(url: URL, proxy: URL, signal: AbortSignal, onPhase: (phase: Phase) => void): Promise<Socket> {
  onPhase('proxy');
  const authority = `${url.hostname}:${portOf(url)}`;
  return await new Promise<Socket>((resolve, reject) => {
    const asking = (proxy.protocol === 'https:' ? requestSecurely : request)({
      host: hostOf(proxy),
      port: portOf(proxy),
      method: 'CONNECT',
      path: authority,
      agent: false,
      signal,
      headers: { host: authority, 'user-agent': userAgent(), ...proxyAuthorization(proxy) },
    });
    const refuse = (status: number, socket: Socket): void => {
      socket.destroy();
      const message = `proxy ${proxy.host} answered ${status} to CONNECT ${authority}`;
      reject(Object.assign(new Error(message), { code: OWN_CODES.proxyRefused }));
    };
    asking.once('connect', (answer, socket) => {
      if (answer.statusCode !== 200) return refuse(answer.statusCode ?? 0, socket);
      socket.on('error', () => undefined);
      resolve(socket);
    });
    asking.once('response', (answer) => refuse(answer.statusCode ?? 0, answer.socket));
    asking.once('error', reject);
    asking.end();
  });
}

function proxyAuthorization(proxy: URL): { readonly 'proxy-authorization'?: string } {
  if (proxy.username === '') return {};
  const pair = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;
  return { 'proxy-authorization': `Basic ${Buffer.from(pair, 'utf8').toString('base64')}` };
}
