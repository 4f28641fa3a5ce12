import { describe, expect, it } from 'vitest';
import { answer, type TimelineBuilder, timeline } from '../../fixtures/timeline-builder.ts';
import { PHASES, type Phase } from '../timeline/observation.ts';
import { followUp, foundNobody, probedOn, reachedTcp } from './follow-ups.ts';

const trouble = (phase: Phase) => ({ phase, code: 'DEADLINE', message: '' });
const pings = (): TimelineBuilder => timeline().probe('ping').on('bob').probe('ping', { ok: false });
const fresh = (seen: Parameters<TimelineBuilder['probe']>[1]) => {
  const probe = followUp(timeline().probe('fresh-upgrade', seen).run(), 'fresh-upgrade');
  if (probe === null) throw new Error('nothing was probed');
  return probe;
};

describe('a follow-up', () => {
  it('is the last of its kind, on any session or on one', () => {
    const run = pings().probe('own-clock').run();
    expect(followUp(run, 'ping')?.session).toBe('bob');
    expect(probedOn(run, 'alice', 'ping')?.session).toBe('alice');
    expect(followUp(run, 'bogus-path')).toBeNull();
    expect(probedOn(run, 'alice', 'own-clock')).toBeNull();
  });

  it('is none where it was made before what it should follow, and does not follow itself', () => {
    const run = pings().run();
    const last = followUp(run, 'ping')?.seq ?? 0;
    expect(followUp(run, 'ping', last - 1)?.seq).toBe(last);
    expect(followUp(run, 'ping', last)).toBeNull();
    expect(followUp(timeline().probe('ping').run(), 'ping')?.seq).toBe(1);
  });

  it.each([
    [499, false],
    [500, true],
    [503, true],
  ])('that is answered %i finds nobody: %s', (status, is) => {
    expect(foundNobody(fresh({ ok: false, answer: answer(status) }))).toBe(is);
  });

  it('finds nobody where nobody answers, and somebody where it is let in', () => {
    expect(foundNobody(fresh({ ok: false, trouble: trouble('tcp') }))).toBe(true);
    expect(foundNobody(fresh({}))).toBe(false);
  });
});

describe('a probe that reached a listening port', () => {
  it('was let in, or answered in whatever way', () => {
    expect(reachedTcp(fresh({}))).toBe(true);
    expect(reachedTcp(fresh({ ok: false, answer: answer(503) }))).toBe(true);
    expect(reachedTcp(fresh({ ok: false }))).toBe(false);
  });

  it('else came to grief in what begins behind the port', () => {
    const reached = PHASES.filter((phase) => reachedTcp(fresh({ ok: false, trouble: trouble(phase) })));
    expect(reached).toEqual(['tls', 'health', 'upgrade']);
  });
});
