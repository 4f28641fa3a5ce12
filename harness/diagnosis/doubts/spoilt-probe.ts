import type { Observation, Seen } from '../../timeline/observation.ts';
import type { Run } from '../../timeline/run.ts';
import type { Diagnosis } from '../diagnosis.ts';
import { givenUpIn, type Stall } from '../stalls.ts';
import { instead } from './instead.ts';
import { isImpatience } from './late-request.ts';

/** A follow-up that went wrong while this process was stopped: what rests on it is undecided; `null` where none did. */
export function spoiltProbe(run: Run, found: Diagnosis): Diagnosis | null {
  for (const at of found.evidence) {
    const stall = at.kind === 'probed' ? ofProbe(run, at) : ofRepetition(run, at);
    if (stall !== null) return instead(found, stall, 'while it looked for the reason', at);
  }
  return null;
}

function ofProbe(run: Run, at: Seen<'probed'>): Stall | null {
  return at.probe === 'rung' || at.ok || !isImpatience(at) ? null : givenUpIn(run, at.atMs - at.tookMs, at.atMs);
}

/** A repetition that went through did so, however late we were. */
function ofRepetition(run: Run, at: Observation): Stall | null {
  if (at.kind === 'received') return null;
  const session = run.sessions.find(({ role, observations }) => role === 'probe' && observations.includes(at));
  const first = session?.observations[0];
  return first === undefined ? null : givenUpIn(run, first.atMs, at.atMs);
}
