import { answeredBy } from '../diagnosis/answered-by.ts';
import type { Ruled, Ruling } from '../judge/rule.ts';
import { fateOf, type TokenFate } from '../judge/token-fate.ts';
import { saysLogin } from '../protocol/wording.ts';
import type { Answer } from '../timeline/observation.ts';
import type { Run } from '../timeline/run.ts';
import { TOKEN_KINDS } from '../timeline/token-kinds.ts';
import type { VerdictDocument } from './document-schema.ts';
import { shortened } from './shortened.ts';

/** One token that had to be refused, as a document tells it. */
export type TokenEntry = NonNullable<VerdictDocument['tokens']>[number];

type Seen = Pick<TokenEntry, 'where' | 'status' | 'closeCode' | 'reason' | 'answeredBy' | 'message' | 'as'>;

const OUTCOME = {
  pass: 'refused',
  fail: 'let-in',
  inconclusive: 'unproven',
  'not-applicable': 'not-asked',
} as const satisfies { readonly [O in Ruling['outcome']]: TokenEntry['outcome'] };
const NOTHING: Seen = {
  where: null,
  status: null,
  closeCode: null,
  reason: null,
  answeredBy: null,
  message: null,
  as: null,
};
const LONGEST = 160;
/** Where an answer says why, code before sentence. */
const CODES = ['error_code', 'code'];
const SENTENCES = ['message', 'detail', 'error_message', 'error'];

/** Each token that this run had to try, with where and how it was refused; `null` where the run tried none. */
export function tokenEntries(run: Run, rulings: readonly Ruled[]): readonly TokenEntry[] | null {
  const entries = TOKEN_KINDS.flatMap((kind): readonly TokenEntry[] => {
    const rule = `admission/refuses-${kind}`;
    const ruling = rulings.find((one) => one.rule.id === rule)?.ruling;
    if (ruling === undefined) return [];
    const fate = fateOf(run, kind);
    const because = 'reason' in ruling ? ruling.reason : remarkOn(fate);
    return [{ kind, rule, outcome: OUTCOME[ruling.outcome], ...seenIn(fate), because }];
  });
  return entries.length === 0 ? null : entries;
}

/** How the answers to no token at all and to one that is none compare: empty where either was not refused. */
export function comparison(entries: readonly TokenEntry[] | null): readonly string[] {
  const [none, garbage] = ['no-token', 'garbage'].map((kind) => entries?.find((entry) => entry.kind === kind));
  if (none?.outcome !== 'refused' || garbage?.outcome !== 'refused') return [];
  const [how, other] = [howOf(none), howOf(garbage)];
  const [words, otherWords] = [wordsOf(none), wordsOf(garbage)];
  if (how === other && words === otherWords) return [`tokens: no token and garbage are refused alike: ${how}`];
  if (how === other)
    return [`tokens: no token and garbage are both refused with ${how}, in other words: ${words}, and ${otherWords}`];
  return [`tokens: no token is refused with ${how}, garbage with ${other}: they are not told by the same check`];
}

/** A refusal in a few words: `401 at the upgrade, by app`, `1008 after it opened`. */
export function howOf({ where, status, closeCode, answeredBy: who }: TokenEntry): string {
  if (where === 'upgrade') return `${status} at the upgrade, by ${who}`;
  return where === null ? '' : `${closeCode} after ${where === 'open' ? 'it opened' : 'the welcome'}`;
}

/** Who is thrown out after the welcome has seen it. */
function remarkOn(fate: TokenFate): string | null {
  if (fate.kind !== 'refused' || fate.stoodMs === null) return null;
  return `let in and thrown out after ${fate.stoodMs} ms`;
}

function wordsOf({ message, reason }: TokenEntry): string {
  const said = [message, reason].filter((text) => text !== null && text !== '');
  return said.length === 0 ? 'none' : said.map((text) => JSON.stringify(text)).join(', ');
}

function seenIn(fate: TokenFate): Seen {
  switch (fate.kind) {
    case 'not-asked':
      return NOTHING;
    case 'let-in':
      return { ...NOTHING, as: fate.as };
    case 'refused': {
      const { where, answer, closed, said } = fate;
      if (answer !== null) return { ...NOTHING, where, ...told(answer) };
      return { ...NOTHING, where, closeCode: closed?.code ?? null, reason: closed?.reason ?? null, message: cut(said) };
    }
    case 'open':
      if (fate.at?.kind === 'refused') return { ...NOTHING, where: 'upgrade', ...told(fate.at.answer) };
      if (fate.at?.kind === 'closed')
        return { ...NOTHING, where: 'open', closeCode: fate.at.code, reason: fate.at.reason };
      return NOTHING;
    default:
      return fate satisfies never;
  }
}

function told(answer: Answer): Pick<Seen, 'status' | 'answeredBy' | 'message'> {
  return {
    status: answer.status,
    answeredBy: answeredBy(answer),
    message: cut(redirection(answer) ?? words(answer.bodyHead)),
  };
}

function redirection({ status, headers }: Answer): string | null {
  const { location } = headers;
  if (status < 300 || status > 399 || location === undefined) return null;
  return `redirected to ${saysLogin(location) ? 'a login page, ' : ''}${location}`;
}

function words(body: string): string | null {
  try {
    const fields: unknown = JSON.parse(body);
    if (typeof fields !== 'object' || fields === null) return body;
    const texts = new Map(Object.entries(fields).filter(([, value]) => typeof value === 'string'));
    const first = (names: readonly string[]) => names.map((name) => texts.get(name)).find((text) => text !== undefined);
    return [first(CODES), first(SENTENCES)].filter((text) => text !== undefined).join(': ') || body;
  } catch {
    return body === '' ? null : body;
  }
}

function cut(text: string | null): string | null {
  return text === null ? null : shortened(text, LONGEST);
}
