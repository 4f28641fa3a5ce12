import { describe, expect, it } from 'vitest';
import { diagnosed } from '../../../fixtures/diagnosed.ts';
import { answer, timeline } from '../../../fixtures/timeline-builder.ts';

const JSON_TYPE = { 'content-type': 'application/json' };
const OWN = '{"error":"user not in DB"}';
const bare = { ok: false, answer: answer(403) };
const alice = () => timeline().credentialed('mint').opened().welcomed().asked().five().settled().left();
const bob = (body = '', headers = {}) => alice().on('bob').credentialed('mint').refused(403, body, headers);

describe('a refusal of one user where another is let in', () => {
  it.each([
    ['by JSON', OWN, JSON_TYPE],
    ['by a page that the application has signed', '<html>', { 'content-type': 'text/html', 'x-trace-id': 'a' }],
  ])(
    'is certainly about that token where the application says so %s, and something else to none',
    (_title, body, headers) => {
      const found = diagnosed(bob(body, headers).probe('without-token', bare).probe('bogus-path', bare));
      expect(found).toMatchObject({ cause: 'credentials-refused', domain: 'harness', confidence: 'certain' });
      expect(found?.rivals).toEqual([]);
      expect(found?.hint).toMatch(
        /^the same path lets alice in with a token of their own: see whether this user exists/,
      );
    },
  );

  it('is likely about it where a bare answer is all there is, and no matter of the path', () => {
    const found = diagnosed(bob().probe('without-token', bare).probe('bogus-path', bare));
    expect(found).toMatchObject({ cause: 'credentials-refused', confidence: 'likely' });
    expect(found?.rivals.map(({ cause }) => cause)).toEqual(['upgrade-refused']);
  });

  it('is not about it where a page for people answers, or both travel with one token', () => {
    const page = bob('<html>Access denied', { 'content-type': 'text/html' }).probe('without-token', bare);
    expect(diagnosed(page)).toMatchObject({ cause: 'upgrade-refused', confidence: 'likely' });
    const shared = timeline().note({
      kind: 'credentialed',
      source: 'token',
      subject: 'u',
      expiresAtMs: null,
      fingerprint: '0',
    });
    shared.opened().welcomed().asked().five().settled().left().on('bob');
    shared.note({ kind: 'credentialed', source: 'token', subject: 'u', expiresAtMs: null, fingerprint: '0' });
    const one = diagnosed(shared.refused(403).probe('without-token', bare).probe('bogus-path', bare));
    expect(one).toMatchObject({ cause: 'upgrade-refused', confidence: 'ambiguous' });
  });
});

describe("the application's own answer to a token, and another to none", () => {
  const only = (body: string, probe: Parameters<ReturnType<typeof timeline>['probe']>[1]) =>
    diagnosed(
      timeline()
        .credentialed('mint')
        .refused(403, body, JSON_TYPE)
        .probe('without-token', probe)
        .probe('bogus-path', bare),
    );

  it('is likely about the token where nobody else was let in', () => {
    const found = only(OWN, bare);
    expect(found).toMatchObject({ cause: 'credentials-refused', confidence: 'likely' });
    expect(found?.rivals.map(({ cause }) => cause)).toEqual(['upgrade-refused']);
  });

  it('says nothing of it where none is told the same, or something that is no refusal', () => {
    expect(only(OWN, { ok: false, answer: answer(403, OWN) })?.cause).toBe('upgrade-refused');
    expect(only(OWN, { ok: false, answer: answer(502) })?.cause).toBe('upgrade-refused');
    expect(only(OWN, { ok: false })?.cause).toBe('upgrade-refused');
  });

  it('is a rule about tokens where a page answers them and lets in whoever has none', () => {
    const page = timeline().credentialed('mint').refused(403, '<html>', { 'content-type': 'text/html' });
    const found = diagnosed(page.probe('without-token'));
    expect(found).toMatchObject({ cause: 'upgrade-refused', domain: 'infrastructure', confidence: 'likely' });
    expect(found?.rivals.map(({ cause }) => cause)).toEqual(['credentials-refused']);
    expect(found?.hint).toMatch(
      /^a page for people answered the upgrade with our token, and the same without one is let in/,
    );
  });
});
