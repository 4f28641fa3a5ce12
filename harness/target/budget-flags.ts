import { HarnessError } from '../kernel/errors.ts';
import { nonEmpty } from '../kernel/list.ts';
import { type Budgets, LEGS, type Leg } from '../timeline/header.ts';
import type { Problem } from './settings.ts';
import { unknown } from './settings-schema.ts';

/** A day: more is a slip of the keyboard. */
const MOST_MS = 86_400_000;

/** `LEG=MS` flags as text by leg, the last one of a leg winning; an unknown leg is a problem. */
export function budgetTexts(flags: readonly string[]): {
  readonly texts: ReadonlyMap<Leg, string>;
  readonly problems: readonly Problem[];
} {
  const texts = new Map<Leg, string>();
  const problems = flags.flatMap((flag): readonly Problem[] => {
    const [word = '', text = ''] = flag.split(/=(.*)/s);
    const leg = LEGS.find((candidate) => candidate === word);
    if (leg !== undefined) {
      texts.set(leg, text);
      return [];
    }
    const { refused: message, hint } = unknown('leg', word, LEGS);
    return [{ code: 'config-invalid', setting: '--budget', message, hint }];
  });
  return { texts, problems };
}

/** The budgets with these legs' max replaced; a target above its new max comes down with it. */
export function limited(budgets: Budgets, max: { readonly [leg: string]: number | undefined }): Budgets {
  const legs = LEGS.map((leg) => {
    const { targetMs, maxMs } = budgets[leg];
    const limit = max[leg] ?? maxMs;
    return [leg, { targetMs: Math.min(targetMs, limit), maxMs: limit }] as const;
  });
  return { ...budgets, ...Object.fromEntries(legs) };
}

/** The budgets as `--budget LEG=MS` flags change them. Throws one `config-invalid` that names every unsound flag. */
export function withBudgets(budgets: Budgets, flags: readonly string[]): Budgets {
  const { texts, problems } = budgetTexts(flags);
  const unsound = [...texts].filter(([, text]) => !isTime(text));
  const wrong = nonEmpty([
    ...problems,
    ...unsound.map(([leg, text]) => ({
      message: `--budget ${leg}: "${text}" is no time in milliseconds`,
      hint: 'a whole number above 0',
    })),
  ]);
  if (wrong !== null)
    throw new HarnessError('config-invalid', wrong.map(({ message }) => message).join('; '), wrong[0].hint);
  return limited(budgets, Object.fromEntries([...texts].map(([leg, text]) => [leg, Number(text)])));
}

function isTime(text: string): boolean {
  return /^\d+$/.test(text) && Number(text) >= 1 && Number(text) <= MOST_MS;
}
