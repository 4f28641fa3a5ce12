import { fateOf, type TokenFate, WATCH_MS } from '../../judge/token-fate.ts';
import type { Run } from '../../timeline/run.ts';
import { TOKEN_KINDS, type TokenKind, tokenSession } from '../../timeline/token-kinds.ts';
import { CAUSES } from '../causes.ts';
import type { Family } from '../family.ts';
import { diagnosisOf, evidenceOf } from '../finding.ts';

type LetIn = { readonly kind: TokenKind; readonly fate: Extract<TokenFate, { kind: 'let-in' }> };

/** A token that had to be refused was let in: nothing that happened to another connection explains that away. */
export const permissive: Family = (run) => {
  const letIn = TOKEN_KINDS.flatMap((kind) => letInOf(run, kind));
  const [first, ...rest] = letIn.flatMap(({ fate }) => fate.at);
  if (first === undefined) return null;
  const tried = TOKEN_KINDS.filter((kind) => isTried(run, kind)).length;
  const isOpenToAll = letIn.length === tried && tried > 1;
  const hint = CAUSES['target-permissive'].hint;
  return diagnosisOf({
    cause: 'target-permissive',
    phase: 'upgrade',
    answeredBy: 'app',
    summary: `the target let in ${letIn.length} of ${tried} tokens that it has to refuse: ${letIn.map(words).join(', ')}`,
    evidence: evidenceOf(first, ...rest),
    ...(isOpenToAll
      ? { hint: `none was refused within ${WATCH_MS} ms of its welcome, as if no token was checked at all; ${hint}` }
      : {}),
  });
};

function letInOf(run: Run, kind: TokenKind): readonly LetIn[] {
  const fate = fateOf(run, kind);
  return fate.kind === 'let-in' ? [{ kind, fate }] : [];
}

function isTried({ sessions }: Run, kind: TokenKind): boolean {
  return sessions.some(
    ({ session, observations }) =>
      session === tokenSession(kind) && observations.some((seen) => seen.kind === 'dialled'),
  );
}

function words({ kind, fate }: LetIn): string {
  return fate.as === null ? kind : `${kind} (as ${fate.as})`;
}
