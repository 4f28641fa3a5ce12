import { request } from 'node:http';
import { request as requestSecurely } from 'node:https';
import { isIPv6, type Socket } from 'node:net';
import { OWN_CODES } from '../timeline/observation.ts';
import { userAgent } from './version.ts';

type Place = { readonly host: string; readonly port: number };

/** A socket through the proxy's CONNECT to a place; rejects with `PROXY_REFUSED` when the proxy says no, else with the network's own error. */
export async function tunnel(
  to: Place,
  through: Place & { readonly proxy: URL; readonly signal: AbortSignal },
): Promise<Socket> {
  const { proxy, signal, host, port } = through;
  const authority = `${isIPv6(to.host) ? `[${to.host}]` : to.host}:${to.port}`;
  return await new Promise<Socket>((resolve, reject) => {
    const asking = (proxy.protocol === 'https:' ? requestSecurely : request)({
      host,
      port,
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
