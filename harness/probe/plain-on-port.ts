import { saysPlainToTls } from '../protocol/wording.ts';
import type { Rig } from '../session/rig.ts';
import { exchange } from '../target/http.ts';
import { hostOf, portOf } from '../target/reach.ts';
import { OWN_CODES, type Trouble } from '../timeline/observation.ts';
import { gatewayOf } from './gateway.ts';

/** Whoever waits for a line of text has had it by then. */
const ANSWER_MS = 3000;
/** How a greeting in TLS ends at a port that waits for text: in silence, or cut. */
const UNGREETED: ReadonlySet<string> = new Set([OWN_CODES.deadline, OWN_CODES.tlsEof, OWN_CODES.hangUp, 'ECONNRESET']);

/** Whether trouble is of the kind that TLS meets on a port which speaks plain HTTP. */
export function isUngreeted({ phase, code }: Trouble): boolean {
  return phase === 'tls' && UNGREETED.has(code);
}

/** After TLS was not agreed: does the port answer plain HTTP? `facts.speaksHttp` tells; the request carries nothing of ours. */
export async function plainOnPort(rig: Rig, session: string): Promise<void> {
  const { wsUrl } = rig.settings;
  if (wsUrl.protocol !== 'wss:' || rig.signal.aborted) return;
  const port = portOf(wsUrl);
  const { answer, trouble, tookMs } = await exchange({
    url: new URL(`http://${hostOf(wsUrl).includes(':') ? `[${hostOf(wsUrl)}]` : hostOf(wsUrl)}:${port}/`),
    method: 'GET',
    deadlineMs: ANSWER_MS,
    proxy: gatewayOf(rig).proxy,
    signal: rig.signal,
    clock: rig.clock,
    phase: 'health',
  });
  const speaksHttp = answer !== null && !saysPlainToTls(answer.bodyHead);
  rig.recorder.note(session, {
    kind: 'probed',
    rung: 'tls',
    probe: 'plain-on-port',
    ok: speaksHttp,
    tookMs,
    answer,
    trouble,
    facts: { speaksHttp },
    detail: speaksHttp ? `port ${port} answers plain HTTP` : `port ${port} does not answer plain HTTP`,
  });
}
