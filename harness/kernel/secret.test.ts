import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { Secret } from './secret.ts';

describe('a secret', () => {
  const secret = new Secret('never-shown-0123');

  it.each([
    ['text', String(secret)],
    ['JSON', JSON.stringify({ secret })],
    ['inspection', inspect({ secret }, { depth: 5, showHidden: true })],
  ])('as %s is masked', (_how, shown) => {
    expect(shown).toContain('[secret]');
    expect(shown).not.toContain('never-shown');
  });

  it('is given away by reveal alone', () => {
    expect(secret.reveal()).toBe('never-shown-0123');
  });
});
