/** The rungs of the ladder, bottom first. */
export const RUNGS = ['configuration', 'dns', 'tcp', 'tls', 'health', 'credentials', 'upgrade', 'welcome'] as const;
export type Rung = (typeof RUNGS)[number];

/** How far a connection had come when something happened to it. */
export const PHASES = [
  'configuration',
  'proxy',
  'dns',
  'tcp',
  'tls',
  'health',
  'credentials',
  'upgrade',
  'welcome',
  'stream',
  'close',
] as const;
export type Phase = (typeof PHASES)[number];

/** Where a token came from. */
export const AUTH_MODES = ['simulate', 'mint', 'login', 'dev-login', 'token', 'none'] as const;
export type AuthMode = (typeof AUTH_MODES)[number];

/** Whose session it is: rules read `user` sessions only, diagnosis reads all. */
export const ROLES = ['user', 'ladder', 'probe'] as const;
export type Role = (typeof ROLES)[number];

/** What a probe asked; `rung` is the ladder's own step, the others are follow-ups that decide between causes. */
export const PROBES = [
  'rung',
  'backend-health',
  'auth-health',
  'socket-health',
  'socket-config',
  'without-token',
  'bogus-path',
  'fresh-upgrade',
  'ping',
  'application-ping',
  'other-origin',
  'control-lookup',
  'tls-on-port',
  'plain-on-port',
  'client-certificate',
  'own-resources',
  'own-clock',
  'agent-over-http',
] as const;
export type Probe = (typeof PROBES)[number];

/** An HTTP answer, raw enough to judge again: allow-listed headers in lower case, the first 512 characters of the body, redacted. */
export type Answer = {
  readonly status: number;
  readonly headers: { readonly [name: string]: string };
  readonly bodyHead: string;
};

/** What went wrong underneath HTTP. `code` is an errno, a TLS or parser code, or one of `OWN_CODES`; never a sentence. */
export type Trouble = { readonly phase: Phase; readonly code: string; readonly message: string };

/** Codes that this harness gives to what its libraries leave without one. */
export const OWN_CODES = {
  /** Our own deadline for the phase passed. */
  deadline: 'DEADLINE',
  /** The proxy answered CONNECT with something other than 200. */
  proxyRefused: 'PROXY_REFUSED',
  /** Sec-WebSocket-Accept did not match. */
  acceptInvalid: 'HANDSHAKE_ACCEPT_INVALID',
  /** 101 without `Upgrade: websocket` or `Connection: Upgrade`. */
  upgradeHeaderInvalid: 'HANDSHAKE_UPGRADE_INVALID',
  /** An extension that we did not offer. */
  extensionInvalid: 'HANDSHAKE_EXTENSION_INVALID',
  /** A subprotocol that we did not offer, or none although we offered some. */
  subprotocolInvalid: 'HANDSHAKE_SUBPROTOCOL_INVALID',
  /** The peer closed the connection in order before it had answered ("socket hang up"). */
  hangUp: 'HANG_UP',
  /** TCP closed before TLS was agreed. */
  tlsEof: 'TLS_EOF',
  /** Anything without a code of its own. */
  unknown: 'UNKNOWN',
} as const;

/** Facts that a probe read out of its answer. */
export type Facts = { readonly [name: string]: string | number | boolean | null | readonly string[] };

