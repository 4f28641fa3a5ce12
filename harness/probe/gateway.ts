import type { Rig } from '../session/rig.ts';
import { hostOf, portOf } from '../target/reach.ts';

/** Whom our packets to the socket really go to: the target itself, or the egress proxy before it. */
export type Gateway = {
  readonly host: string;
  readonly port: number;
  readonly proxy: URL | null;
  readonly label: string;
};

/** The gateway of this run's socket URL. */
export function gatewayOf(rig: Rig): Gateway {
  const proxy = rig.settings.proxyFor(rig.settings.wsUrl);
  const url = proxy ?? rig.settings.wsUrl;
  const host = hostOf(url);
  return { host, port: portOf(url), proxy, label: proxy === null ? host : `proxy ${host}` };
}
