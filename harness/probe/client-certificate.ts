import { isIP, type Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { connect } from 'node:tls';
import type { Rig } from '../session/rig.ts';
import { hostOf, portOf, reach } from '../target/reach.ts';
import { asksForCertificate } from './asks-for-certificate.ts';
import { gatewayOf } from './gateway.ts';
import { within } from './within.ts';

/** Alert 40: up to TLS 1.2 a server that misses a client's certificate says no more than that it will not. */
export function isBareRefusal(code: string, message: string): boolean {
  return /handshake[_ ]failure|alert number 40\b/i.test(`${code} ${message}`);
}

/**
 * After TLS was refused without a reason: does the server ask for a client certificate? One handshake in TLS 1.2, whose
 * greeting is plain to read; `facts.asked` tells. Nothing is sent over it.
 */
export async function clientCertificate(rig: Rig, session: string): Promise<void> {
  const { wsUrl } = rig.settings;
  const { proxy } = gatewayOf(rig);
  const startedMs = rig.clock.nowMs();
  const { value, trouble } = await within(rig, {
    phase: () => 'tls',
    async run(signal) {
      const url = new URL(`http://${wsUrl.hostname}:${portOf(wsUrl)}`);
      const tcp = await reach({ url, proxy, signal, onPhase: () => undefined });
      return await greeting(tcp, hostOf(wsUrl), signal);
    },
  });
  const asked = value === null ? false : asksForCertificate(value);
  rig.recorder.note(session, {
    kind: 'probed',
    rung: 'tls',
    probe: 'client-certificate',
    ok: !asked,
    tookMs: rig.clock.nowMs() - startedMs,
    answer: null,
    trouble,
    facts: { asked },
    detail: asked ? 'the server asks for a client certificate' : 'the server asks for no client certificate',
  });
}

/** All that the server says until it, or we, end the handshake. */
function greeting(tcp: Socket, host: string, signal: AbortSignal): Promise<Buffer> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    const overheard = new Duplex({
      read: () => tcp.resume(),
      write: (chunk, _encoding, done) => void tcp.write(chunk, () => done()),
      final: (done) => void tcp.end(() => done()),
    });
    const finish = (): void => {
      resolve(Buffer.concat(chunks));
      tcp.destroy();
    };
    tcp.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      if (!overheard.push(chunk)) tcp.pause();
    });
    tcp.on('end', () => overheard.push(null));
    tcp.on('close', finish);
    overheard.on('error', finish);
    signal.addEventListener('abort', finish, { once: true });
    const servername = isIP(host) === 0 ? { servername: host } : {};
    const tls = connect({ socket: overheard, host, ...servername, maxVersion: 'TLSv1.2', ALPNProtocols: ['http/1.1'] });
    tls.on('error', finish);
    tls.on('close', finish);
    tls.once('secureConnect', finish);
  });
}
