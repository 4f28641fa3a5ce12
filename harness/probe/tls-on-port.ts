import { connect } from 'node:tls';
import type { Rig } from '../session/rig.ts';
import { troubleOf } from '../target/trouble.ts';
import type { Trouble } from '../timeline/observation.ts';
import { gatewayOf } from './gateway.ts';
import { within } from './within.ts';

/** Whoever has just hung up on a plain request needs no longer to answer a greeting; plain servers wait for more of it for ever. */
const GREETING_MS = 3000;

/** After a port did not answer a plain request in HTTP: does it speak TLS? `facts.speaksTls` tells; nothing is sent over it. */
export async function tlsOnPort(rig: Rig, session: string): Promise<void> {
  const { host, port, proxy } = gatewayOf(rig);
  if (rig.settings.wsUrl.protocol !== 'ws:' || proxy !== null) return;
  const startedMs = rig.clock.nowMs();
  const { value, trouble } = await within(rig, {
    phase: () => 'tls',
    run: (signal) => greet(host, port, signal),
    atMostMs: GREETING_MS,
  });
  const speaksTls = value?.speaksTls ?? false;
  rig.recorder.note(session, {
    kind: 'probed',
    rung: 'tls',
    probe: 'tls-on-port',
    ok: speaksTls,
    tookMs: rig.clock.nowMs() - startedMs,
    answer: null,
    trouble: trouble ?? value.trouble,
    facts: { speaksTls },
    detail: speaksTls ? `port ${port} speaks TLS` : `port ${port} does not speak TLS`,
  });
}

type Greeting = { readonly speaksTls: boolean; readonly trouble: Trouble | null };

/** A certificate, or an alert, is TLS; whether anybody trusts it does not matter here. */
function greet(host: string, port: number, signal: AbortSignal): Promise<Greeting> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const finish = (greeting: Greeting): void => {
      resolve(greeting);
      // Not at once: node is still at work on the handshake that it reports.
      setImmediate(() => socket.destroy());
    };
    signal.addEventListener('abort', () => socket.destroy(), { once: true });
    if (signal.aborted) socket.destroy();
    socket.prependListener('secure', () => finish({ speaksTls: true, trouble: null }));
    socket.on('error', (error) => {
      const trouble = troubleOf(error, 'tls');
      finish({ speaksTls: /ALERT/.test(trouble.code) && !/VERSION_NUMBER/.test(trouble.code), trouble });
    });
    socket.once('close', () => finish({ speaksTls: false, trouble: null }));
  });
}
