import type { Rig } from '../../session/rig.ts';
import { hostOf, portOf } from '../../target/reach.ts';
import { OWN_CODES, type Trouble } from '../../timeline/observation.ts';
import { breaks, type Footing, type Step } from '../footing.ts';
import { healthProbe } from '../health-probe.ts';

/**
 * What the target says of itself. An answer, good or bad, breaks nothing: known targets' health lies both ways. Only a
 * connection that cannot be had where the socket lives stops the climb, or the end of the whole command's time.
 */
export const health: Step = {
  rung: 'health',
  redials: true,
  async take({ rig, name }) {
    const [backend, auth, socket] = await Promise.all([
      healthProbe(rig, name, 'backend-health'),
      healthProbe(rig, name, 'auth-health'),
      healthProbe(rig, name, 'socket-health'),
    ]);
    const { httpUrl, authUrl, wsUrl } = rig.settings;
    const near: readonly (readonly [Footing, URL])[] = [
      [socket, wsUrl],
      [backend, httpUrl],
      [auth, authUrl],
    ];
    const stop = near.find(
      ([footing, url]) => isSamePort(url, wsUrl) && isTransport(footing.trouble) && !footing.answer,
    );
    if (stop?.[0].trouble) return breaks(stop[0].trouble);
    if (socket.trouble?.code === 'ABORT_ERR') return breaks({ ...socket.trouble, code: OWN_CODES.deadline });
    const failed = [...new Set([backend, auth, socket].flatMap(({ facts }) => listOf(facts.failed)))];
    const facts = { failed, ...revisionFacts(rig, [backend, socket, auth]) };
    const bad = [backend, auth, socket].filter((footing) => !footing.ok);
    const detail = [
      `backend ${backend.detail}`,
      `auth ${auth.detail}`,
      `socket ${socket.detail}`,
      ...(facts.revisionMismatch === true
        ? [`expected revision ${rig.settings.expectedRevision}, found ${facts.revision ?? 'none'}`]
        : []),
    ].join(' · ');
    return { ok: true, answer: bad[0]?.answer ?? backend.answer, trouble: null, facts, detail };
  },
};

function revisionFacts(
  rig: Rig,
  footings: readonly Footing[],
): { readonly revision: string | null; readonly expectedRevision?: string; readonly revisionMismatch?: boolean } {
  const told = footings.map(({ facts }) => facts.revision).find((revision) => typeof revision === 'string');
  const revision = typeof told === 'string' ? told : null;
  const wanted = rig.settings.expectedRevision;
  if (wanted === null) return { revision };
  return {
    revision,
    expectedRevision: wanted,
    revisionMismatch: revision === null || !isSameRevision(revision, wanted),
  };
}

const COMMIT = /^[0-9a-f]{7,40}$/i;

/** Commit ids may be shortened, to seven digits at least; any other name of a build is compared whole. */
function isSameRevision(one: string, other: string): boolean {
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  return one === other || (COMMIT.test(short) && COMMIT.test(long) && long.startsWith(short));
}

/** A connection that could not be had or was cut; silence and nonsense are answers of a kind. */
function isTransport(trouble: Trouble | null): boolean {
  if (trouble === null || trouble.code === 'DEADLINE' || trouble.code === 'ABORT_ERR') return false;
  if (trouble.phase !== 'health') return true;
  return ['ECONNRESET', 'HANG_UP', 'EPIPE', 'ECONNREFUSED'].includes(trouble.code);
}

function isSamePort(one: URL, other: URL): boolean {
  return hostOf(one) === hostOf(other) && portOf(one) === portOf(other);
}

function listOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
