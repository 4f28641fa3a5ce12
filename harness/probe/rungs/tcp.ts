import { once } from 'node:events';
import { connect, isIP } from 'node:net';
import type { Phase } from '../../timeline/observation.ts';
import { breaks, holds, type Step } from '../footing.ts';
import { gatewayOf } from '../gateway.ts';
import { within } from '../within.ts';

/** The port of the target, or of the proxy before it, accepts connections. */
export const tcp: Step = {
  rung: 'tcp',
  redials: true,
  async take({ rig }) {
    const { host, port, proxy, label } = gatewayOf(rig);
    const phase: Phase = proxy === null ? 'tcp' : 'proxy';
    const { value, trouble } = await within(rig, {
      phase: () => phase,
      async run(signal) {
        const socket = connect({ host, port, ...(rig.lookup && isIP(host) === 0 ? { lookup: rig.lookup } : {}) });
        signal.addEventListener('abort', () => socket.destroy(), { once: true });
        try {
          await once(socket, 'connect');
          return `${socket.remoteAddress}:${socket.remotePort}`;
        } finally {
          socket.on('error', () => undefined);
          socket.destroy();
        }
      },
    });
    if (trouble !== null) return breaks(trouble, { host, port });
    return holds(proxy === null ? value : `${label} at ${value}`, { remote: value, proxied: proxy !== null });
  },
};
