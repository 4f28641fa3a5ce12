import { describe, expect, it } from 'vitest';
import { OWN_CODES } from './observation.ts';
import { troubleWords } from './trouble-words.ts';

describe('a trouble in words', () => {
  it('holds a code of the system once, for people look it up', () => {
    expect(troubleWords({ code: 'ECONNRESET', message: 'read ECONNRESET' })).toBe('read ECONNRESET');
    expect(troubleWords({ code: 'CERT_HAS_EXPIRED', message: 'expired' })).toBe('expired (CERT_HAS_EXPIRED)');
    expect(troubleWords({ code: 'EPIPE', message: '' })).toBe('EPIPE');
  });

  it.each(Object.values(OWN_CODES))('leaves our own %s out', (code) => {
    expect(troubleWords({ code, message: '3000 ms passed' })).toBe('3000 ms passed');
    expect(troubleWords({ code, message: '' })).toBe('no answer');
  });
});
