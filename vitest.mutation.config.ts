import { defineConfig } from 'vitest/config';

/** The tests of the three floors that mutation testing measures; the slow laws add minutes to each mutant and are left out, so the score is a lower bound. */
export default defineConfig({
  test: {
    include: ['harness/{judge,diagnosis,protocol}/**/*.test.ts'],
    exclude: ['harness/judge/laws.test.ts', 'harness/judge/totality.test.ts'],
    testTimeout: 60_000,
    pool: 'threads',
    isolate: false,
    maxWorkers: 1,
  },
});
