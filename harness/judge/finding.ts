import { nonEmpty } from '../kernel/list.ts';
import type { Observation } from '../timeline/observation.ts';
import type { Run, SessionRecord, TurnRecord } from '../timeline/run.ts';
import type { Ruling, Violation } from './rule.ts';

/** What a rule finds in one place: a promise kept, a promise broken, or nothing that would prove either. */
export type Finding =
  | { readonly kind: 'kept'; readonly evidence: Observation }
  | { readonly kind: 'broken'; readonly violation: Violation }
  | { readonly kind: 'doubt'; readonly reason: string };

/** The promise is kept, as this observation shows. */
export function kept(evidence: Observation): Finding {
  return { kind: 'kept', evidence };
}

/** The promise is broken, as these observations show. */
export function broken(expected: string, actual: string, ...at: readonly (Observation | null | undefined)[]): Finding {
  const seqs = at.flatMap((seen) => (seen ? [seen.seq] : []));
  return { kind: 'broken', violation: { expected, actual, at: [...new Set(seqs)] } };
}

/** Nothing here proves anything, and why. */
export function doubt(reason: string): Finding {
  return { kind: 'doubt', reason };
}

/** One ruling over many findings: any broken promise fails it, else any doubt leaves it open, else the evidence passes it. */
export function rulingOf(findings: readonly Finding[]): Ruling {
  const violations: Violation[] = [];
  const doubts = new Set<string>();
  const observations: Observation[] = [];
  for (const finding of findings) {
    if (finding.kind === 'broken') violations.push(finding.violation);
    else if (finding.kind === 'doubt') doubts.add(finding.reason);
    else observations.push(finding.evidence);
  }
  const failed = nonEmpty(violations);
  if (failed) return { outcome: 'fail', violations: failed };
  if (doubts.size > 0) return { outcome: 'inconclusive', reason: sentence([...doubts]) };
  const evidence = nonEmpty(observations);
  if (evidence) return { outcome: 'pass', evidence };
  return { outcome: 'inconclusive', reason: 'there was nothing to look at' };
}

/** The rules that stay open for a user who never got in. One of them suffices: the others judge what came to those who did. */
const OF_EVERYBODY: ReadonlySet<string> = new Set(['admission/welcomed', 'promptness/connect']);

/**
 * The findings of every user's connection that opened. One that never did proves nothing and spoils nothing: it leaves open
 * the rules about getting in; where the run judges by none of these, or nobody got in, all.
 */
export function eachSession(run: Run, look: (session: SessionRecord) => readonly Finding[]): readonly Finding[] {
  const hasOpened = run.users.some(({ opened }) => opened !== null);
  const isToldElsewhere = run.header.rules.some((id) => OF_EVERYBODY.has(id));
  if (!hasOpened || !isToldElsewhere) return everySession(run, look);
  return run.users.flatMap((session) => (session.opened === null ? [] : look(session)));
}

/** The findings of every user's connection; one that never opened is a doubt. */
export function everySession(run: Run, look: (session: SessionRecord) => readonly Finding[]): readonly Finding[] {
  if (run.users.length === 0) return [doubt('no user connected')];
  return run.users.flatMap((session) =>
    session.opened === null ? [doubt(`session ${session.session} never opened`)] : look(session),
  );
}

/**
 * The findings about what came to every user's connection. Silence on one that asked nothing and goes on with nothing, while
 * its user asked on another, is no doubt: nothing is owed there.
 */
export function eachListener(run: Run, look: (session: SessionRecord) => readonly Finding[]): readonly Finding[] {
  const asked = askers(run);
  return eachSession(run, (session) => {
    const isOwed = session.turns.length > 0 || session.resumed !== null || !asked.has(session.persona);
    return isOwed ? look(session) : look(session).filter(({ kind }) => kind !== 'doubt');
  });
}

/** The findings of every question that was asked; a user who asked nothing on any connection proves nothing. */
export function eachTurn(
  run: Run,
  look: (turn: TurnRecord, session: SessionRecord) => readonly Finding[],
): readonly Finding[] {
  const asked = askers(run);
  return eachSession(run, (session) => {
    if (session.turns.length > 0) return session.turns.flatMap((turn) => look(turn, session));
    return asked.has(session.persona) ? [] : [doubt(`session ${session.session} asked nothing`)];
  });
}

/** The personas that asked something on any of their connections. */
function askers(run: Run): ReadonlySet<string> {
  return new Set(run.users.filter((session) => session.turns.length > 0).map((session) => session.persona));
}

/** A turn that was interrupted: what is absent from it may still have been under way. */
export function interrupted(turn: TurnRecord): Finding {
  return doubt(`turn ${turn.turn} was interrupted, so its silence proves nothing`);
}

const SHOWN = 3;

function sentence(doubts: readonly string[]): string {
  const more = doubts.length > SHOWN ? `; and ${doubts.length - SHOWN} more` : '';
  return doubts.slice(0, SHOWN).join('; ') + more;
}
