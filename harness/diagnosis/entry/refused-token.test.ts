import { describe, expect, it } from 'vitest';
import { diagnosed } from '../../../fixtures/diagnosed.ts';
import { answer, timeline } from '../../../fixtures/timeline-builder.ts';

const JSON_TYPE = { 'content-type': 'application/json' };
const HTML = { 'content-type': 'text/html' };

describe('a 401 or 403 at the upgrade', () => {
  const probes = (tokenless: number | 101, bogus: number | null, body = '') => {
    const built = timeline().credentialed('mint').refused(403, body);
    built.probe(
      'without-token',
      tokenless === 101 ? {} : { ok: false, answer: { status: tokenless, headers: {}, bodyHead: body } },
    );
    return bogus === null
      ? built
      : built.probe('bogus-path', { ok: false, answer: { status: bogus, headers: {}, bodyHead: body } });
  };

  it('is about the token where the same path lets nobody in particular in', () => {
    expect(diagnosed(probes(101, 404))).toMatchObject({
      cause: 'credentials-refused',
      confidence: 'certain',
      domain: 'harness',
    });
  });

  it('is likely about the token where the path demands one and a bogus path does not', () => {
    const found = diagnosed(probes(403, 404));
    expect(found).toMatchObject({ cause: 'credentials-refused', confidence: 'likely', domain: 'harness' });
    expect(found?.rivals.map(({ cause }) => cause)).toEqual(['upgrade-refused']);
    expect(found?.evidence.map(({ kind }) => kind)).toEqual(['refused', 'probed', 'probed']);
  });

  it('says nothing of the token where a bogus path is answered the same', () => {
    const found = diagnosed(probes(403, 403));
    expect(found).toMatchObject({ cause: 'upgrade-refused', confidence: 'ambiguous', domain: 'infrastructure' });
    expect(found?.rivals.map(({ cause }) => cause)).toEqual(['credentials-refused', 'upgrade-not-found']);
  });

  it('says nothing of the token without a probe of a bogus path', () => {
    expect(diagnosed(probes(403, null))?.cause).toBe('upgrade-refused');
    const bare = diagnosed(timeline().credentialed('mint').refused(401));
    expect(bare).toMatchObject({ cause: 'upgrade-refused', confidence: 'ambiguous' });
  });

  it('is not about the token where a page for people answers', () => {
    const page = '<html><title>403</title>Your client does not have permission to get URL /ws from this server.</html>';
    expect(diagnosed(probes(403, 404, page))).toMatchObject({
      cause: 'upgrade-refused',
      confidence: 'likely',
      answeredBy: 'platform',
    });
  });

  it.each([
    ['a challenge', timeline().credentialed('mint').refused(401, '', { 'www-authenticate': 'Bearer' })],
    [
      'a body that names the token',
      timeline().credentialed('mint').refused(401, '{"detail":"Token has expired"}', JSON_TYPE),
    ],
    ['a 403 whose body does', timeline().credentialed('mint').refused(403, '{"error":"invalid JWT"}', JSON_TYPE)],
  ])('is about the token where %s comes with it', (_title, built) => {
    expect(diagnosed(built)).toMatchObject({ cause: 'credentials-refused', confidence: 'certain' });
  });

  it.each([
    ['simulate', 'application'],
    ['login', 'application'],
    ['dev-login', 'application'],
    ['mint', 'harness'],
    ['token', 'harness'],
  ] as const)('of a token by %s is the trouble of the %s', (source, domain) => {
    const found = diagnosed(timeline().credentialed(source).refused(401, '', { 'www-authenticate': 'Bearer' }));
    expect(found).toMatchObject({ cause: 'credentials-refused', domain });
  });

  it('says so where the token had expired by our own clock', () => {
    const expired = (expiresAtMs: number | null) =>
      timeline().credentialed('token', expiresAtMs).refused(401, '', { 'www-authenticate': 'Bearer' });
    expect(diagnosed(expired(Date.parse('2026-01-01T00:00:00Z')))?.hint).toMatch(/^the token had expired/);
    expect(diagnosed(expired(Date.parse('2026-02-01T00:00:00Z')))?.hint).toMatch(/^check that secret/);
    expect(diagnosed(expired(null))?.hint).toMatch(/^check that secret/);
  });

  it('is ours whatever is answered, where the token was not valid by our own clock', () => {
    const expired = Date.parse('2026-01-01T00:00:00Z');
    const alike = { ok: false, answer: answer(403) };
    const bare = (built: ReturnType<typeof timeline>) =>
      diagnosed(built.refused(403).probe('without-token', alike).probe('bogus-path', alike));
    expect(bare(timeline().credentialed('token', expired))).toMatchObject({
      cause: 'credentials-refused',
      domain: 'harness',
      confidence: 'certain',
    });
    const early = { kind: 'credentialed', source: 'token', subject: 'u', expiresAtMs: null, fingerprint: '0' } as const;
    const found = bare(timeline().note({ ...early, notBeforeMs: Date.parse('2026-02-01T00:00:00Z') }));
    expect(found).toMatchObject({ cause: 'credentials-refused', domain: 'harness' });
    expect(found?.hint).toMatch(/^the token is not valid yet by our own clock/);
    expect(bare(timeline().note({ ...early, notBeforeMs: expired }))?.cause).toBe('upgrade-refused');
    const there = timeline().credentialed('token', expired);
    const valid = there.refused(403, '', { date: 'Wed, 31 Dec 2025 00:00:00 GMT' });
    expect(diagnosed(valid.probe('bogus-path', alike))?.cause).toBe('upgrade-refused');
  });

  it('is not certain where token, no token and a bogus path are answered alike', () => {
    const body = (id: number) => `{"error":"unauthorized","request":"${id}"}`;
    const alike = (id: number) => ({ ok: false, answer: answer(401, body(id)) });
    const built = timeline().credentialed('mint').refused(401, body(1), JSON_TYPE);
    const found = diagnosed(built.probe('without-token', alike(22)).probe('bogus-path', alike(333)));
    expect(found).toMatchObject({ cause: 'credentials-refused', confidence: 'likely', domain: 'harness' });
    expect(found?.rivals.map(({ cause }) => cause)).toEqual(['upgrade-refused', 'upgrade-not-found']);
  });

  it('is a matter of clocks where the target is past the expiry and we are not', () => {
    const skewed = (date: string) =>
      timeline()
        .credentialed('mint', Date.parse('2026-01-02T03:09:00Z'))
        .refused(401, '', { 'www-authenticate': 'Bearer', date });
    const ahead = diagnosed(skewed('Fri, 02 Jan 2026 03:14:06 GMT'));
    expect(ahead).toMatchObject({ cause: 'clock-skew', domain: 'harness' });
    expect(ahead?.summary).toBe('the clock of the target is 600.3 s ahead of ours, where our token is already expired');
    expect(diagnosed(skewed('Fri, 02 Jan 2026 02:54:06 GMT'))?.summary).toContain(
      'behind ours, where our token is not valid yet',
    );
    expect(diagnosed(skewed('Fri, 02 Jan 2026 03:04:07 GMT'))?.cause).toBe('credentials-refused');
    expect(diagnosed(skewed('no date'))?.cause).toBe('credentials-refused');
  });

  it('is not a matter of the token where HTML answers and nothing was probed', () => {
    expect(diagnosed(timeline().refused(403, '<html>', HTML))).toMatchObject({
      cause: 'upgrade-refused',
      confidence: 'likely',
    });
  });
});

