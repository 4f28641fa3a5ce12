import { describe, expect, it } from 'vitest';
import { broken, ruled } from '../../../fixtures/ruled.ts';
import { timeline } from '../../../fixtures/timeline-builder.ts';
import { diagnose } from '../diagnose.ts';

const whole = () => timeline().opened().welcomed().asked().five().settled().left();

describe('what no rule could judge', () => {
  const open = (reason = 'x') => ruled('lifecycle/all-five', { outcome: 'inconclusive', reason });
  const slow = ruled('promptness/gap', { outcome: 'inconclusive', reason: 'harness stalled 900 ms' });
  const stalled = (frozen: boolean) => whole().note({ kind: 'stalled', lateByMs: 900, frozen }).run();

  it('is our own stall where only times are in doubt', () => {
    const found = diagnose(stalled(true), [slow]);
    expect(found).toMatchObject({ cause: 'harness-stalled', domain: 'harness', answeredBy: 'client' });
    expect(found?.summary).toContain('late by 900 ms itself (stopped or starved from outside)');
    expect(diagnose(stalled(false), [slow])?.summary).toContain('busy with its own work');
    expect(diagnose(whole().run(), [slow])?.cause).toBe('nothing-judged');
    expect(diagnose(stalled(true), [slow, open()])?.cause).toBe('nothing-judged');
    expect(diagnose(stalled(true), [slow, broken('lifecycle/in-order')])?.cause).toBe('event-out-of-order');
    expect(diagnose(stalled(true), [slow, broken('promptness/total')])?.cause).toBe('event-late');
  });

  it('is our own stall where pings are in doubt as well', () => {
    const unheard = ruled('liveness/answers-pings', { outcome: 'inconclusive', reason: 'harness stalled 900 ms' });
    expect(diagnose(stalled(true), [slow, unheard])?.cause).toBe('harness-stalled');
  });

  it.each([
    [300, 900],
    [900, 300],
  ])('names the longest of several stalls (%i and %i ms), and points to each', (one, other) => {
    const built = whole().note({ kind: 'stalled', lateByMs: one, frozen: true });
    const found = diagnose(built.wait(5000).note({ kind: 'stalled', lateByMs: other, frozen: true }).run(), [slow]);
    expect(found?.summary).toContain('late by 900 ms itself');
    expect(found?.evidence.map(({ kind }) => kind)).toEqual(['stalled', 'stalled']);
  });

  it('is nothing judged, and says why', () => {
    const run = whole().run();
    expect(diagnose(run, [open('nobody asked'), slow])?.summary).toBe(
      'lifecycle/all-five could not be judged: nobody asked (and 1 more)',
    );
    expect(diagnose(run, [])?.summary).toBe('no rule was judged');
    expect(diagnose(run, [ruled('a/b', { outcome: 'not-applicable', reason: '' })])?.summary).toBe(
      'no MUST rule applies to what was done',
    );
    const bare = timeline().with({ rules: [], scenario: 'golden-path' });
    expect(diagnose(bare.run(), [])?.summary).toBe('scenario golden-path names no rule, and no ladder was climbed');
    expect(diagnose(bare.rung('dns').run(), [])?.summary).toBe('no rung proved anything');
    const stopped = whole().note({ kind: 'noted', topic: 'interrupted', text: '' }).run();
    expect(diagnose(stopped, [open('cut')])?.summary).toBe(
      'the run was interrupted: lifecycle/all-five could not be judged: cut',
    );
  });

  it('is nothing judged without a single observation', () => {
    const run = { ...whole().run(), observations: [], sessions: [], users: [], turns: [] };
    const { startedAtMs } = run.header;
    const nothing = { kind: 'noted', topic: 'nothing-seen', text: 'the timeline is empty', seq: 0, session: 'harness' };
    expect(diagnose(run, [open()])?.evidence).toEqual([{ ...nothing, atMs: startedAtMs }]);
    expect(diagnose(run, [])?.summary).toBe('nothing was seen');
    expect(diagnose(run, [broken('lifecycle/x')])?.evidence[0].kind).toBe('noted');
  });
});
