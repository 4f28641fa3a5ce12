import { describe, expect, it } from 'vitest';
import { PASSED } from '../../fixtures/verdict-documents.ts';
import { checklist } from './checklist.ts';
import type { VerdictDocument } from './document-schema.ts';

type Rulings = VerdictDocument['rulings'];

const ALL = [
  'admission/welcomed',
  'liveness/answers-pings',
  'closure/clean',
  'lifecycle/all-five',
  'lifecycle/started-first',
  'lifecycle/in-order',
  'lifecycle/completed-last',
  'lifecycle/completed-successfully',
  'promptness/first-event',
  'promptness/gap',
  'promptness/total',
  'promptness/tool',
  'promptness/delivery',
  'wire/no-duplicates',
  'identity/own-user',
  'identity/own-run',
];
const kept: Rulings = ALL.map((id) => ({
  id,
  level: 'MUST',
  outcome: 'pass',
  statement: 'MUST',
  because: '',
  violations: [],
  reason: null,
}));
const event = { type: 'agent_started', runId: null, tool: null, atMs: 1, sinceSendMs: 1, sincePreviousMs: 1 };
const healthy = {
  ...PASSED,
  rulings: kept,
  events: [
    { ...event, session: 'alice' },
    { ...event, session: 'bob' },
  ],
  ladder: (['credentials', 'upgrade'] as const).map((rung) => ({ rung, ok: true, tookMs: 1, detail: 'open' })),
};

function states(document: Parameters<typeof checklist>[0], authMode = 'simulate'): { readonly [item: string]: string } {
  return Object.fromEntries(checklist(document, authMode).map(({ item, state }) => [item, state]));
}

describe('the checklist', () => {
  it('keeps every item that a healthy run shows, and says which nobody can see from outside', () => {
    const open = Object.entries(states(healthy)).filter(([, state]) => state !== 'kept');
    expect(open).toEqual([
      ['the server retries delivery to a user without a connection', 'not visible from outside'],
      ['metrics and alerts are collected', 'not visible from outside'],
    ]);
  });

  it.each(ALL)('breaks something when %s is broken', (id) => {
    const violations = [{ expected: 'a', actual: 'b', at: [] }];
    const rulings = kept.map((ruling) =>
      ruling.id === id ? { ...ruling, outcome: 'fail' as const, violations } : ruling,
    );
    expect(Object.values(states({ ...healthy, rulings }))).toContain('broken');
  });

  it('keeps nothing that was not judged', () => {
    const items = Object.values(states({ ...healthy, rulings: [], ladder: [] }));
    expect(new Set(items)).toEqual(new Set(['not visible from outside']));
  });

  it('an inconclusive rule leaves its items unanswered', () => {
    const rulings = kept.map((ruling) => ({ ...ruling, outcome: 'inconclusive' as const, reason: 'no event came' }));
    expect(states({ ...healthy, rulings })['all five events are delivered']).toBe('not visible from outside');
  });

  it('one user alone shows nothing about isolation', () => {
    const events = [{ ...event, session: 'alice' }];
    expect(states({ ...healthy, events })['events reach only the user they are for']).toBe('not visible from outside');
  });

  it('a broken rung breaks what stands on it', () => {
    const ladder = [{ rung: 'upgrade' as const, ok: false, tookMs: 1, detail: 'refused with 503' }];
    expect(states({ ...healthy, ladder })['the service starts without 503']).toBe('broken');
  });

  it('the secret is seen only through an exchange', () => {
    const item = 'the environment has its simulation secret';
    expect(states(healthy)[item]).toBe('kept');
    expect(states(healthy, 'mint')[item]).toBe('not visible from outside');
    expect(states({ ...healthy, cause: 'simulation-not-configured' })[item]).toBe('broken');
    expect(states({ ...healthy, ladder: [] })[item]).toBe('not visible from outside');
  });
});
