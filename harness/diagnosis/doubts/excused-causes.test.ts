import { describe, expect, it } from 'vitest';
import { timeline } from '../../../fixtures/timeline-builder.ts';
import type { Run } from '../../timeline/run.ts';
import { CAUSES, type CauseCode } from '../causes.ts';
import { diagnosisOf } from '../finding.ts';
import { exhaustedMeanwhile } from './exhausted-meanwhile.ts';
import { givenUpOn } from './given-up-on.ts';

const ALL = Object.keys(CAUSES).filter((cause): cause is CauseCode => cause in CAUSES);

/** The causes of an end that is explained otherwise. */
function excused(run: Run, doubt: (run: Run, found: ReturnType<typeof diagnosisOf>) => unknown): readonly CauseCode[] {
  const end = run.observations.at(-1);
  if (end === undefined) throw new Error('nothing was seen');
  return ALL.filter(
    (cause) =>
      doubt(run, diagnosisOf({ cause, phase: 'stream', answeredBy: 'none', summary: '', evidence: [end] })) !== null,
  ).sort();
}

describe('a process without a descriptor', () => {
  it.each(['EMFILE', 'ENFILE'])('explains by %s what takes a connection away, and nothing else', (code) => {
    const run = timeline()
      .probe('backend-health', { ok: false, trouble: { phase: 'tcp', code, message: '' } })
      .opened()
      .closed(1006, '', 'fin')
      .run();
    expect(excused(run, exhaustedMeanwhile)).toEqual([
      'auth-service-unavailable',
      'closed-early',
      'connection-lost',
      'connection-refused',
      'connection-reset',
      'connection-timeout',
      'half-open',
      'handler-crashed',
      'process-stalled',
      'upgrade-server-error',
      'upgrade-timeout',
    ]);
  });

  it('explains nothing where some were left', () => {
    expect(excused(timeline().opened().closed(1006, '', 'fin').run(), exhaustedMeanwhile)).toEqual([]);
  });
});

describe('a process that was stopped while a connection was open', () => {
  const ended = (stallMs: number) => timeline().opened().stalled(stallMs).wait(5).closed(1006, '', 'fin').run();

  it('explains that its target gives up on it, and nothing else', () => {
    expect(excused(ended(500), givenUpOn)).toEqual([
      'closed-early',
      'closed-with-error',
      'connection-lost',
      'event-missing',
      'half-open',
      'handler-crashed',
      'run-failed',
      'run-silent',
      'run-stalled',
      'tool-unpaired',
      'welcome-missing',
    ]);
  });

  it('explains nothing where it never was', () => {
    expect(excused(timeline().dialled().stalled(900).refused(503).run(), givenUpOn)).toEqual([]);
  });

  it('explains nothing where it was late by less than half a second', () => {
    expect(excused(ended(499), givenUpOn)).toEqual([]);
  });
});
