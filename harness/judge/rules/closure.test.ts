import { describe, expect, it } from 'vitest';
import { open } from '../../../fixtures/oddities/beginnings.ts';
import { said } from '../../../fixtures/said.ts';
import type { TimelineBuilder } from '../../../fixtures/timeline-builder.ts';
import { clean } from './closure.ts';

const leaving = (): TimelineBuilder => open().note({ kind: 'closing', code: 1000 });
const EXPECTED = 'a close frame in answer to ours on session alice';

describe('our close', () => {
  it('is answered by a close frame', () => {
    expect(said(clean, leaving().closed(1000))).toEqual(['kept: closed']);
  });

  it.each([
    ['nothing', leaving(), 'none came [closing]'],
    ['the end of the connection', leaving().closed(1006, '', 'fin'), 'the connection ended by fin [closing, closed]'],
    ['a close that came without it', open().closed(1001), 'the target closed first: 1001 frame [closed]'],
    [
      'a close that came before it',
      open().closed(1001).note({ kind: 'closing', code: 1000 }),
      'the target closed first: 1001 frame [closed]',
    ],
  ])('is not answered by %s', (_, built, actual) => {
    expect(said(clean, built)).toEqual([`${EXPECTED}: ${actual}`]);
  });

  it('owes no answer to whom we cut off', () => {
    const cut = open().note({ kind: 'faulted', fault: 'sever', towards: 'server' }).closed(1006, '', 'local');
    expect(said(clean, cut)).toEqual(['inconclusive: there was nothing to look at']);
  });
});
