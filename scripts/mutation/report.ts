/** How one change of the code fared: `Survived` and `NoCoverage` are the ones that no test noticed, `Ignored` was not tried. */
export type Mutant = {
  readonly mutatorName: string;
  readonly replacement?: string;
  readonly status: string;
  readonly location: { readonly start: Place; readonly end: Place };
};
type Place = { readonly line: number; readonly column: number };

/** What Stryker's JSON reporter writes (mutation-testing-report-schema), as far as it is used here. */
export type MutationReport = {
  readonly files: { readonly [file: string]: { readonly source: string; readonly mutants: readonly Mutant[] } };
};

const UNNOTICED: ReadonlySet<string> = new Set(['Survived', 'NoCoverage']);

/** Whether every test passed with that change. */
export function isUnnoticed({ status }: Mutant): boolean {
  return UNNOTICED.has(status);
}
