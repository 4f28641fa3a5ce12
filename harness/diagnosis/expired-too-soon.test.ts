import { describe, expect, it } from 'vitest';
import { diagnosed } from '../../fixtures/diagnosed.ts';
import { timeline } from '../../fixtures/timeline-builder.ts';
import { HEADER } from '../../fixtures/timeline-header.ts';

const START_MS = Date.parse(HEADER.startedAt);
const JSON_TYPE = { 'content-type': 'application/json' };
const midRun = (expiresAtMs: number | null) =>
  timeline().credentialed('mint', expiresAtMs).opened().welcomed().asked().event('agent_started');
const WORD = { type: 'error', data: { error_code: 'TOKEN_EXPIRED', message: 'token expired' } };

describe('a word that the token has expired', () => {
  const said = (expiresAtMs: number | null) =>
    diagnosed(midRun(expiresAtMs).received(WORD).closed(1008, 'token expired').settled('closed'));

  it('is not certain where by our own clock it has not', () => {
    const found = said(START_MS + 300_000);
    expect(found).toMatchObject({ cause: 'credentials-refused', confidence: 'likely' });
    expect(found?.rivals.map(({ cause }) => cause)).toEqual(['clock-skew', 'run-failed']);
    expect(found?.hint).toMatch(/^by our own clock the token is valid for another \d+\.\d s: compare the clock/);
  });

  it('is certain where it has, or has no expiry that we know of', () => {
    expect(said(START_MS)).toMatchObject({ cause: 'credentials-refused', confidence: 'certain' });
    expect(said(START_MS)?.hint).toMatch(/^the token had expired/);
    expect(said(null)).toMatchObject({ confidence: 'certain', rivals: [] });
  });

  it('is doubted in the reason of a close as well, and at the upgrade', () => {
    const ended = midRun(START_MS + 300_000)
      .closed(1008, 'token expired')
      .settled('closed');
    expect(diagnosed(ended)?.rivals.map(({ cause }) => cause)).toEqual(['clock-skew', 'closed-with-error']);
    const refused = timeline().credentialed('mint', START_MS + 300_000);
    const upgrade = diagnosed(refused.refused(401, '{"detail":"Token has expired"}', JSON_TYPE));
    expect(upgrade).toMatchObject({ cause: 'credentials-refused', confidence: 'likely' });
    expect(upgrade?.rivals.map(({ cause }) => cause)).toEqual(['clock-skew', 'upgrade-refused']);
  });

  it('changes nothing where the words are of something else', () => {
    const invalid = timeline().credentialed('mint', START_MS + 300_000);
    expect(diagnosed(invalid.refused(401, '{"detail":"invalid token"}', JSON_TYPE))?.confidence).toBe('certain');
  });
});
