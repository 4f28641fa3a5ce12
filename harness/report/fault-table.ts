import type { FaultFacts } from './explain-text.ts';

type Listed = Pick<FaultFacts, 'name' | 'sentence' | 'verdict' | 'needs' | 'incidents'>;

const USUAL = 'golden-path';

/** All faults of the embedded target, a line each: name, the verdict it must produce, the incidents it reproduces, what it does, and what it needs to show beyond the golden path. */
export function faultTable(faults: readonly Listed[]): string {
  const rows = faults.map(({ name, sentence, verdict, needs, incidents }) => [
    name,
    verdict.outcome,
    verdict.domain ?? '',
    verdict.cause ?? '',
    `exit ${verdict.exit}`,
    incidents.join(' '),
    `${sentence}${needs === USUAL ? '' : ` (needs ${needs})`}`,
  ]);
  const widths = rows.reduce<readonly number[]>(
    (widest, row) => row.map((cell, column) => Math.max(cell.length, widest[column] ?? 0)),
    [],
  );
  const line = (row: readonly string[]) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ');
  return rows.map((row) => `${line(row).trimEnd()}\n`).join('');
}
