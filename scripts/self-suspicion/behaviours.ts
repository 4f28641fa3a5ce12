import type { Impatience } from '../../fixtures/impatient-target.ts';

/** A client is given up on after so long without a sign of it; less than any stop of the sweep but the shortest. */
const AFTER_MS = 400;

/** What an otherwise healthy target does to a harness that does not answer in time. */
export const BEHAVIOURS: { readonly [name: string]: Impatience } = {
  steady: {},
  'ping 1011': {
    keepalive: { sign: 'ping', afterMs: AFTER_MS, how: { code: 1011, reason: 'keepalive ping timeout' } },
  },
  'ping fin': { keepalive: { sign: 'ping', afterMs: AFTER_MS, how: 'fin' } },
  'json rst': { keepalive: { sign: 'json', afterMs: AFTER_MS, how: 'rst' } },
  'json 1001': { keepalive: { sign: 'json', afterMs: AFTER_MS, how: { code: 1001, reason: '' } } },
  'json 1000': { keepalive: { sign: 'json', afterMs: AFTER_MS, how: { code: 1000, reason: 'idle' } } },
  'json 1008': { keepalive: { sign: 'json', afterMs: AFTER_MS, how: { code: 1008, reason: 'heartbeat timeout' } } },
  'json 4000': { keepalive: { sign: 'json', afterMs: AFTER_MS, how: { code: 4000, reason: 'stale connection' } } },
  'late 408': { request: { afterMs: AFTER_MS, how: 408 } },
  'late 504': { request: { afterMs: AFTER_MS, how: 504 } },
  'late fin': { request: { afterMs: AFTER_MS, how: 'fin' } },
  'late rst': { request: { afterMs: AFTER_MS, how: 'rst' } },
  token: { tokenLifeMs: 1500 },
};
