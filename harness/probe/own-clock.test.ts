import { describe, expect, it } from 'vitest';
import { rigFor, seen, settingsFor } from '../../fixtures/test-rig.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Rig } from '../session/rig.ts';
import { ownClock } from './own-clock.ts';

const START = Date.parse('2026-01-02T03:04:00Z');

/** A clock that stands 5 s after the start, its wall `jumpMs` further. */
function clockAt(jumpMs: number): Clock {
  return { nowMs: () => 6000, wallMs: () => START + 5000 + jumpMs, after: () => () => undefined };
}

function found(jumpMs: number, look: (rig: Rig) => void = () => undefined) {
  const rig = rigFor(settingsFor('ws://127.0.0.1:1/ws'), { clock: clockAt(jumpMs) });
  look(rig);
  ownClock(rig, 'alice', { startedAt: new Date(START).toISOString(), startedAtMs: 1000 });
  return seen(rig, 'probed', 'alice').at(-1);
}

const dated = (date: string) => (rig: Rig) => {
  const headers = { date };
  rig.recorder.note('alice', {
    kind: 'refused',
    attempt: 1,
    answer: { status: 503, headers, bodyHead: '' },
    tookMs: 200,
  });
};

describe('our own clock', () => {
  it('is right where it agrees with the target and went as the monotonic one', () => {
    expect(found(0, dated('Fri, 02 Jan 2026 03:04:05 GMT'))).toMatchObject({
      probe: 'own-clock',
      ok: true,
      facts: { offsetMs: 600, uncertaintyMs: 600, jumpMs: 0 },
      detail: 'the clock of the target agrees with ours within 600 ms; ours did not jump',
    });
  });

  it('is wrong where the target is half a minute away', () => {
    expect(found(0, dated('Fri, 02 Jan 2026 03:14:05 GMT'))).toMatchObject({ ok: false, facts: { offsetMs: 600_600 } });
    const behind = found(0, dated('Fri, 02 Jan 2026 02:54:05 GMT'));
    expect(behind?.detail).toMatch(/^the clock of the target is 599400 ms behind us, ±/);
  });

  it('is wrong where it jumped', () => {
    expect(found(-3000)).toMatchObject({ ok: false, facts: { offsetMs: null, uncertaintyMs: null, jumpMs: -3000 } });
    expect(found(90)).toMatchObject({ ok: true });
  });

  it('is compared with whatever answer has a date', () => {
    const opened = found(0, (rig) =>
      rig.recorder.note('alice', {
        kind: 'opened',
        attempt: 1,
        subprotocol: '',
        headers: { date: 'Fri, 02 Jan 2026 03:04:05 GMT' },
        tookMs: 0,
      }),
    );
    expect(opened?.facts.offsetMs).toBe(500);
    expect(found(0, dated('soon'))?.facts.offsetMs).toBeNull();
  });
});
