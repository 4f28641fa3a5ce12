import { isIP } from 'node:net';
import { hostOf } from '../target/reach.ts';
import type { Phase } from '../timeline/observation.ts';

/** How far one dial has come; each mark is set once and never taken back. */
export type DialMarks = {
  /** It goes through an egress proxy, which must agree to the tunnel first. */
  readonly proxied: boolean;
  /** Its host is a name that must be resolved. */
  readonly named: boolean;
  readonly secure: boolean;
  tunnelled: boolean;
  resolved: boolean;
  connected: boolean;
  secured: boolean;
};

/** The marks of a dial to this URL that has not begun. */
export function marksAtStart(url: URL, proxied: boolean): DialMarks {
  const named = isIP(hostOf(url)) === 0;
  const secure = url.protocol === 'wss:';
  return { proxied, named, secure, tunnelled: false, resolved: false, connected: false, secured: false };
}

/** The phase that a dial with these marks is in. */
export function phaseReached(marks: DialMarks): Phase {
  if (marks.proxied && !marks.tunnelled) return 'proxy';
  if (!marks.proxied && !marks.connected) return marks.named && !marks.resolved ? 'dns' : 'tcp';
  if (marks.secure && !marks.secured) return 'tls';
  return 'upgrade';
}

const WAITING_FOR: { readonly [P in Phase]?: string } = {
  proxy: 'the proxy to open the tunnel',
  dns: 'the name to be resolved',
  tcp: 'TCP to connect',
  tls: 'TLS to be agreed',
  upgrade: 'a complete answer to the upgrade',
};

/** What a dial in this phase waits for, in words. */
export function awaitedIn(phase: Phase): string {
  return WAITING_FOR[phase] ?? phase;
}