describe('a refusal where no token was sent', () => {
  const login = (facts: { readonly [name: string]: string | number }) =>
    timeline('ladder', 'ladder').with({ authMode: 'dev-login' }).rung('credentials', { facts });
  const notOffered = () => login({ devLogin: 'not offered', status: 404 });
  const HINT = 'no token was sent: set JWT_SECRET_KEY, AGENT_EVENTS_TOKEN or AGENT_EVENTS_AUTH_MODE';

  it.each([
    ['a bare 401', notOffered().refused(401)],
    ['a 401 that says why', notOffered().refused(401, '{"detail":"Missing token"}', JSON_TYPE)],
    ['a 403 that says why', notOffered().refused(403, '{"detail":"not authenticated"}', JSON_TYPE)],
    ['a 401 in mode none', timeline().with({ authMode: 'none' }).refused(401)],
    ['a 401 after a login that was refused', login({ devLogin: 'failed', status: 403 }).refused(401)],
  ])('is ours with %s', (_title, built) => {
    const found = diagnosed(built);
    expect(found).toMatchObject({ cause: 'credentials-refused', domain: 'harness', confidence: 'certain' });
    expect(found?.hint).toBe(HINT);
  });

  it('is likely ours where a bogus path is answered otherwise', () => {
    const bogus = (status: number) =>
      diagnosed(
        notOffered()
          .refused(403)
          .probe('bogus-path', { ok: false, answer: answer(status) }),
      );
    expect(bogus(404)).toMatchObject({ cause: 'credentials-refused', domain: 'harness', confidence: 'likely' });
    const untied = bogus(403);
    expect(untied).toMatchObject({ cause: 'upgrade-refused', confidence: 'ambiguous' });
    expect(untied?.rivals[0]).toMatchObject({ cause: 'credentials-refused' });
    expect(untied?.rivals[0]?.check).toContain('JWT_SECRET_KEY');
  });

  it.each([
    ['answered 500', { devLogin: 'failed', status: 500 }, 'auth-service-unavailable', 'infrastructure'],
    ['reset', { devLogin: 'failed', code: 'ECONNRESET' }, 'auth-service-unavailable', 'infrastructure'],
    ['without a descriptor', { devLogin: 'failed', code: 'EMFILE' }, 'client-exhausted', 'harness'],
  ] as const)('is the trouble of the login that had to give one, %s', (_title, facts, cause, domain) => {
    const found = diagnosed(login(facts).refused(401, '{"detail":"Missing token"}', JSON_TYPE));
    expect(found).toMatchObject({ cause, domain, confidence: 'likely' });
    expect(found?.rivals.map((rival) => rival.cause)).toEqual(['credentials-refused']);
    expect(found?.summary).toContain('no token was sent, for the development login failed');
  });

  it('says nothing of a login that broke where something else refuses', () => {
    expect(diagnosed(login({ devLogin: 'failed', status: 500 }).refused(500))?.cause).toBe('upgrade-server-error');
  });

  it('is not excused by the token of another user', () => {
    const two = timeline().credentialed('dev-login').opened().welcomed().asked().five().settled().left();
    const found = diagnosed(two.on('bob').refused(401));
    expect(found).toMatchObject({ cause: 'credentials-refused', domain: 'harness' });
    const tokens = timeline().credentialed('dev-login').opened().welcomed().asked().five().settled().left();
    const bearer = tokens.on('bob').credentialed('dev-login').refused(401, '', { 'www-authenticate': 'Bearer' });
    expect(diagnosed(bearer)).toMatchObject({ cause: 'credentials-refused', domain: 'application' });
  });
});
