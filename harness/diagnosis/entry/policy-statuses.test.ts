import { describe, expect, it } from 'vitest';
import { diagnosed } from '../../../fixtures/diagnosed.ts';
import { timeline } from '../../../fixtures/timeline-builder.ts';

const CAP = '{"error":"too many connections for this user"}';

describe('an upgrade that was refused with words of a cap', () => {
  it.each([400, 401, 403, 409, 429, 503])('met it where the status is %i', (status) => {
    expect(diagnosed(timeline().refused(status, CAP))?.cause).toBe('connection-limit');
  });

  it.each([404, 418, 500, 502, 504])('met something else where the status is %i', (status) => {
    expect(diagnosed(timeline().refused(status, CAP))?.cause).not.toBe('connection-limit');
  });
});

describe('a 401 with words of a cap', () => {
  it('met the cap where it only mentions the token, and is about the token where it says so', () => {
    const found = (body: string) => diagnosed(timeline().credentialed('mint').refused(401, body));
    expect(found('{"error":"too many connections with this token"}')).toMatchObject({
      cause: 'connection-limit',
      domain: 'infrastructure',
    });
    const refused = found('{"error":"invalid token: anonymous connections are over the limit"}');
    expect(refused?.cause).toBe('credentials-refused');
  });
});

describe('a 401 that says that the service is not ready', () => {
  it('means that where nobody had a token to show, and any path says the same', () => {
    const words = '{"detail":"service is not ready"}';
    const refused = () => timeline().refused(401, words);
    const bogus = (body: string) => ({ ok: false, answer: { status: 401, headers: {}, bodyHead: body } });
    expect(diagnosed(refused().probe('bogus-path', bogus(words)))?.cause).toBe('not-ready');
    expect(diagnosed(refused().probe('bogus-path', bogus('')))?.cause).toBe('credentials-refused');
  });
});

describe('an upgrade that was refused', () => {
  it.each([
    [400, 'Request Header Or Cookie Too Large'],
    [400, 'header field too large'],
    [400, 'header fields too large'],
    [400, 'header too long'],
    [400, 'headers too big'],
    [400, 'headers too large'],
    [413, ''],
    [431, ''],
  ])('for headers that are too long says which to leave out: %i %j', (status, body) => {
    const found = diagnosed(timeline().refused(status, body));
    expect(found?.cause).toBe('upgrade-refused');
    expect(found?.hint).toContain('AGENT_EVENTS_TOKEN_CARRIER');
  });

  it('for anything else speaks of no carrier', () => {
    expect(diagnosed(timeline().refused(400, 'bad request'))?.hint).not.toContain('AGENT_EVENTS_TOKEN_CARRIER');
  });

  it.each(['client certificate required', 'client certificate is required', 'client certificate missing'])(
    'wants a certificate: %s',
    (body) => {
      expect(diagnosed(timeline().refused(400, body))?.cause).toBe('tls-client-certificate');
    },
  );
});
