import { isUnnoticed, type MutationReport } from './report.ts';

/** How many changes of a floor's code the tests noticed; `percent` is of those that were tried. */
export type Score = {
  readonly floor: string;
  readonly tried: number;
  readonly noticed: number;
  readonly percent: number;
  /** Changes of what is computed once when a module loads: the tool cannot try them one by one. */
  readonly untried: number;
};

const NOTICED: ReadonlySet<string> = new Set(['Killed', 'Timeout']);

/** The score of each floor (`harness/<floor>/…`) that a report has tried changes of. */
export function scoresIn({ files }: MutationReport): readonly Score[] {
  const floors = Map.groupBy(Object.entries(files), ([file]) => file.split('/')[1] ?? file);
  return [...floors].map(([floor, entries]) => {
    const mutants = entries.flatMap(([, { mutants }]) => mutants);
    const noticed = mutants.filter(({ status }) => NOTICED.has(status)).length;
    const tried = noticed + mutants.filter(isUnnoticed).length;
    const percent = tried === 0 ? 0 : Math.floor((noticed / tried) * 1000) / 10;
    return { floor, tried, noticed, percent, untried: mutants.filter(({ status }) => status === 'Ignored').length };
  });
}
