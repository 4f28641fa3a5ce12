import { Secret } from '../kernel/secret.ts';
import type { EmbeddedTarget } from './auth-plan.ts';
import type { Layers } from './layers.ts';
import { isLiteral } from './secret-check.ts';
import { secretMembers } from './signing-key.ts';
import { SECRET_VARIABLES, type Variable } from './variables.ts';

/** Every secret value that is known before the run begins, used by it or not: what must never be printed. */
export function knownSecrets(
  layers: Layers,
  embedded: EmbeddedTarget | null,
  proxies: readonly URL[],
): readonly Secret[] {
  const named = layers.names.filter((name): name is Variable => /^JWT_SECRET_/.test(name));
  const values = [...new Set<Variable>([...SECRET_VARIABLES, ...named])].flatMap(
    (name) => layers.said(name)?.value ?? [],
  );
  const own = embedded === null ? [] : [embedded.simulationKey, embedded.jwtSecret];
  const passwords = proxies.flatMap(({ password }) => (password === '' ? [] : [password, decoded(password)]));
  const secrets = [...new Set([...values, ...own, ...passwords])]
    .filter((value) => !isLiteral(value))
    .map((value) => new Secret(value));
  return [...secrets, ...secrets.flatMap(secretMembers)];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
