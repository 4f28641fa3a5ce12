import { fateOf } from '../../judge/token-fate.ts';
import { OWN_CODES } from '../../timeline/observation.ts';
import type { Run } from '../../timeline/run.ts';
import { TOKEN_KINDS, type TokenKind } from '../../timeline/token-kinds.ts';
import type { Diagnosis } from '../diagnosis.ts';
import type { Family } from '../family.ts';
import { interruptionOf } from '../interruption.ts';
import { failedDial } from './failed-dial.ts';
import { refusedUpgrade } from './refused-upgrade.ts';

/** What kept a token that must be refused from being tried at all: no refusal, and nothing that the token did. */
export const untriedToken: Family = (run, ruled) => {
  const open = TOKEN_KINDS.filter((kind) =>
    ruled.some(({ rule, ruling }) => rule.id === `admission/refuses-${kind}` && ruling.outcome === 'inconclusive'),
  );
  const found = open.map((kind) => troubleOf(run, kind));
  return found.find((diagnosis) => diagnosis !== null) ?? null;
};

function troubleOf(run: Run, kind: TokenKind): Diagnosis | null {
  const fate = fateOf(run, kind);
  const at = fate.kind === 'open' ? fate.at : null;
  if (at?.kind === 'refused') {
    const failure = { at, answer: at.answer, trouble: null, attempts: 1 } as const;
    return about(kind, refusedUpgrade(run, failure, at.answer));
  }
  if (at?.kind !== 'failed') return null;
  if (at.code === OWN_CODES.deadline && interruptionOf(run) !== null) return null;
  return about(kind, failedDial(run, { at, answer: null, trouble: at, attempts: 1 }));
}

function about(kind: TokenKind, diagnosis: Diagnosis): Diagnosis {
  return { ...diagnosis, summary: `${kind} could not be tried: ${diagnosis.summary}` };
}
