import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isUnnoticed, type Mutant, type MutationReport } from './report.ts';

/** Why no test can notice a change: `line` is the trimmed source line, `becomes` what the change puts there (any change of the line without it). */
export type Explanation = { readonly line: string; readonly becomes?: string; readonly because: string };
/** The explanations of each file. */
export type Explanations = { readonly [file: string]: readonly Explanation[] };

/** A change that no test noticed, and why if that is explained. */
export type Survivor = {
  readonly file: string;
  readonly at: number;
  readonly line: string;
  readonly was: string;
  readonly becomes: string;
  readonly because: string | null;
};

/** All explanations of a folder of JSON files. */
export function explanationsIn(folder: string): Explanations {
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return Object.assign({}, ...files.map((name): Explanations => JSON.parse(readFileSync(join(folder, name), 'utf8'))));
}

/** Every change of a report that no test noticed. */
export function survivorsIn({ files }: MutationReport, explanations: Explanations): readonly Survivor[] {
  return Object.entries(files).flatMap(([file, { source, mutants }]) => {
    const lines = source.split('\n');
    return mutants.filter(isUnnoticed).map((mutant) => {
      const at = mutant.location.start.line;
      const line = lines[at - 1]?.trim() ?? '';
      const becomes = (mutant.replacement ?? '').replaceAll(/\s+/g, ' ');
      const reason = explanations[file]?.find((known) => known.line === line && (known.becomes ?? becomes) === becomes);
      return { file, at, line, was: textOf(mutant, lines), becomes, because: reason?.because ?? null };
    });
  });
}

/** Explanations of what no longer survives, as `file: line`: they have to go. */
export function staleIn(
  { files }: MutationReport,
  explanations: Explanations,
  found: readonly Survivor[],
): readonly string[] {
  return Object.entries(explanations).flatMap(([file, known]) =>
    files[file] === undefined
      ? []
      : known
          .filter(
            (one) =>
              !found.some(
                (at) => at.file === file && at.line === one.line && (one.becomes ?? at.becomes) === at.becomes,
              ),
          )
          .map(({ line }) => `${file}: ${line}`),
  );
}

function textOf({ location: { start, end } }: Mutant, lines: readonly string[]): string {
  const first = lines[start.line - 1] ?? '';
  return start.line === end.line ? first.slice(start.column - 1, end.column - 1) : `${first.slice(start.column - 1)} …`;
}
