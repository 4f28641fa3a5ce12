import type { Observation } from '../../timeline/observation.ts';
import type { SessionRecord } from '../../timeline/run.ts';
import { broken, doubt, eachListener, eachSession, type Finding, kept, rulingOf } from '../finding.ts';
import { isPlaceholder } from '../placeholder.ts';
import { sortedByRepeat } from '../repeats.ts';
import type { Rule } from '../rule.ts';

/** Every frame is a message of the protocol. */
export const decodes: Rule = {
  id: 'wire/decodes',
  statement: 'MUST send only frames that read as messages of the protocol',
  because: 'a client drops what it cannot read, or breaks on it',
  judge: (run) => rulingOf(eachSession(run, frames)),
};

function frames(session: SessionRecord): readonly Finding[] {
  const expected = `a readable message on session ${session.session}`;
  const broke = session.observations.flatMap((seen) => {
    if (seen.kind === 'received-binary') return [broken(expected, `a binary frame of ${seen.bytes} bytes`, seen)];
    if (seen.kind === 'frame-broken') return [broken(expected, `a broken frame: ${seen.code}`, seen)];
    return [];
  });
  const unreadable = session.frames.flatMap(({ at, meanings }) =>
    meanings.flatMap((meaning) => (meaning.kind === 'unreadable' ? [broken(expected, meaning.reason, at)] : [])),
  );
  const findings = [...broke, ...unreadable];
  return findings.length > 0
    ? findings
    : ends(
        session.frames.map((frame) => frame.at),
        session,
      );
}

/** Nothing twice, unless it says of itself that it is a retry or recovered. */
export const noDuplicates: Rule = {
  id: 'wire/no-duplicates',
  statement: 'MUST deliver no event twice, unless it says that it is a retry or recovered',
  because: 'a user sees the same step twice and cannot tell whether it was done twice',
  judge: (run) => rulingOf(eachListener(run, events)),
};

function events(session: SessionRecord): readonly Finding[] {
  const { repeats } = sortedByRepeat(session.happenings);
  const findings = repeats.flatMap(({ again, first, declared }) => {
    if (declared) return [];
    const { type, eventId } = again.event;
    const isNumbered = eventId !== null && !isPlaceholder(eventId);
    const anew = isNumbered && eventId !== first.event.eventId;
    const same =
      isNumbered && !anew
        ? `the same event id ${eventId}`
        : `the same type, ids and body${anew ? ', under another event id' : ''}`;
    return [broken(`${type} once on session ${session.session}`, `it came twice with ${same}`, first.at, again.at)];
  });
  return findings.length > 0
    ? findings
    : ends(
        session.happenings.map((happening) => happening.at),
        session,
      );
}

function ends(seen: readonly Observation[], session: SessionRecord): readonly Finding[] {
  const cited = [seen[0], seen.at(-1)].flatMap((one) => (one ? [kept(one)] : []));
  return cited.length > 0 ? cited : [doubt(`nothing arrived on session ${session.session}`)];
}
