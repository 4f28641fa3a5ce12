import { describe, expect, it } from 'vitest';
import { rigFor, settingsFor } from '../../fixtures/test-rig.ts';
import type { Clock } from '../kernel/clock.ts';
import { systemClock } from '../session/system-clock.ts';
import { within } from './within.ts';

/** A clock whose every deadline has passed as soon as it is asked for, and what each was, in milliseconds. */
function hasty(): { readonly clock: Clock; readonly asked: number[] } {
  const asked: number[] = [];
  const after: Clock['after'] = (ms, fire) => {
    asked.push(ms);
    return systemClock.after(0, fire);
  };
  return { asked, clock: { ...systemClock, after } };
}

async function endless(
  atMostMs?: number,
): Promise<{ readonly asked: readonly number[]; readonly code: string | undefined }> {
  const { clock, asked } = hasty();
  const rig = rigFor(settingsFor('ws://127.0.0.1:9/ws', { graceMs: 500 }, 20_000), { clock });
  const { trouble } = await within(rig, {
    phase: () => 'tls',
    run: () => new Promise(() => undefined),
    ...(atMostMs === undefined ? {} : { atMostMs }),
  });
  return { asked, code: trouble?.code };
}

describe('an errand', () => {
  it('is waited for as long as a dial', async () => {
    expect(await endless()).toEqual({ asked: [20_500], code: 'DEADLINE' });
  });

  it('is waited for no longer than it says itself', async () => {
    expect(await endless(3000)).toEqual({ asked: [3000], code: 'DEADLINE' });
  });

  it('has no more time than a dial, whatever it says', async () => {
    expect((await endless(60_000)).asked).toEqual([20_500]);
  });
});
