import type { Cause } from '../diagnosis/causes.ts';
import type { Rule } from '../judge/rule.ts';
import { wrapped } from './wrapped.ts';

type VerdictFacts = {
  readonly outcome: string;
  readonly domain: string | null;
  readonly cause: string | null;
  readonly exit: number;
  readonly note: string | null;
};

/**
 * A fault of the embedded target as plain data: what it does, what the harness must say of it, by itself and in each of its variants
 * (the plain one first), its knobs with their defaults, and the incidents that it reproduces.
 */
export type FaultFacts = {
  readonly name: string;
  readonly sentence: string;
  readonly verdict: VerdictFacts;
  readonly needs: string;
  readonly incidents: readonly string[];
  readonly dialects: readonly string[];
  readonly variants: readonly {
    readonly choice: string;
    readonly verdict: VerdictFacts;
    readonly needs: string;
    readonly dialects: readonly string[];
  }[];
  readonly knobs: readonly {
    readonly name: string;
    readonly default: string;
    readonly accepts: string;
    readonly about: string;
  }[];
};

const EXIT = { application: 1, infrastructure: 2, harness: 3 } as const;
const RETRY = {
  never: 'never: the same would happen again',
  'before-send': 'yes, nothing has been asked yet',
  'new-run-only': 'only as a new run: the agent may have worked',
} as const;
const THEN = 'npx agent-events smoke --url ws://127.0.0.1:8000/ws';
const USUAL = 'golden-path';
const WIDTH = 80;
const INDENT = 12;

/** All about one cause: whose, what it means, when to retry, what to do, and the commands that provoke it at home. */
export function causeText(code: string, cause: Cause, faults: readonly FaultFacts[]): string {
  const provokers = faults.flatMap((fault) => {
    const provoker = fault.variants.find(({ verdict }) => verdict.cause === code);
    return provoker === undefined ? [] : [{ ...provoker, name: fault.name, sentence: fault.sentence }];
  });
  return page(`${code}: a cause`, [
    ['means', cause.sentence],
    ['whose', `${cause.domain}, unless the evidence says otherwise (exit ${EXIT[cause.domain]})`],
    ['strikes', cause.phase === null ? 'anywhere' : `usually at ${cause.phase}`],
    ['retry', RETRY[cause.retry]],
    ['next', cause.hint],
    ...provokers.flatMap((fault, index): readonly Entry[] => [
      [index === 0 ? 'provoke' : '', `${fault.name}: ${fault.sentence}${asked(fault.needs)}`],
      ['', `npx agent-events target --fault ${fault.choice}`],
    ]),
    provokers.length === 0 ? ['provoke', 'no fault of the embedded target does'] : ['then', THEN],
  ]);
}

/** All about one rule: what it asks, why, and the causes that its breaking is named by. */
export function ruleText(
  rule: Pick<Rule, 'id' | 'statement' | 'because'>,
  faults: readonly FaultFacts[],
  causes: readonly string[],
): string {
  const provokers = faults.filter((fault) => fault.verdict.cause !== null && causes.includes(fault.verdict.cause));
  return page(`${rule.id}: a rule`, [
    ['asks', rule.statement],
    ['because', rule.because],
    ...causes.map((cause, index) => [index === 0 ? 'if broken' : '', cause] as const),
    ...provokers.map(
      (fault, index) => [index === 0 ? 'provoke' : '', `npx agent-events target --fault ${fault.name}`] as const,
    ),
  ]);
}

/** All about one fault: what the server does, the verdict it must produce, its knobs, and the command that switches it on. */
export function faultText(fault: FaultFacts): string {
  const { outcome, domain, cause, exit, note } = fault.verdict;
  const blame = [domain, cause].filter((part) => part !== null).join(', ');
  return page(`${fault.name}: a fault`, [
    ['does', fault.sentence],
    ['verdict', `${outcome}${blame === '' ? '' : ` (${blame})`}, exit ${exit}${asked(fault.needs)}`],
    ...(note === null ? [] : [['but', note] as const]),
    ...fault.variants
      .filter(({ verdict, needs }) => !isSame(verdict, fault.verdict) || needs !== fault.needs)
      .map(({ choice, verdict, needs, dialects }, index) => {
        const words = [verdict.outcome, verdict.cause].filter((part) => part !== null).join(' ');
        const where = dialects.length < fault.dialects.length ? ` in ${dialects.join(', ')}` : '';
        const text = `${choice}: ${words}, exit ${verdict.exit}${where}${asked(needs)}`;
        return [index === 0 ? 'variants' : '', text] as const;
      }),
    ...(fault.incidents.length === 0 ? [] : [['reproduces', fault.incidents.join(', ')] as const]),
    ...fault.knobs.map(
      (knob, index) =>
        [index === 0 ? 'knobs' : '', `${knob.name}=${knob.default}: ${knob.about} (${knob.accepts})`] as const,
    ),
    ['provoke', `npx agent-events target --fault ${fault.name}`],
    ['then', THEN],
  ]);
}

/** All about one incident: what happened, and the faults that reproduce it. */
export function incidentText(id: string, sentence: string, faults: readonly FaultFacts[]): string {
  const provokers = faults.filter(({ incidents }) => incidents.includes(id));
  return page(`${id}: an incident`, [
    ['was', sentence],
    ...provokers.flatMap((fault, index): readonly Entry[] => [
      [index === 0 ? 'provoke' : '', `${fault.name}: ${fault.sentence}`],
      ['', `npx agent-events target --fault ${fault.name}`],
    ]),
    ['then', THEN],
  ]);
}

/** What must be asked for a verdict to show, where the smoke check as it is does not ask it. */
function asked(needs: string): string {
  return needs === USUAL ? '' : ` (needs ${needs})`;
}

function isSame(one: VerdictFacts, other: VerdictFacts): boolean {
  return one.outcome === other.outcome && one.cause === other.cause && one.domain === other.domain;
}

type Entry = readonly [label: string, text: string];

function page(title: string, entries: readonly Entry[]): string {
  const lines = entries.flatMap(([label, text]) =>
    wrapped(text, WIDTH - INDENT - 2).map((line, index) =>
      `  ${(index === 0 ? label : '').padEnd(INDENT)}${line}`.trimEnd(),
    ),
  );
  return `${title}\n\n${lines.join('\n')}\n`;
}
