import type { Socket } from 'node:net';
import { isIP } from 'node:net';
import { connect, type TLSSocket } from 'node:tls';
import { hostOf, portOf, reach } from '../../target/reach.ts';
import type { Facts, Phase } from '../../timeline/observation.ts';
import { clientCertificate, isBareRefusal } from '../client-certificate.ts';
import { breaks, holds, type Step } from '../footing.ts';
import { gatewayOf } from '../gateway.ts';
import { isUngreeted, plainOnPort } from '../plain-on-port.ts';
import { within } from '../within.ts';

/** The target proves who it is, through the proxy's tunnel where there is one. What its certificate says is kept, accepted or not. */
export const tls: Step = {
  rung: 'tls',
  redials: true,
  async take({ rig }) {
    const { wsUrl } = rig.settings;
    if (wsUrl.protocol !== 'wss:') return holds('not used: ws');
    const { proxy } = gatewayOf(rig);
    let phase: Phase = 'tcp';
    let facts: Facts = {};
    const { value, trouble } = await within(rig, {
      phase: () => phase,
      async run(signal) {
        // Under `http:` the floor below connects and tunnels, and leaves TLS to us.
        const url = new URL(`http://${wsUrl.hostname}:${portOf(wsUrl)}`);
        const onPhase = (reached: Phase): void => {
          phase = reached;
        };
        const tcp = await reach({ url, proxy, signal, onPhase });
        phase = 'tls';
        return await agreed(tcp, hostOf(wsUrl), signal, (seen) => {
          facts = seen;
        });
      },
    });
    if (trouble !== null) return breaks(trouble, facts);
    const { issuer, notAfter } = facts;
    return holds(`${value}, issued by ${issuer ?? 'nobody'}, valid until ${notAfter ?? 'unknown'}`, facts);
  },
  async onBroken({ rig, name }, { trouble }) {
    if (trouble === null) return;
    if (isBareRefusal(trouble.code, trouble.message)) await clientCertificate(rig, name);
    if (isUngreeted(trouble)) await plainOnPort(rig, name);
  },
};

/** The TLS version that both sides agree on; `onCertificate` hears of the certificate before it is accepted. */
function agreed(
  tcp: Socket,
  host: string,
  signal: AbortSignal,
  onCertificate: (facts: Facts) => void,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const servername = isIP(host) === 0 ? { servername: host } : {};
    const socket = connect({ socket: tcp, host, ...servername, ALPNProtocols: ['http/1.1'] });
    signal.addEventListener('abort', () => socket.destroy(), { once: true });
    socket.prependListener('secure', () => onCertificate(certificateOf(socket)));
    socket.on('error', reject);
    socket.once('close', () => reject(Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' })));
    socket.once('secureConnect', () => {
      resolve(socket.getProtocol() ?? 'TLS');
      socket.destroy();
    });
  });
}

function certificateOf(socket: TLSSocket): Facts {
  const certificate = socket.getPeerCertificate();
  const { issuer, subject, valid_from: notBefore, valid_to: notAfter } = certificate;
  return {
    protocol: socket.getProtocol(),
    subject: oneOf(subject?.CN),
    issuer: oneOf(issuer?.O) ?? oneOf(issuer?.CN),
    notBefore: notBefore ?? null,
    notAfter: notAfter ?? null,
  };
}

function oneOf(value: string | readonly string[] | undefined): string | null {
  if (value === undefined) return null;
  return typeof value === 'string' ? value : (value[0] ?? null);
}
