import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { table } from './catalogue/table.ts';
import { explanationsIn, staleIn, survivorsIn } from './mutation/explained.ts';
import { mutate } from './mutation/mutate.ts';
import { PARTS } from './mutation/parts.ts';
import type { MutationReport } from './mutation/report.ts';
import { scoresIn } from './mutation/scores.ts';

/** What each floor has to reach, in percent. */
const LEAST = 90;
const HELP = `npm run mutation                       change the code of judge, diagnosis and protocol piece by piece and see whether a test notices (about two hours on four cores; a part at a time is less)
npm run mutation -- --part judge       only a part: ${Object.keys(PARTS).join(', ')}
npm run mutation -- --only 'harness/judge/rules/identity.ts'
npm run mutation -- --read out/mutation/judge.json   only read what an earlier run found; may be given many times
npm run mutation -- --record           write the scores to scripts/mutation/scores.json
exits 1 where a floor is under ${LEAST} %, a change that no test notices is not explained in scripts/mutation/explained, or an explanation is stale`;

const root = join(import.meta.dirname, '..');
const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    part: { type: 'string', multiple: true },
    read: { type: 'string', multiple: true },
    record: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
});

if (values.help) console.log(HELP);
else {
  const reports = reportsOf();
  process.exitCode = reports.includes(null) ? 1 : judge(reports.filter((report) => report !== null));
}

function reportsOf(): readonly (MutationReport | null)[] {
  if (values.read !== undefined) return values.read.map((file) => JSON.parse(readFileSync(file, 'utf8')));
  if (values.only !== undefined) return [mutate(root, 'only', values.only)];
  const unknown = values.part?.find((name) => PARTS[name] === undefined);
  if (unknown !== undefined) console.error(`no part ${unknown}; there are: ${Object.keys(PARTS).join(', ')}`);
  if (unknown !== undefined) return [null];
  const parts = Object.entries(PARTS).filter(([name]) => values.part?.includes(name) ?? true);
  return parts.map(([name, glob]) => mutate(root, name, glob));
}

function judge(reports: readonly MutationReport[]): number {
  const report: MutationReport = { files: Object.assign({}, ...reports.map(({ files }) => files)) };
  const explanations = explanationsIn(join(import.meta.dirname, 'mutation/explained'));
  const scores = scoresIn(report);
  const survivors = survivorsIn(report, explanations);
  const open = survivors.filter(({ because }) => because === null);
  const stale = staleIn(report, explanations, survivors);
  for (const { file: of, at, was, becomes } of open) console.log(`not explained: ${of}:${at}: ${was} => ${becomes}`);
  for (const what of stale) console.log(`explained, but noticed by now: ${what}`);
  console.log(
    table(
      ['floor', 'changes tried', 'noticed', '%', 'not tried'],
      scores.map((score) => [score.floor, score.tried, score.noticed, score.percent, score.untried].map(String)),
    ),
  );
  console.log(`${survivors.length} survived, ${survivors.length - open.length} of them explained`);
  if (values.record)
    writeFileSync(join(import.meta.dirname, 'mutation/scores.json'), `${JSON.stringify(scores, null, 2)}\n`);
  const isStrong = scores.length > 0 && scores.every(({ percent }) => percent >= LEAST);
  return isStrong && open.length === 0 && stale.length === 0 ? 0 : 1;
}
