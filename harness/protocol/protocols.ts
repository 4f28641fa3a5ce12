import { netra } from './netra/netra.ts';
import type { Profile } from './profile.ts';

/** Every protocol that the harness speaks, by name. */
export const PROFILES: { readonly [name: string]: Profile } = { netra };

/** The profile of that name, or `null`. */
export function profileNamed(name: string): Profile | null {
  return Object.hasOwn(PROFILES, name) ? (PROFILES[name] ?? null) : null;
}
