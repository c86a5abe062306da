import { type Expectation, type ScenarioId, scenarioOf } from './scenarios.ts'

/**
 * Scenarios whose defect is none in Firefox as it comes, and why: the login survives. All others lose their cookie as in
 * Chromium with third-party cookies allowed.
 */
export const noDefectInFirefox: Partial<Record<ScenarioId, string>> = {
  'cross-site-default': 'a cookie without SameSite does not count as Lax, and is stored in the page’s partition',
  'third-party-blocked': 'third-party cookies are partitioned, not blocked: the page’s own requests carry them',
}

/** What Firefox is found to do with the login's cookie, with its default setting; null: the login survives. */
export const expectedInFirefox = (id: ScenarioId): Expectation | null =>
  noDefectInFirefox[id] === undefined ? scenarioOf(id).expected.allowed : null
