import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** The tests that judge events and projections, each property with few stories: a mutant meets all of them, or those named here. */
process.env.DEMARCHE_PROPERTY_RUNS ??= '20';
const tests = process.env.DEMARCHE_MUTATION_TESTS ?? 'tests/{events,projections,records}/**/*.test.ts';

export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  test: {
    include: [tests],
    testTimeout: 300_000,
    // Loading what is tested anew for each file takes four fifths of the time. What is remembered from one to the next (dates that
    // were read) was found by the same mutant.
    isolate: false,
    setupFiles: ['tests/mutation/setup.ts'],
  },
});
