import type { Observation } from '../../timeline/observation.ts';
import type { Run, SessionRecord } from '../../timeline/run.ts';
import type { TokenKind } from '../../timeline/token-kinds.ts';
import { broken, doubt, kept, rulingOf } from '../finding.ts';
import type { Rule, Ruling } from '../rule.ts';
import { fateOf, isLetIn, STAYS_MS, type TokenFate } from '../token-fate.ts';

const FORGED = 'whoever can write a token then is whom he likes to be';

/** Each kind of token is refused, and for its own sake: the good one is let in before and after it. As suites name them, in the order in which they are tried. */
export const refusals = {
  refusesNoToken: refusal(
    'no-token',
    'a connection without a token',
    'a door that is open to nobody in particular is open to everybody',
  ),
  refusesEmptyToken: refusal(
    'empty-token',
    'an empty token',
    'a client that lost its token must learn it, and not be taken for somebody',
  ),
  refusesGarbage: refusal('garbage', 'a token that is none', 'what cannot be read cannot have been verified'),
  refusesTruncated: refusal(
    'truncated',
    'a token whose signature is cut short',
    'a signature that is compared in part can be guessed in part',
  ),
  refusesNoSignature: refusal(
    'no-signature',
    'a token whose signature is left out',
    'a verifier that checks only the signature that it finds takes a token from anybody',
  ),
  refusesWrongUser: refusal(
    'wrong-user',
    "another user's claims under a signature that is not theirs",
    'a user who edits a token of their own reads the events of any other',
  ),
  refusesWrongKey: refusal('wrong-key', 'a token that another key has signed', FORGED),
  refusesAlgNone: refusal('alg-none', 'a token that says of itself that it is not signed', FORGED),
  refusesAlgConfusion: refusal(
    'alg-confusion',
    'a token of another algorithm than the one it is verified by',
    'a verifier that believes the header takes a public key for a secret',
  ),
  refusesExpired: refusal(
    'expired',
    'a token that has expired',
    'a token that was stolen once must not be good for ever',
  ),
  refusesNotYetValid: refusal(
    'not-yet-valid',
    'a token that is not valid yet',
    'whoever issued it for later did not mean it for now',
  ),
  refusesWrongAudience: refusal(
    'wrong-audience',
    'a token for another audience',
    'a token that was made for another service must not open this one',
  ),
  refusesWrongIssuer: refusal(
    'wrong-issuer',
    'a token of another issuer',
    'whom another issuer vouches for is not known here',
  ),
} as const satisfies { readonly [name: string]: Rule };

/** The same as a list. */
export const REFUSALS: readonly Rule[] = Object.values(refusals);

function refusal(kind: TokenKind, whom: string, because: string): Rule {
  return {
    id: `admission/refuses-${kind}`,
    statement: `MUST refuse ${whom}`,
    because,
    judge: (run) => ruled(run, whom, fateOf(run, kind)),
  };
}

function ruled(run: Run, whom: string, fate: TokenFate): Ruling {
  switch (fate.kind) {
    case 'not-asked':
      return { outcome: 'not-applicable', reason: fate.why };
    case 'let-in': {
      const as = fate.as === null ? '' : ` as ${fate.as}`;
      return rulingOf([broken(`${whom} to be refused`, `let in${as}: ${fate.how}`, ...fate.at)]);
    }
    case 'open':
      return rulingOf([doubt(fate.why)]);
    case 'refused':
      return tied(run, fate);
    default:
      return fate satisfies never;
  }
}

/** A refusal proves something of the token only where nothing but the token differs from what is let in. */
function tied(run: Run, { dialled, at, stoodMs }: Extract<TokenFate, { kind: 'refused' }>): Ruling {
  const before = run.users.flatMap((session) => entered(session)).find(({ seq }) => seq < dialled.seq);
  // Where everybody is thrown out after a while, the good one is as well.
  const longMs = Math.max(STAYS_MS, stoodMs ?? 0);
  const after = run.users.flatMap((session) => entered(session, longMs)).findLast(({ seq }) => seq > at.seq);
  if (before !== undefined && after !== undefined) return rulingOf([at, before, after].map(kept));
  const when = before === undefined ? 'before it' : 'again after it';
  return rulingOf([doubt(`it was refused, but the good token was not let in ${when}, so it need not be the token`)]);
}

function entered(session: SessionRecord, forMs: number = STAYS_MS): readonly Observation[] {
  return isLetIn(session, forMs) && session.welcomed !== null ? [session.welcomed.at] : [];
}
