import { describe, expect, it } from 'vitest';
import { diagnosed } from '../../../fixtures/diagnosed.ts';
import { timeline } from '../../../fixtures/timeline-builder.ts';

describe('4401 and 4403', () => {
  it.each([4401, 4403])(
    '%i is likely the application where a token was shown, and ambiguous where none was',
    (code) => {
      const shown = diagnosed(timeline().credentialed('mint').opened().closed(code));
      expect(shown).toMatchObject({ cause: 'closed-with-error', confidence: 'likely' });
      const bare = diagnosed(timeline().opened().closed(code));
      expect(bare).toMatchObject({ cause: 'closed-with-error', domain: 'application', confidence: 'ambiguous' });
      expect(bare?.rivals.map(({ cause }) => cause)).toEqual(['credentials-refused']);
      expect(bare?.hint).toMatch(/^no token was sent, which may be all there is to it: set JWT_SECRET_KEY/);
    },
  );
});
