import { describe, expect, it } from 'vitest';
import { diagnosed } from '../../../fixtures/diagnosed.ts';
import { answer, timeline } from '../../../fixtures/timeline-builder.ts';

const TIL = Date.parse('2026-02-01T00:00:00Z');
const good = (expiresAtMs = TIL) => timeline().credentialed('mint', expiresAtMs).opened().welcomed().left();

/** A good token that is let in, so many that must not be, and the good one once more. */
function shutOut(kinds: readonly string[], expiresAtMs = TIL) {
  const built = good(expiresAtMs);
  for (const kind of kinds) built.on(`token:${kind}`, 'probe', 'alice').credentialed('mint').refused(403);
  return built.on('alice').wait(10).credentialed('mint', expiresAtMs);
}
const bare = { ok: false, answer: answer(403) };

describe('a good token that is kept out after others were refused', () => {
  it('says that the target shuts this client out, and names what the timeline has not disproved alone', () => {
    const built = shutOut(['no-token', 'empty-token', 'garbage']).refused(403, 'banned');
    const found = diagnosed(built.probe('without-token', bare).probe('bogus-path', bare));
    expect(found).toMatchObject({ cause: 'upgrade-refused', domain: 'infrastructure', confidence: 'likely' });
    expect(found?.rivals.map(({ cause }) => cause)).toEqual(['rate-limited']);
    expect(found?.summary).toMatch(
      /saying "banned", although the same token was let in before: 3 tokens that must be refused were tried in between \(no-token, empty-token, garbage\)$/,
    );
    expect(found?.hint).toMatch(/^the target shuts this client out, or breaks, after so many refusals: wait until/);
    expect(found?.evidence.map(({ kind }) => kind)).toContain('opened');
  });

  it('counts one, and lists no more than five', () => {
    expect(diagnosed(shutOut(['garbage']).refused(403))?.summary).toMatch(/: 1 token that must be refused was tried/);
    const six = ['no-token', 'empty-token', 'garbage', 'truncated', 'wrong-user', 'wrong-key'];
    expect(diagnosed(shutOut(six).refused(403))?.summary).toMatch(/\(no-token, .*, wrong-user, …\)$/);
  });

  it('is what it says where the target breaks instead, with the same hint before its own', () => {
    const found = diagnosed(shutOut(['garbage']).refused(503));
    expect(found?.cause).toBe('service-unavailable');
    expect(found?.summary).toContain('although the same token was let in before');
    expect(found?.hint).toMatch(/^the target shuts this client out/);
    expect(diagnosed(shutOut(['garbage']).failed({ code: 'ECONNREFUSED' }))?.summary).toContain('let in before');
  });

  it('is no such thing where nothing was tried in between, another token was let in, or it expired since', () => {
    expect(diagnosed(shutOut([]).refused(403))?.summary).not.toContain('let in before');
    const other = good().on('token:garbage', 'probe', 'alice').refused(403).on('alice').wait(1);
    other.note({ kind: 'credentialed', source: 'mint', subject: 'alice', expiresAtMs: null, fingerprint: '1' });
    expect(diagnosed(other.refused(403))?.summary).not.toContain('let in before');
    const ran = shutOut(['garbage'], Date.parse('2026-01-01T00:00:00Z')).refused(403);
    expect(diagnosed(ran)).toMatchObject({ cause: 'credentials-refused', confidence: 'certain' });
  });

  it('stays about the token where a 401 says so, which may have been revoked', () => {
    const found = diagnosed(shutOut(['garbage']).refused(401, '', { 'www-authenticate': 'Bearer' }));
    expect(found).toMatchObject({ cause: 'credentials-refused', domain: 'harness', confidence: 'likely' });
    expect(found?.rivals.map(({ cause }) => cause)).toEqual(['upgrade-refused', 'rate-limited']);
    expect(found?.summary).toContain('although the same token was let in before');
  });
});
