import { profileOf } from '../../src/browsers/index.ts'
import type { Browser, Exchange, ExchangeVerdict, JudgeOptions } from '../../src/contract.ts'
import { judge } from '../../src/judge/index.ts'
import type { Recording } from './cases.ts'
import { exchangeOf } from './compare.ts'

/** An outcome that was asserted with less told, and is not the one that all evidence gives. */
export interface Contradiction {
  subject: string
  asserted: string
  truth: string
}

/** What nothing tells is taken for what nearly all pages do: scripts of the URL's own origin, and frames, have credentials. */
const isAssumed = ({ credentials, initiator, resourceType, url }: Exchange): boolean =>
  credentials === 'omit' && (initiator === new URL(url).origin || resourceType === 'sub_frame')

/** With the setting unknown as well; and left out, where it is the one that the browser comes with. */
const settings = ({ before: jar, thirdPartyCookies }: Recording, browser: Browser): JudgeOptions[] => {
  const { thirdPartyDefault } = profileOf(browser).policy
  const told: JudgeOptions = { browser, jar, thirdPartyCookies }
  const unknown: JudgeOptions = { browser, jar, thirdPartyCookies: 'unknown' }
  return thirdPartyDefault === thirdPartyCookies ? [told, unknown, { browser, jar }] : [told, unknown]
}

/**
 * Judges a recording with what an extension knows of a request: not its credentials mode, nor for certain the setting. A
 * verdict may then be unknown, but never another than with everything told.
 */
export const contradictions = (recording: Recording): Contradiction[] => {
  const exchange = exchangeOf(recording)
  if (isAssumed(exchange)) return []
  const { browser = 'chromium', before: jar, thirdPartyCookies } = recording
  const truth = outcomes(judge(exchange, { browser, jar, thirdPartyCookies }))
  const less = { ...exchange, credentials: 'unknown' as const }
  return settings(recording, browser).flatMap((options) =>
    outcomes(judge(less, options)).flatMap(({ subject, outcome }, index) => {
      const expected = truth[index]?.outcome ?? 'nothing'
      return outcome === 'unknown' || outcome === expected ? [] : [{ subject, asserted: outcome, truth: expected }]
    }),
  )
}

/** In the order of the lines, and of the jar. */
const outcomes = ({ setCookies, cookies }: ExchangeVerdict): { subject: string; outcome: string }[] => [
  ...setCookies.map(({ line, outcome }) => ({ subject: line.slice(0, 200), outcome })),
  ...cookies
    .map(({ cookie, outcome }) => ({ subject: JSON.stringify(cookie), outcome }))
    .sort((a, b) => (a.subject < b.subject ? -1 : 1)),
]
