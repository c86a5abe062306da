import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src/**/*.test.{ts,tsx}', 'scripts/**/*.test.ts', 'e2e/oracle/**/*.test.ts'],
    environment: 'node',
    // Thousands of cases in one test, on a machine that may be busy with others.
    testTimeout: 60_000,
  },
})
