import type { NonEmpty } from '../kernel/list.ts';
import type { Seen } from '../timeline/observation.ts';
import { CAUSES, type Domain } from './causes.ts';
import type { Confidence, Diagnosis } from './diagnosis.ts';
import { GRAVITY } from './promises/charges.ts';

/** What was found with one user: what took away the chance to keep promises, or else a promise that was broken. */
export type Found = {
  readonly diagnosis: Diagnosis;
  readonly isTrouble: boolean;
  /** Whose it is, where that is one user's. */
  readonly persona: string | null;
  /** How to tell of it in the sentence about another user, where that is shorter. */
  readonly aside?: string | undefined;
};

const DOMAIN: { readonly [D in Domain]: number } = { application: 0, infrastructure: 1, harness: 2 };
const CONFIDENCE: { readonly [C in Confidence]: number } = { certain: 0, likely: 1, ambiguous: 2 };
/** Ends so near to each other have one reason. */
const ONE_EVENT_MS = 1000;

/**
 * The one that speaks for all users, in whatever order they were found: the application over the platform over ourselves. A
 * guess at the application gives way to a platform that is certain, and to one event that ended several connections.
 */
export function weigh(found: NonEmpty<Found>): Found {
  const platform = found.map(({ diagnosis }) => diagnosis).filter(({ domain }) => domain === 'infrastructure');
  const place = (one: Found): readonly number[] => {
    const { domain, confidence, cause, evidence } = one.diagnosis;
    const gravity = GRAVITY.indexOf(cause);
    return [
      isExplained(one.diagnosis, platform) ? DOMAIN.harness : DOMAIN[domain],
      CONFIDENCE[confidence],
      one.isTrouble ? 0 : 1,
      gravity === -1 ? GRAVITY.length : gravity,
      evidence[0].seq,
    ];
  };
  return found.reduce((first, next) => (precedes(place(next), place(first)) ? next : first));
}

function isExplained(guess: Diagnosis, platform: readonly Diagnosis[]): boolean {
  if (guess.domain !== 'application' || guess.confidence === 'certain') return false;
  const isOpen = guess.rivals.some(
    ({ cause }) => cause === 'no-tool-chosen' || CAUSES[cause].domain === 'infrastructure',
  );
  if (isOpen && platform.some(({ confidence }) => confidence === 'certain')) return true;
  const end = endOf(guess);
  return (
    end !== null &&
    end.how !== 'frame' &&
    platform.some((other) => Math.abs((endOf(other)?.atMs ?? Number.NEGATIVE_INFINITY) - end.atMs) <= ONE_EVENT_MS)
  );
}

function endOf({ evidence }: Diagnosis): Seen<'closed'> | null {
  return evidence.findLast((seen) => seen.kind === 'closed') ?? null;
}

function precedes(one: readonly number[], other: readonly number[]): boolean {
  const index = one.findIndex((value, at) => value !== other[at]);
  return (one[index] ?? 0) < (other[index] ?? 0);
}
