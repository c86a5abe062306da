import { expect } from 'playwright/test'
import { validateReport } from '../../src/report/validate.ts'
import type { Expectation } from '../sites/scenarios.ts'
import type { Change } from '../sites/setup.ts'

/** What is asked of the three moments in every browser. */

/** The changes that the notes of a reason can name, by their words. */
const changes: readonly [RegExp, Change][] = [
  [/credentials: 'include'/, 'include-credentials'],
  [/keep the session on the server/, 'session-on-server'],
  [/over https/, 'use-https'],
  [/^Delete the Secure cookie/, 'clear-cookie'],
  [/^Send the request to/, 'ask-the-api'],
  [/on one site/, 'same-site'],
]

/** The change that a reason's notes name first. */
export const namedChange = (notes: readonly string[]): Change => {
  for (const note of notes) {
    const named = changes.find(([words]) => words.test(note))
    if (named !== undefined) return named[1]
  }
  throw new Error(`No note names a change: ${notes.join(' | ')}`)
}

/** The report is what its schema says; where something was lost, both its forms say so. */
export const expectReport = (json: string, lost?: { loss: Expectation; markdown: string }): void => {
  const result = validateReport(JSON.parse(json))
  expect(result.ok, result.ok ? '' : result.errors.join('\n')).toBe(true)
  if (!result.ok || lost === undefined) return
  const { operation, request, reason } = lost.loss
  const flagged = result.report.exchanges.find(({ url, method, verdict }) => {
    const { hostname, pathname } = new URL(url)
    const verdicts = operation === 'set' ? verdict.setCookies : verdict.cookies
    return (
      method === request.method &&
      hostname === request.host &&
      pathname === request.path &&
      verdicts.some(({ outcome, reasons }) => outcome === 'blocked' && reasons[0]?.id === reason)
    )
  })
  expect(flagged, 'the flagged exchange is in the report').toBeDefined()
  expect(lost.markdown).toContain(request.path)
  expect(lost.markdown).toContain(reason)
}
