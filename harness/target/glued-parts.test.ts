import { expect, it } from 'vitest';
import { Secret } from '../kernel/secret.ts';
import { GluedParts } from './glued-parts.ts';
import { redactor } from './redact.ts';

const SIGNATURE = 'q7Zp-4xT_mB2vKd9sWfL0aYcRgHn3JtU';
const TOKEN = `eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbGljZSJ9.${SIGNATURE}`;

it.each([
  `sig_${SIGNATURE}`,
  `sig-${SIGNATURE}-end`,
  `x${SIGNATURE}y`,
  `${SIGNATURE}${SIGNATURE}`,
  `a sentence of some length before x${SIGNATURE}`,
  `X${SIGNATURE.toUpperCase()}Y`,
])('the signature of a token leaves in no company: %s', (text) => {
  const clean = redactor([new Secret(TOKEN)]).redact(text);
  expect(clean.toLowerCase()).not.toContain(SIGNATURE.toLowerCase());
});

it('what only begins like a part stays, and so does every other text', () => {
  const parts = new GluedParts();
  const same = `${SIGNATURE.slice(0, 20)} and "${'a'.repeat(40)}"`;
  expect(parts.masked(same, '*')).toBe(same);
  parts.add(SIGNATURE);
  parts.add(SIGNATURE.slice(0, 24));
  parts.add('short');
  expect(parts.masked(same, '*')).toBe(same);
  expect(parts.masked('short', '*')).toBe('short');
  expect(parts.masked(`${SIGNATURE}!`, '*')).toBe('*!');
  expect(parts.masked(`${SIGNATURE.slice(0, 30)}!`, '*')).toBe(`*${SIGNATURE.slice(24, 30)}!`);
});