/** What was seen, as it was seen; meaning is read later. */
export type Sighting =
  | { readonly kind: 'joined'; readonly persona: string; readonly role: Role }
  | {
      readonly kind: 'probed';
      readonly rung: Rung;
      readonly probe: Probe;
      readonly ok: boolean;
      readonly tookMs: number;
      readonly answer: Answer | null;
      readonly trouble: Trouble | null;
      readonly facts: Facts;
      /** One line for people: what was seen, with its value. */
      readonly detail: string;
    }
  | {
      readonly kind: 'credentialed';
      readonly source: AuthMode;
      /** The token's `sub`. */
      readonly subject: string;
      /** Milliseconds since the epoch, from the token's `exp`; `null` where it has none. */
      readonly expiresAtMs: number | null;
      /** Milliseconds since the epoch, from the token's `nbf`, where it has one. */
      readonly notBeforeMs?: number | null;
      /** First 8 hex digits of the token's SHA-256: the same token is recognisable, never readable. */
      readonly fingerprint: string;
    }
  | { readonly kind: 'dialled'; readonly attempt: number; readonly url: string }
  | {
      readonly kind: 'opened';
      readonly attempt: number;
      readonly subprotocol: string;
      readonly headers: { readonly [name: string]: string };
      /** From the dial of this attempt to the 101. */
      readonly tookMs: number;
    }
  | { readonly kind: 'refused'; readonly attempt: number; readonly answer: Answer; readonly tookMs: number }
  | {
      readonly kind: 'failed';
      readonly attempt: number;
      readonly phase: Phase;
      readonly code: string;
      readonly message: string;
      readonly tookMs: number;
    }
  | {
      readonly kind: 'asked';
      readonly turn: string /** When it should have gone out, on the monotonic clock. */;
      readonly intendedAtMs: number;
    }
  | { readonly kind: 'sent'; readonly text: string }
  | { readonly kind: 'received'; readonly text: string }
  | { readonly kind: 'received-binary'; readonly bytes: number }
  /** We sent a ping. */
  | { readonly kind: 'pinged' }
  /** The target answered a ping of ours. */
  | { readonly kind: 'ponged' }
  /** The target pinged us; the answer goes out at once. */
  | { readonly kind: 'was-pinged' }
  /** A frame that no WebSocket endpoint may send; the connection ends with it. */
  | { readonly kind: 'frame-broken'; readonly code: string; readonly message: string }
  /** We begin to close; what follows is our doing. */
  | { readonly kind: 'closing'; readonly code: number }
  | {
      readonly kind: 'closed';
      /** 1006 where no close frame came. */
      readonly code: number;
      readonly reason: string;
      /** `frame`: a close frame came; `fin`: TCP ended in order without one; `reset`: RST; `timeout`: the kernel gave up; `local`: we cut it. */
      readonly how: 'frame' | 'fin' | 'reset' | 'timeout' | 'local';
      /** The socket's own error code, where there was one. */
      readonly socketCode: string | null;
    }
  | { readonly kind: 'faulted'; readonly fault: string; readonly towards: 'client' | 'server' }
  | {
      /** This process was late by so much, not they. `frozen`: without using CPU (stopped or starved); else our own code. */
      readonly kind: 'stalled';
      readonly lateByMs: number;
      readonly frozen: boolean;
      /** The CPU time that our thread used meanwhile, and the share in which its event loop was busy. */
      readonly cpuMs?: number;
      readonly utilisation?: number;
      /** The machine was suspended for so long: the monotonic clock stood still, and so did every budget. */
      readonly sleptMs?: number;
    }
  | { readonly kind: 'gave-up'; readonly waitingFor: string; readonly afterMs: number }
  /** The turn is over and may be judged. A turn without it was interrupted, and its silence proves nothing. */
  | { readonly kind: 'settled'; readonly turn: string; readonly because: 'complete' | 'quiet' | 'closed' | 'gave-up' }
  /** This connection goes on with a turn that was asked on an earlier one of the same user: what comes on it belongs to that turn. */
  | { readonly kind: 'resumed'; readonly turn: string }
  /** The recording is whole: everything that the scenario does was done. Without it, what is not there proves nothing. */
  | { readonly kind: 'ended' }
  /** Something a reader must know that no rule reads: what was not asked, what was bypassed. */
  | { readonly kind: 'noted'; readonly topic: string; readonly text: string };

export type SightingKind = Sighting['kind'];

/** A sighting with its place in time: `atMs` is monotonic, `seq` counts from 0 through the whole timeline. */
export type Observation = Sighting & { readonly seq: number; readonly atMs: number; readonly session: string };

/** The observations of one kind. */
export type Seen<K extends SightingKind> = Extract<Observation, { readonly kind: K }>;
