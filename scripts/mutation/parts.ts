/**
 * What is mutated in one go, by name. All at once is too much: Stryker keeps for every test which of all changes it
 * reaches, and 10,000 changes times 2,400 tests do not fit into a process.
 */
export const PARTS: { readonly [part: string]: string } = {
  protocol: 'harness/protocol/**/*.ts',
  judge: 'harness/judge/**/*.ts',
  diagnosis: 'harness/diagnosis/*.ts',
  'diagnosis-causes': 'harness/diagnosis/causes/**/*.ts',
  'diagnosis-doubts': 'harness/diagnosis/doubts/**/*.ts',
  'diagnosis-entry': 'harness/diagnosis/entry/**/*.ts',
  'diagnosis-promises': 'harness/diagnosis/promises/**/*.ts',
  'diagnosis-stream': 'harness/diagnosis/stream/**/*.ts',
};
