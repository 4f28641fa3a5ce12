/** The floors of the house, lowest first; those in one list share a floor. */
const FLOORS: readonly (readonly string[])[] = [
  ['kernel'],
  ['protocol'],
  ['timeline'],
  ['judge'],
  ['diagnosis'],
  ['report'],
  ['target'],
  ['session'],
  ['probe'],
  ['faults'],
  ['scenario'],
  ['explore', 'crowd'],
  ['vitest', 'cli'],
];

/** Pure: below the waterline. */
export const PURE: ReadonlySet<string> = new Set(['kernel', 'protocol', 'timeline', 'judge', 'diagnosis', 'report']);

/** Those who collect evidence do not know the law. */
export const BLIND: ReadonlySet<string> = new Set(['session', 'probe', 'faults']);
export const LAW: ReadonlySet<string> = new Set(['judge', 'diagnosis', 'report']);

/** Where each package may be imported; tests and scripts may import any that the project has. */
export const PACKAGE_HOMES: { readonly [name: string]: readonly string[] } = {
  zod: ['protocol', 'timeline', 'report', 'target'],
  dotenv: ['target'],
  jose: ['target', 'fixtures'],
  undici: ['target', 'probe'],
  ws: ['session', 'probe', 'faults', 'fixtures'],
  'p-retry': ['session'],
  'https-proxy-agent': ['session', 'probe', 'target'],
  'fast-check': ['explore'],
  vitest: ['vitest'],
  commander: ['cli'],
  picocolors: ['cli', 'report'],
};

/** The command's own file: it starts the source, or what was built from it. */
export const BIN = 'harness/cli/bin.js';

/** The one harness file that may import the embedded target. */
export const DOOR_TO_FIXTURES = 'harness/cli/local.ts';

/** The one file that may read the environment. */
export const READER_OF_ENVIRONMENT = 'harness/target/config.ts';

/** The only module that a suite may import. */
export const COUNTER = 'harness/index.ts';

/** The rank of a floor, `null` for a folder that is none. */
export function rankOf(floor: string): number | null {
  const rank = FLOORS.findIndex((names) => names.includes(floor));
  return rank === -1 ? null : rank;
}

/** The floor (or top-level folder) that a path lies on; files directly in `harness/` are above all floors. */
export function homeOf(path: string): string {
  const [top = '', floor, ...rest] = path.split('/');
  return top === 'harness' && floor !== undefined && rest.length > 0 ? floor : top;
}

/** Whether a file proves the harness rather than being part of it. */
export function isTest(path: string): boolean {
  return path.endsWith('.test.ts');
}
