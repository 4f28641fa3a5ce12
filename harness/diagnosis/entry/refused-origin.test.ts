import { describe, expect, it } from 'vitest';
import { diagnosed } from '../../../fixtures/diagnosed.ts';
import { answer, timeline } from '../../../fixtures/timeline-builder.ts';

const refused = (status: number, body: string) => timeline().refused(status, body);

describe('an Origin', () => {
  const closed = (facts: { readonly welcomed: boolean }) =>
    timeline()
      .credentialed('mint')
      .opened()
      .closed(1008)
      .probe('other-origin', { facts: { origin: 'none', ...facts } });

  it('is not what a 1008 is about where another is not welcomed either', () => {
    expect(diagnosed(closed({ welcomed: false }))?.cause).toBe('credentials-refused');
  });

  it('is named with the one that is let in', () => {
    const found = diagnosed(closed({ welcomed: true }));
    expect(found?.summary).toMatch(/; the same connection without any Origin is let in$/);
    expect(found?.hint).toMatch(/^without any Origin, the same token is let in: add the origin/);
  });

  it.each([401, 403])('that is refused with %i without a word is named by the one that is let in', (status) => {
    const others = timeline()
      .credentialed('mint')
      .refused(status)
      .probe('without-token', { ok: false, answer: answer(status) })
      .probe('other-origin', { facts: { origin: 'none' } });
    expect(diagnosed(others)).toMatchObject({ cause: 'origin-refused', confidence: 'certain' });
  });

  it('that is refused in words stays likely where no other is let in', () => {
    const others = refused(403, 'Origin not allowed').probe('other-origin', {
      ok: false,
      answer: answer(403),
      facts: { origin: 'none' },
    });
    expect(diagnosed(others)).toMatchObject({ cause: 'origin-refused', confidence: 'likely' });
    const unasked = diagnosed(refused(403, 'Origin not allowed'));
    expect(unasked).toMatchObject({ cause: 'origin-refused', confidence: 'likely' });
    expect(unasked?.rivals.map(({ cause }) => cause)).toEqual(['upgrade-refused']);
  });
});
