import { describe, expect, it } from 'vitest';
import { Secret } from '../kernel/secret.ts';
import { redactor } from '../target/redact.ts';
import type { Observation } from '../timeline/observation.ts';
import { Recorder } from './recorder.ts';
import { systemClock } from './system-clock.ts';

const fresh = (): Recorder => new Recorder({ clock: systemClock });

describe('a recorder', () => {
  it('numbers what it is told from 0, and stamps it with the time that it is told', () => {
    const recorder = fresh();
    const first = recorder.note('alice', { kind: 'pinged' });
    const second = recorder.note('bob', { kind: 'ponged' }, 7);
    expect([first.seq, second.seq]).toEqual([0, 1]);
    expect(second).toEqual({ kind: 'ponged', seq: 1, atMs: 7, session: 'bob' });
    expect(recorder.observations).toEqual([first, second]);
  });

  it('tells its listeners in order until they stop, and only of what comes later', () => {
    const recorder = fresh();
    const heard: Observation[] = [];
    recorder.note('alice', { kind: 'pinged' });
    const stop = recorder.watch((seen) => heard.push(seen));
    recorder.note('alice', { kind: 'ponged' });
    stop();
    recorder.note('alice', { kind: 'was-pinged' });
    expect(heard.map((seen) => seen.kind)).toEqual(['ponged']);
  });

  it('goes on when a listener throws, takes it off, and says so', () => {
    const recorder = fresh();
    const heard: string[] = [];
    recorder.watch(() => {
      throw new Error('my own bug');
    });
    recorder.watch((seen) => heard.push(seen.kind));
    recorder.note('alice', { kind: 'pinged' });
    recorder.note('alice', { kind: 'ponged' });
    expect(recorder.observations.map((seen) => seen.kind)).toEqual(['pinged', 'noted', 'ponged']);
    expect(heard.toSorted()).toEqual(['noted', 'pinged', 'ponged']);
  });

  it('masks a secret in every field, however deep, from the moment it hears of it', () => {
    const recorder = fresh();
    recorder.note('alice', { kind: 'received', text: 'canary-4711-secret' });
    recorder.hide(new Secret('canary-4711-secret'));
    recorder.note('alice', { kind: 'received', text: 'the canary-4711-secret sings' });
    const headers = { server: 'canary-4711-secret' };
    const answer = { status: 403, headers, bodyHead: Buffer.from('canary-4711-secret').toString('base64') };
    recorder.note('alice', { kind: 'refused', attempt: 1, tookMs: 1, answer });
    const facts = { failed: ['canary-4711-secret'] };
    recorder.note('alice', {
      kind: 'probed',
      rung: 'health',
      probe: 'rung',
      ok: true,
      tookMs: 1,
      answer: null,
      trouble: { phase: 'health', code: 'X', message: 'canary-4711-secret' },
      facts,
      detail: 'canary-4711-secret',
    });
    const written = JSON.stringify(recorder.observations.slice(1));
    expect(written).not.toContain('canary-4711-secret');
    expect(written).not.toContain(answer.bodyHead);
  });

  it('keeps a text that holds nothing secret byte for byte', () => {
    const recorder = fresh();
    recorder.hide(new Secret('canary-4711-secret'));
    const text = '{"type":"agent_thinking","reasoning":"ünïcödé \\u0000 \u{1f600} $& [x] key: value"}';
    expect(recorder.note('alice', { kind: 'received', text }).text).toBe(text);
  });

  it('applies the redaction that it was given, and its own', () => {
    const own = redactor([]);
    const recorder = new Recorder({
      clock: systemClock,
      redactor: { redact: (text) => own.redact(text.replaceAll('red', '***')), hide: own.hide },
    });
    recorder.hide(new Secret('bluebird'));
    expect(recorder.note('a', { kind: 'sent', text: 'red bluebird' }).text).toBe('*** [secret]');
  });
});

describe('a body that is kept as evidence', () => {
  it('is redacted before it is cut: no half of a secret is left at the end', () => {
    const key = 'simulation-key-0123456789abcdef';
    const recorder = new Recorder({ clock: systemClock });
    recorder.hide(new Secret(key));
    const bodyHead = `${'x '.repeat(250)}${key}${'y'.repeat(900)}`;
    const answer = { status: 503, headers: {}, bodyHead };
    recorder.note('alice', { kind: 'refused', attempt: 1, answer, tookMs: 1 });
    const [seen] = recorder.observations;
    const kept = seen?.kind === 'refused' ? seen.answer.bodyHead : '';
    expect(kept).toHaveLength(512);
    expect(kept).not.toContain('simulation');
  });
});
