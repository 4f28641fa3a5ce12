import { describe, expect, it } from 'vitest';
import { diagnosed } from '../../../fixtures/diagnosed.ts';
import { type TimelineBuilder, timeline } from '../../../fixtures/timeline-builder.ts';
import { CAUSES, type CauseCode } from '../causes.ts';
import { diagnosisOf } from '../finding.ts';
import { isExplained } from './stalled-end.ts';

const ALL = Object.keys(CAUSES).filter((cause): cause is CauseCode => cause in CAUSES);

const begun = () => timeline().credentialed('mint').opened().welcomed().asked().event('agent_started');
const isOurs = (built: TimelineBuilder) =>
  diagnosed(built.closed(1006, '', 'fin').settled('closed'))?.cause === 'harness-stalled';

function closedBy(code: number) {
  const end = timeline()
    .opened()
    .closed(code)
    .run()
    .observations.find((at) => at.kind === 'closed');
  if (end === undefined) throw new Error('nothing was closed');
  return end;
}
const found = (cause: CauseCode, code: number) =>
  diagnosisOf({ cause, phase: 'stream', answeredBy: 'app', summary: '', evidence: [closedBy(code)] });

describe('an end after a stall of ours', () => {
  it.each([
    [499, false],
    [500, true],
  ])('of %i ms is ours: %s', (stallMs, is) => {
    expect(isOurs(begun().stalled(stallMs))).toBe(is);
  });
});

describe('an end that names another reason than our being late', () => {
  it('does so by what was found', () => {
    expect(ALL.filter((cause) => isExplained(closedBy(1011), found(cause, 1011))).sort()).toEqual([
      'auth-service-unavailable',
      'clock-skew',
      'connection-limit',
      'credentials-refused',
      'harness-stalled',
      'not-ready',
      'origin-refused',
    ]);
  });

  it('does so by its code', () => {
    const codes = Array.from({ length: 16 }, (_, n) => 1000 + n);
    expect(codes.filter((code) => isExplained(closedBy(code), found('closed-early', code)))).toEqual([
      1002, 1003, 1007, 1009, 1010, 1012, 1013, 1014,
    ]);
  });
});
