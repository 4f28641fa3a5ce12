import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['harness/**/*.test.ts', 'fixtures/**/*.test.ts', 'scripts/**/*.test.ts'],
    // Most tests wait for processes and sockets; with one worker fewer than cores, a machine of two would run them one by one.
    maxWorkers: availableParallelism(),
    testTimeout: 60_000,
    hookTimeout: 60_000,
    passWithNoTests: false,
    coverage: {
      provider: 'v8',
      // For the tests of the pure floors alone: counting branches would triple the time of the others.
      include: ['harness/{judge,diagnosis,protocol}/**/*.ts'],
      exclude: ['**/*.test.ts'],
      reporter: ['text-summary', 'json-summary'],
      thresholds: {
        'harness/{judge,diagnosis,protocol}/**': { branches: 90 },
      },
    },
  },
});
