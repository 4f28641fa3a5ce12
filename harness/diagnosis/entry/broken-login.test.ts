import { describe, expect, it } from 'vitest';
import { verdictOn } from '../../../fixtures/diagnosed.ts';
import { answer, type TimelineBuilder, timeline } from '../../../fixtures/timeline-builder.ts';
import type { Answer } from '../../timeline/observation.ts';

const ladder = (login: Parameters<TimelineBuilder['rung']>[1], health: Answer | null = answer(200)) =>
  timeline('ladder', 'ladder').rung('health', { answer: health }).rung('credentials', login);
const passing = (built: TimelineBuilder) => built.on('alice').opened().welcomed().asked().five().settled().left();
const failed = (facts: { readonly status?: number; readonly code?: string }) => ({
  facts: { devLogin: 'failed', status: facts.status ?? null, code: facts.code ?? null, absent: false },
});

describe('a run that keeps every promise without a token', () => {
  it.each([500, 502, 503, 429, 408])('is blocked where the development login was answered %i', (status) => {
    const verdict = verdictOn(passing(ladder({ ...failed({ status }), answer: answer(status) })));
    expect(verdict).toMatchObject({
      outcome: 'blocked',
      diagnosis: {
        ...{ cause: 'auth-service-unavailable', phase: 'credentials', confidence: 'certain' },
        ...{ answeredBy: 'server', rivals: [] },
      },
    });
    expect(verdict.diagnosis?.summary).toContain(`answered ${status}`);
  });

  it('is blocked, in doubt, where that login hangs on a host that answers otherwise', () => {
    const verdict = verdictOn(passing(ladder(failed({ code: 'DEADLINE' }))));
    expect(verdict).toMatchObject({
      outcome: 'blocked',
      diagnosis: {
        ...{ cause: 'auth-service-unavailable', confidence: 'likely', answeredBy: 'none' },
        rivals: [{ cause: 'config-invalid' }],
      },
    });
  });

  it('passes where nothing at all answers over HTTP beside the socket', () => {
    const mute = timeline('ladder', 'ladder')
      .rung('health', {})
      .rung('credentials', failed({ code: 'DEADLINE' }));
    expect(verdictOn(passing(mute)).outcome).toBe('passed');
  });

  it('is blocked where that login alone answers over HTTP, and says 503', () => {
    const login = { ...failed({ status: 503 }), answer: answer(503) };
    expect(verdictOn(passing(ladder(login, null))).outcome).toBe('blocked');
  });

  it('passes where only the socket has answered over HTTP', () => {
    const mute = timeline('ladder', 'ladder')
      .rung('health', {})
      .rung('credentials', failed({ code: 'DEADLINE' }))
      .rung('upgrade', { answer: answer(101) });
    expect(verdictOn(passing(mute)).outcome).toBe('passed');
  });

  it('passes where the target offers no development login', () => {
    const absent = { facts: { devLogin: 'not offered', status: 404, code: null, absent: true }, answer: answer(404) };
    expect(verdictOn(passing(ladder(absent))).outcome).toBe('passed');
  });
});
