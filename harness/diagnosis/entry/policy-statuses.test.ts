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
