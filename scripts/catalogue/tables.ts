import { listFaults } from '../../fixtures/target/faults.ts';
import { type ListedKnob, listCommonKnobs } from '../../fixtures/target/listed-fault.ts';
import { CAUSES } from '../../harness/diagnosis/causes.ts';
import { causesCharged } from '../../harness/diagnosis/explain.ts';
import { EXIT_CODES } from '../../harness/diagnosis/verdict.ts';
import { ALL_RULES } from '../../harness/judge/catalogue.ts';
import { levelOf } from '../../harness/judge/rule.ts';
import { HARNESS_ERRORS } from '../../harness/kernel/errors.ts';
import { BUDGETS } from '../../harness/target/budgets.ts';
import { LEGS } from '../../harness/timeline/header.ts';
import SCORES from '../mutation/scores.json' with { type: 'json' };
import { table } from './table.ts';
import { variables } from './variables.ts';

/** The README's generated blocks by name, each made from the code that it describes. */
export const TABLES: { readonly [name: string]: () => string } = {
  'exit-codes': exitCodes,
  causes,
  rules,
  faults,
  budgets,
  variables,
  mutation,
};

const MEANING = {
  passed: ['every applicable MUST was judged and kept', '–'],
  failed: ['the application broke a promise', '`application`'],
  blocked: ['the platform kept us from judging', '`infrastructure`'],
  unproven: ['our side: configuration, credentials, this machine, our own crash, or nothing was judged', '`harness`'],
} as const satisfies { readonly [O in keyof typeof EXIT_CODES]: readonly [string, string] };

function exitCodes(): string {
  const outcomes = Object.entries(MEANING) as [keyof typeof MEANING, readonly [string, string]][];
  return table(
    ['exit', 'outcome', 'meaning', 'domain'],
    [
      ...outcomes.map(([outcome, [meaning, domain]]) => [
        String(EXIT_CODES[outcome]),
        `\`${outcome}\``,
        meaning,
        domain,
      ]),
      [String(HARNESS_ERRORS.usage.exit), '–', 'wrong usage', '–'],
      [String(HARNESS_ERRORS.interrupted.exit), '–', 'interrupted; what was seen is written', '–'],
    ],
  );
}

const RETRY = { never: 'no', 'before-send': 'yes', 'new-run-only': 'as a new run' } as const;

function causes(): string {
  const rows = Object.entries(CAUSES).map(([code, { domain, phase, sentence, retry }]) => [
    `\`${code}\``,
    domain,
    phase ?? 'any',
    sentence,
    RETRY[retry],
  ]);
  return table(['cause', 'domain', 'phase', 'means', 'fair to retry'], rows);
}

function rules(): string {
  const rows = ALL_RULES.map((rule) => [
    `\`${rule.id}\``,
    levelOf(rule),
    rule.statement.replace(/^(MUST|SHOULD) /, ''),
    causesCharged(rule.id)
      .map((cause) => `\`${cause}\``)
      .join(', '),
  ]);
  return table(['rule', 'level', 'asks the target to', 'when broken'], rows);
}

function faults(): string {
  const rows = listFaults().map(({ name, sentence, verdict, knobs, incidents }) => [
    `\`${name}\``,
    sentence,
    `${verdict.outcome}${verdict.cause === null ? '' : ` \`${verdict.cause}\``}${verdict.note === null ? '' : ` (${verdict.note})`}`,
    knobs.map(knobText).join(', '),
    incidents.join(' '),
  ]);
  const common = listCommonKnobs().map((knob) => `${knobText(knob)}: ${knob.about}`);
  return `${table(['fault', 'the target', 'must be called', 'knobs', 'reproduces'], rows)}\n\nEvery fault also takes ${common.join('; ')}.`;
}

function knobText({ name, default: value }: ListedKnob): string {
  return `\`${name}=${value}\``;
}

function budgets(): string {
  const columns = ['local', 'staging', 'staging-cold'] as const;
  const rows = LEGS.map((leg) => [
    `\`${leg}\``,
    ...columns.map((name) => `${BUDGETS[name][leg].targetMs / 1000} / ${BUDGETS[name][leg].maxMs / 1000}`),
  ]);
  return table(['leg (seconds, target / max)', 'local', 'staging', 'staging, cold'], rows);
}

const DECIDES: { readonly [floor: string]: string } = {
  protocol: 'what a frame means',
  judge: 'whether a promise is kept',
  diagnosis: 'whose trouble it is, and why',
};

function mutation(): string {
  const rows = SCORES.map(({ floor, tried, noticed, percent, untried }) => [
    `\`${floor}\``,
    DECIDES[floor] ?? '',
    ...[tried, noticed].map(String),
    `${percent} %`,
    String(untried),
  ]);
  return table(['floor', 'decides', 'changes tried', 'noticed', 'score', 'not tried'], rows);
}
