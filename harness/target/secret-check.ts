import { Secret } from '../kernel/secret.ts';
import type { Found } from './layers.ts';
import type { Problem } from './settings.ts';
import { illegalInHeader } from './settings-schema.ts';

/** What stands where a secret should: the words that scripts and templates leave behind. */
const LITERALS =
  /^(?:undefined|null|none|nil|nan|true|false|changeme|change[-_ ]me|todo|tbd|placeholder|x{3,12}|your[-_ ].*|<.*>|\$\{.*\}?|\$[A-Z_]+|\[object .*\])$/i;

/** Whether a value is a left-behind word and no secret at all. */
export function isLiteral(value: string): boolean {
  return LITERALS.test(value.trim());
}

/** A secret as it was found, or the one problem with it; the value is in neither. `travels`: in an HTTP header. */
export function checkedSecret(of: {
  readonly name: string;
  readonly found: Found | null;
  readonly hint: string;
  readonly shortest?: number;
  readonly travels?: boolean;
}): { readonly secret: Secret; readonly problem: null } | { readonly secret: null; readonly problem: Problem } {
  const { name, found, hint, shortest = 1 } = of;
  const from = found === null || found.source === name ? name : `${name} (${found.source})`;
  const missing = (message: string) => ({
    secret: null,
    problem: { code: 'secret-missing', setting: name, message, hint } as const,
  });
  if (found === null) return missing(`${name} is not set`);
  if (found.value.trim() === '') return missing(`${from} is set but empty`);
  if (isLiteral(found.value)) return missing(`${from} is a placeholder word, not a secret`);
  if (found.value.length < shortest)
    return missing(`${from} is ${found.value.length} characters long, under the ${shortest} that HS256 needs`);
  const illegal = of.travels === true ? illegalInHeader(found.value) : null;
  if (illegal === null) return { secret: new Secret(found.value), problem: null };
  const message = `${from} holds character code ${illegal}, which no HTTP header can carry`;
  const cure = 'take it out: a line end behind a pasted secret is the usual cause';
  return { secret: null, problem: { code: 'config-invalid', setting: name, message, hint: cure } };
}
