import { describe, expect, it } from 'vitest';
import { diagnosed } from '../../fixtures/diagnosed.ts';
import { cutAfter, ended, GONE, midRun, repeats } from '../../fixtures/mid-run.ts';
import { timeline } from '../../fixtures/timeline-builder.ts';

describe('of two signs the earlier in this order counts', () => {
  const said = (code: string, message: string) =>
    midRun().received({ type: 'error_message', error_code: code, error_message: message });

  it.each([
    ['a round age over a follow-up that is refused', cutAfter(60).probe('fresh-upgrade', GONE), 'idle-cut'],
    [
      'a refused follow-up over the repetition',
      repeats(ended(midRun(), 'fin').probe('fresh-upgrade', GONE)).closed(1006, '', 'fin').settled('closed', 'again'),
      'connection-lost',
    ],
    [
      'a close frame over a socket error',
      midRun().closed(1012, '', 'frame', 'ECONNRESET').settled('closed'),
      'connection-lost',
    ],
    ['a close frame over EPIPE', midRun().closed(1009, '', 'frame', 'EPIPE').settled('closed'), 'closed-with-error'],
    [
      'an error in words over a close code',
      said('NOT_READY', 'Service not ready').closed(1011, 'main mode error').settled('closed'),
      'not-ready',
    ],
    ['an error in words over a restart', said('AGENT_ERROR', 'boom').closed(1012).settled('closed'), 'run-failed'],
    [
      'a code of the error over the fingerprint of an answer',
      timeline().refused(503).failed({ phase: 'tls', code: 'CERT_HAS_EXPIRED' }, 2),
      'tls-expired',
    ],
    [
      'the upgrade without the token over that with another Origin',
      timeline()
        .credentialed('mint')
        .refused(403)
        .probe('without-token')
        .probe('other-origin', { facts: { origin: 'none' } }),
      'credentials-refused',
    ],
  ])('%s', (_what, built, cause) => {
    expect(diagnosed(built)?.cause).toBe(cause);
  });
});
