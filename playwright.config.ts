import { defineConfig } from 'playwright/test'

export default defineConfig({
  testDir: 'e2e/specs',
  outputDir: 'test-results',
  // A browser with DevTools is heavy, and each file starts its own; but most of the time they wait.
  workers: 2,
  retries: 0,
  forbidOnly: true,
  timeout: 60_000,
  // What is waited for comes at once, but not on a machine that is busy otherwise.
  expect: { timeout: 15_000 },
  reporter: 'list',
})
