import { expect, test } from 'vitest';
import { netra } from './netra/netra.ts';
import { PROFILES, profileNamed } from './protocols.ts';

test('a profile is found by its name, and by nothing else', () => {
  expect(profileNamed('netra')).toBe(netra);
  for (const name of ['', 'Netra', 'toString', '__proto__']) expect(profileNamed(name)).toBeNull();
});

test('every profile is registered under its own name', () => {
  for (const [name, profile] of Object.entries(PROFILES)) expect(profile.name).toBe(name);
});
