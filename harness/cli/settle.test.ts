import { describe, expect, it } from 'vitest';
import { HEADER } from '../../fixtures/timeline-header.ts';
import { BLOCKED, FAILED, PASSED, UNPROVEN } from '../../fixtures/verdict-documents.ts';
import { gravest } from '../diagnosis/gravest.ts';
import { HarnessError } from '../kernel/errors.ts';
import { netra } from '../protocol/netra/netra.ts';
import type { VerdictDocument } from '../report/document-schema.ts';
import { readRun } from '../timeline/run.ts';
import { settle, together } from './settle.ts';

const CROSSED = { ...FAILED, cause: 'cross-user' } as const;

describe('several runs in one verdict', () => {
  it.each([
    [[PASSED, UNPROVEN, BLOCKED, FAILED], 'failed'],
    [[PASSED, UNPROVEN, BLOCKED], 'blocked'],
    [[PASSED, UNPROVEN], 'unproven'],
    [[PASSED, PASSED], 'passed'],
  ] as const)('are as grave as the gravest of them: case %#', ([first, ...rest], outcome) => {
    expect(gravest([first, ...rest]).outcome).toBe(outcome);
    expect(together([first, ...rest], 1).outcome).toBe(outcome);
  });

  it('pass at a rate that was asked for, and say how many did', () => {
    const { outcome, notes } = together([PASSED, PASSED, PASSED, FAILED], 0.75);
    expect(outcome).toBe('passed');
    expect(notes).toContain('3 of 4 judged runs passed; asked for 75 %');
    expect(together([PASSED, PASSED, FAILED], 0.75).outcome).toBe('failed');
  });

  it('leave runs that nobody could judge out of the rate, unless they are too many', () => {
    const nine = Array(9).fill(PASSED);
    expect(together([PASSED, ...nine, BLOCKED], 0.9).outcome).toBe('passed');
    expect(together([PASSED, BLOCKED], 0.5).outcome).toBe('blocked');
    expect(together([BLOCKED, UNPROVEN], 0.5).outcome).toBe('blocked');
  });

  it("never outvote another user's event, nor an interrupt", () => {
    expect(together([...([PASSED, PASSED] as const), CROSSED], 0.1).cause).toBe('cross-user');
    expect(together([PASSED, { ...UNPROVEN, exitCode: 130 }], 0.1).exitCode).toBe(130);
  });
});

describe('a command that cannot make all of its runs', () => {
  const run = readRun(HEADER, [], netra);
  const flags = { repeat: 3, minPassRate: 0.1, quiet: true, color: false } as const;
  const then = (document: VerdictDocument) => {
    let made = 0;
    return async () => {
      made += 1;
      if (made === 2) throw new HarnessError('config-invalid', 'no artifacts under out: ENOSPC', 'make room');
      return { document, run, interrupted: false };
    };
  };

  it('keeps what the earlier ones found', async () => {
    const { outcome, cause, notes } = await settle(then(CROSSED), flags);
    expect([outcome, cause]).toEqual(['failed', 'cross-user']);
    expect(notes).toContain('run 2 of 3 was not made, nor any after it: no artifacts under out: ENOSPC');
  });

  it('never passes on the earlier ones alone', async () => {
    expect(await settle(then(PASSED), flags)).toMatchObject({
      outcome: 'unproven',
      cause: 'config-invalid',
      exitCode: 3,
    });
  });
});
