import { expect, it } from 'vitest';
import { diagnosed } from '../../fixtures/diagnosed.ts';
import { APART_TROUBLES } from '../../fixtures/oddities/apart-troubles.ts';
import { DOUBT_TROUBLES } from '../../fixtures/oddities/doubt-troubles.ts';
import { ENTRY_ANSWERS } from '../../fixtures/oddities/entry-answers.ts';
import { ENTRY_DIALS } from '../../fixtures/oddities/entry-dials.ts';
import { ENTRY_KEPT_OUT } from '../../fixtures/oddities/entry-kept-out.ts';
import { ENTRY_LOGINS } from '../../fixtures/oddities/entry-logins.ts';
import { ENTRY_TOKENS } from '../../fixtures/oddities/entry-tokens.ts';
import { ENTRY_TROUBLES } from '../../fixtures/oddities/entry-troubles.ts';
import { LATE_DIALS } from '../../fixtures/oddities/late-dials.ts';
import { MISSING_TROUBLES } from '../../fixtures/oddities/missing-troubles.ts';
import { PROMISE_TROUBLES } from '../../fixtures/oddities/promise-troubles.ts';
import { STREAM_TROUBLES } from '../../fixtures/oddities/stream-troubles.ts';
import { WEIGHED_TROUBLES } from '../../fixtures/oddities/weighed-troubles.ts';
import { PLIGHTS } from '../../fixtures/plights.ts';
import type { TimelineBuilder } from '../../fixtures/timeline-builder.ts';
import { verdictIn } from '../../fixtures/told.ts';
import { WHEN_APPLICATION } from '../../fixtures/when/application.ts';
import { WHEN_HARNESS } from '../../fixtures/when/harness.ts';
import { WHEN_INFRASTRUCTURE } from '../../fixtures/when/infrastructure.ts';
import type { Diagnosis } from './diagnosis.ts';

function entry(name: string, found: Diagnosis | null): string {
  if (found === null) return `${name}\n  nothing is wrong\n`;
  const { cause, domain, phase, answeredBy, confidence, rivals, summary, hint, evidence } = found;
  return `${[
    name,
    `  ${cause}: ${domain}, ${phase}, answered by ${answeredBy}, ${confidence} [${evidence.map(({ seq }) => seq).join(' ')}]`,
    `  ${summary}`,
    `  > ${hint}`,
    ...rivals.map((rival) => `  ? ${rival.cause}: ${rival.check}`),
  ].join('\n')}\n`;
}

function file(name: string): string {
  return `../../fixtures/written-down/diagnoses/${name}.txt`;
}

it.each([
  ['infrastructure', WHEN_INFRASTRUCTURE],
  ['application', WHEN_APPLICATION],
  ['harness', WHEN_HARNESS],
] as const)('every clause of the law is told as it was written down: %s', async (domain, rows) => {
  const text = rows.map(([when, , built]) => entry(when, diagnosed(built)));
  await expect(text.join('\n')).toMatchFileSnapshot(file(domain));
});

it('every kind of run is told as it was written down', async () => {
  const text = PLIGHTS.map(([name, timeline]) => entry(name, verdictIn(timeline).diagnosis));
  await expect(text.join('\n')).toMatchFileSnapshot(file('plights'));
});

it.each<readonly [string, { readonly [name: string]: TimelineBuilder }]>([
  ['entry-troubles', ENTRY_TROUBLES],
  ['entry-answers', ENTRY_ANSWERS],
  ['entry-tokens', ENTRY_TOKENS],
  ['entry-kept-out', ENTRY_KEPT_OUT],
  ['entry-dials', ENTRY_DIALS],
  ['entry-logins', ENTRY_LOGINS],
  ['stream-troubles', STREAM_TROUBLES],
  ['promise-troubles', PROMISE_TROUBLES],
  ['missing-troubles', MISSING_TROUBLES],
  ['apart-troubles', APART_TROUBLES],
  ['doubt-troubles', DOUBT_TROUBLES],
  ['late-dials', LATE_DIALS],
  ['weighed-troubles', WEIGHED_TROUBLES],
])('what is at the edges of what a diagnosis looks for is told as it was written down: %s', async (name, cases) => {
  const text = Object.entries(cases).map(([what, built]) => entry(what, diagnosed(built)));
  await expect(text.join('\n')).toMatchFileSnapshot(file(name));
});
