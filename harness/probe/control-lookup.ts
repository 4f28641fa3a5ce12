import type { Rig } from '../session/rig.ts';
import { addressesOf } from './rungs/dns.ts';
import { within } from './within.ts';

/** A name that exists as long as the Internet does (reserved by RFC 2606), and one that needs no network. */
const CONTROL_NAMES = { external: 'example.com', local: 'localhost' } as const;

/** After a name did not resolve: does any? Tells a wrong name from a resolver or a machine without network or descriptors. */
export async function controlLookup(rig: Rig, session: string): Promise<void> {
  const startedMs = rig.clock.nowMs();
  const ask = (host: string) => within(rig, { phase: () => 'dns', run: () => addressesOf(host, rig.lookup) });
  const [external, local] = await Promise.all([ask(CONTROL_NAMES.external), ask(CONTROL_NAMES.local)]);
  const trouble = external.trouble ?? local.trouble;
  rig.recorder.note(session, {
    kind: 'probed',
    rung: 'dns',
    probe: 'control-lookup',
    ok: trouble === null,
    tookMs: rig.clock.nowMs() - startedMs,
    answer: null,
    trouble,
    facts: {
      external: external.trouble?.code ?? 'resolved',
      local: local.trouble?.code ?? 'resolved',
    },
    detail: `${CONTROL_NAMES.external}: ${external.trouble?.code ?? 'resolved'}, ${CONTROL_NAMES.local}: ${local.trouble?.code ?? 'resolved'}`,
  });
}
