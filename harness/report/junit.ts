import type { VerdictDocument } from './document-schema.ts';
import { xmlText } from './xml-text.ts';

type Ruling = VerdictDocument['rulings'][number];
/** Violations that one test case shows. */
const SAID = 20;

type Rung = VerdictDocument['ladder'][number];

/** How one test case ended. `failure`: the application's; `error`: infrastructure's or ours, its type the cause. */
type Case = {
  readonly classname: string;
  readonly name: string;
  readonly seconds: number;
  readonly mark: 'ok' | 'failure' | 'error' | 'skipped';
  readonly message: string;
  readonly body: string;
};

/**
 * The verdict as JUnit XML: a test case per rung and per ruling, one more where none of them shows why the run did not pass.
 * A broken SHOULD stays green and says so in its output.
 */
export function junitXml(document: VerdictDocument): string {
  const ruled = [
    ...document.ladder.map((rung) => ofRung(rung, document)),
    ...document.rulings.map((it) => ofRuling(it, document)),
  ];
  const shown = ruled.some(({ mark }) => mark === 'failure' || mark === 'error');
  const needed = ruled.length === 0 || (document.outcome !== 'passed' && !shown);
  const cases = needed ? [...ruled, ofVerdict(document)] : ruled;
  const count = (mark: Case['mark']) => cases.filter((it) => it.mark === mark).length;
  const counts = `tests="${cases.length}" failures="${count('failure')}" errors="${count('error')}" skipped="${count('skipped')}"`;
  const time = `time="${seconds(document.timings.totalMs ?? 0)}"`;
  const name = xmlText(
    `${document.scenario ?? 'agent-events'}${document.environment === null ? '' : ` on ${document.environment}`}`,
  );
  const stamp =
    document.startedAt === null ? '' : ` timestamp="${xmlText(document.startedAt.replace(/\.\d+Z$|Z$/, ''))}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="agent-events" ${counts} ${time}>`,
    `  <testsuite name="${name}" ${counts} ${time}${stamp}>`,
    ...properties(document),
    ...cases.map((it) => element(it, document)),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function redMark({ outcome }: VerdictDocument): 'failure' | 'error' {
  return outcome === 'failed' ? 'failure' : 'error';
}

function ofVerdict(document: VerdictDocument): Case {
  const mark = document.outcome === 'passed' ? 'ok' : redMark(document);
  return { classname: 'verdict', name: 'verdict', seconds: 0, mark, message: document.summary, body: document.hint };
}

/** Only the rung that the diagnosis rests on is red: a health check that lies does not break a run that passed. */
function ofRung(rung: Rung, document: VerdictDocument): Case {
  const red = !rung.ok && document.outcome !== 'passed' && rung.rung === document.phase;
  const body = rung.ok || red ? '' : `not ok: ${rung.detail}`;
  const mark = red ? redMark(document) : 'ok';
  return {
    classname: 'ladder',
    name: rung.rung,
    seconds: rung.tookMs / 1000,
    mark,
    message: red ? document.summary : '',
    body,
  };
}

function ofRuling(ruling: Ruling, document: VerdictDocument): Case {
  const left = ruling.violations.length - SAID;
  const said = [
    ...ruling.violations.slice(0, SAID).map((it) => `expected ${it.expected}\nactual   ${it.actual}`),
    ...(left > 0 ? [`and ${left} more`] : []),
  ].join('\n');
  const [classname = ruling.id] = ruling.id.split('/');
  const base = { classname, name: `${ruling.id}: ${ruling.statement}`, seconds: 0 };
  const [first] = ruling.violations;
  switch (ruling.outcome) {
    case 'pass':
      return { ...base, mark: 'ok', message: '', body: '' };
    case 'fail':
      if (ruling.level === 'SHOULD' || document.outcome === 'passed')
        return { ...base, mark: 'ok', message: '', body: said };
      return {
        ...base,
        mark: redMark(document),
        message: first === undefined ? '' : `expected ${first.expected}: ${first.actual}`,
        body: said,
      };
    case 'inconclusive':
    case 'not-applicable':
      return { ...base, mark: 'skipped', message: `${ruling.outcome}: ${ruling.reason ?? ''}`, body: '' };
    default:
      return ruling.outcome satisfies never;
  }
}

function properties(document: VerdictDocument): readonly string[] {
  const { outcome, domain, cause, environment, profile, seed, traceId, revision, flaky, attempts } = document;
  const all = { outcome, domain, cause, environment, profile, seed, traceId, revision, flaky, attempts };
  const lines = Object.entries(all).flatMap(([name, value]) =>
    value === null ? [] : [`      <property name="${name}" value="${xmlText(String(value))}"/>`],
  );
  return ['    <properties>', ...lines, '    </properties>'];
}

function element(it: Case, document: VerdictDocument): string {
  const head = `    <testcase classname="agent-events.${xmlText(it.classname)}" name="${xmlText(it.name)}" time="${seconds(it.seconds * 1000)}"`;
  const body = xmlText(it.body);
  const message = xmlText(it.message);
  switch (it.mark) {
    case 'ok':
      return body === '' ? `${head}/>` : `${head}><system-out>${body}</system-out></testcase>`;
    case 'skipped':
      return `${head}><skipped message="${message}"/></testcase>`;
    case 'failure':
    case 'error':
      return `${head}><${it.mark} type="${xmlText(document.cause ?? '')}" message="${message}">${body}</${it.mark}></testcase>`;
    default:
      return it.mark satisfies never;
  }
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}
