import { describe, expect, it } from 'vitest';
import { timeline } from '../../fixtures/timeline-builder.ts';
import { cutByOurFault } from './expected.ts';

const closedAfter = (fault: string, ms: number) => {
  const run = timeline()
    .opened()
    .note({ kind: 'faulted', fault, towards: 'client' })
    .wait(ms)
    .closed(1006, '', 'fin')
    .run();
  return run.sessions.some(cutByOurFault);
};

describe('an end that a fault of ours asked for', () => {
  it.each([
    'sever',
    'cut',
    'reset',
    'drop',
    'close',
    'closing',
    'kill',
    'down',
    'restart',
    'stop',
    'blackhole',
    'stall',
    'freeze',
    'terminate',
    'disconnect',
  ])('is explained by %s, whenever it came', (fault) => {
    expect(closedAfter(fault, 60_000)).toBe(true);
  });

  it.each([
    [1000, true],
    [1001, false],
  ])('is explained by any other %i ms later: %s', (ms, is) => {
    expect(closedAfter('delay', ms)).toBe(is);
  });

  it('is explained by none that came later, or never', () => {
    const later = timeline()
      .opened()
      .closed(1006, '', 'fin')
      .note({ kind: 'faulted', fault: 'cut', towards: 'client' });
    expect(later.run().sessions.some(cutByOurFault)).toBe(false);
    expect(timeline().opened().run().sessions.some(cutByOurFault)).toBe(false);
  });
});
