import type { NonEmpty } from '../kernel/list.ts';
import type { Run } from '../timeline/run.ts';
import type { Diagnosis } from './diagnosis.ts';
import { type Found, weigh } from './weigh.ts';

/** Of how many others it is told what went wrong with them. */
const MOST_TOLD = 2;
/** After these words a sentence names whose it is; elsewhere a turn or an id may only be called so. */
const NAMING: ReadonlySet<string> = new Set(['session', 'for', 'and']);

/**
 * The one that speaks for all users, with the words for a reader who has several: whose promise was broken, and what else
 * went wrong with whom. A trouble that several had is told once, and our own lateness is no trouble of theirs.
 */
export function toldOfAll(run: Run, found: NonEmpty<Found>): Diagnosis {
  const chosen = weigh(found);
  const { diagnosis, isTrouble } = chosen;
  const personas = new Set(run.users.map(({ persona }) => persona));
  if (personas.size < 2 || isOurs(diagnosis)) return diagnosis;
  const name = whose(run, chosen);
  const alike = found.filter((one) => isTrouble && one.isTrouble && one.diagnosis.cause === diagnosis.cause);
  const others = othersIn(found, new Set([name, ...alike.map(({ persona }) => persona)]));
  const summary =
    name === null || (isTrouble && others.length === 0) ? diagnosis.summary : named(diagnosis.summary, name);
  return { ...diagnosis, summary: `${summary}${words(others)}` };
}

type Other = { readonly persona: string; readonly summary: string };

/** What went wrong with those who are not told of yet: the first of each. */
function othersIn(found: readonly Found[], told: ReadonlySet<string | null>): readonly Other[] {
  const others = new Map<string, string>();
  for (const { diagnosis, persona, aside } of found) {
    if (persona === null || told.has(persona) || others.has(persona) || isOurs(diagnosis)) continue;
    others.set(persona, aside ?? diagnosis.summary);
  }
  return [...others].map(([persona, summary]) => ({ persona, summary }));
}

function words(others: readonly Other[]): string {
  const told = others.slice(0, MOST_TOLD).map(({ persona, summary }) => `; besides, for ${persona}: ${summary}`);
  const rest = others.length - told.length;
  return rest > 0 ? `${told.join('')}; and ${rest} more had trouble` : told.join('');
}

/** The sentence with its user's name, before what it adds after a semicolon, unless it has it. */
function named(summary: string, name: string): string {
  const words = summary.split(/[^\w-]+/);
  if (words.some((word, at) => word === name && NAMING.has(words[at - 1] ?? ''))) return summary;
  return summary.replace(/^(?:[^";]|"[^"]*")*(?=;)|$/, (first) => `${first}, for ${name}`);
}

/** Our own lateness is no trouble of anybody's. */
function isOurs({ cause }: Diagnosis): boolean {
  return cause === 'harness-stalled';
}

/** Whose it is: of what is everybody's, that of the first connection of a user on which it rests. */
function whose(run: Run, { persona, diagnosis }: Found): string | null {
  if (persona !== null) return persona;
  const personas = new Map(run.users.map(({ session, persona }) => [session, persona]));
  return diagnosis.evidence.map(({ session }) => personas.get(session)).find((one) => one !== undefined) ?? null;
}
