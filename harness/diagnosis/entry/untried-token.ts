import { fateOf, isLetIn } from '../../judge/token-fate.ts';
import { OWN_CODES } from '../../timeline/observation.ts';
import type { Run } from '../../timeline/run.ts';
import { TOKEN_KINDS, type TokenKind } from '../../timeline/token-kinds.ts';
import type { CauseCode } from '../causes.ts';
import type { Diagnosis } from '../diagnosis.ts';
import type { Family } from '../family.ts';
import { interruptionOf } from '../interruption.ts';
import { failedDial } from './failed-dial.ts';
import { refusedUpgrade } from './refused-upgrade.ts';

/** What became of a token that must be refused, where that is neither a refusal nor anything that the token did. */
export const untriedToken: Family = (run, ruled) => {
  const asked = TOKEN_KINDS.filter((kind) => ruled.some(({ rule }) => rule.id === `admission/refuses-${kind}`));
  const found = asked.map((kind) => untriedBy(run, kind));
  return found.find((diagnosis) => diagnosis !== null) ?? null;
};

/** What would be looked for at the path or on the way. */
const PASSABLE: ReadonlySet<CauseCode> = new Set([
  'upgrade-not-found',
  'upgrade-ignored',
  'upgrade-redirected',
  'upgrade-refused',
  'connection-reset',
  'handshake-malformed',
  'subprotocol-mismatch',
]);

function untriedBy(run: Run, kind: TokenKind): Diagnosis | null {
  const fate = fateOf(run, kind);
  const at = fate.kind === 'open' ? fate.at : null;
  if (at?.kind === 'refused') {
    const failure = { at, answer: at.answer, trouble: null, attempts: 1 } as const;
    const said = `${kind} was answered ${at.answer.status}, which is no refusal that can be tied to the token`;
    return onlyThis(run, said, refusedUpgrade(run, failure, at.answer));
  }
  if (at?.kind !== 'failed') return null;
  if (at.code === OWN_CODES.deadline && interruptionOf(run) !== null) return null;
  const diagnosis = failedDial(run, { at, answer: null, trouble: at, attempts: 1 });
  const isCut = at.phase === 'upgrade' && run.users.some((session) => isLetIn(session));
  if (isCut) return onlyThis(run, `${kind} was answered with ${at.code}, which is no refusal`, diagnosis);
  return { ...diagnosis, summary: `${kind} could not be tried: ${diagnosis.summary}` };
}

/** The way was open to the good token: no advice about the path, the address or the network helps then. */
function onlyThis(run: Run, said: string, diagnosis: Diagnosis): Diagnosis {
  const summary = `${said}: ${diagnosis.summary}`;
  if (!PASSABLE.has(diagnosis.cause) || !run.users.some((session) => isLetIn(session)))
    return { ...diagnosis, summary };
  const hint =
    'the good token was let in on this path: find out what answers a bad one like this, the target or what stands before it, and let it say 401 or 403';
  return { ...diagnosis, summary, hint };
}
