import { isSecureUrl, sameSite, siteOf } from '../../src/cookie/site.ts'
import type { Case, Context } from './cases.ts'
import { generateSendCase, generateSetCase } from './generate.ts'
import { generateCrowdedCase, generateCrowdedEmbeddedCase, generateCrowdedPartitionCase } from './generate-crowded.ts'
import type { Venue } from './play.ts'
import { type Random, randomFrom } from './random.ts'

export interface Plan {
  seed: number
  /** Set-Cookie lines. */
  lines: number
  /** Cookies of a jar, on requests. */
  cookies: number
  /** Who plays, and with which setting: each leaves out what it can't, and what nothing tells apart there. */
  venue: Venue
}

/** So many lines a response has, and cookies a jar: independent of each other but for the traps that concern two. */
const perExchange = 10

/** Firefox has no credentialless frames: it ignores the attribute. */
const unknownToFirefox: ReadonlySet<Context['kind']> = new Set(['credentialless', 'credentialless-image'])

/** A frame in a sandboxed frame, or the sandboxed frame itself: the same URLs, a third party or none, and seldom a header to tell. */
const indistinct: ReadonlySet<Context['kind']> = new Set(['sandbox-frames', 'sandbox-leaves'])

const isOneSite = (urls: readonly string[]): boolean =>
  urls.every((url) => sameSite(siteOf(url), siteOf(urls[0] ?? ''), false))

const isIndistinct = ({ context, url }: Case): boolean =>
  'frames' in context && indistinct.has(context.kind) && isOneSite([url, ...context.frames])

const isForFirefox = (testCase: Case): boolean =>
  !unknownToFirefox.has(testCase.context.kind) && !isIndistinct(testCase)

/**
 * Where nothing is blocked both are refused for the same reason. Where third parties are, Chromium has another reason for
 * each, and Sec-Fetch-Storage-Access tells them apart: it goes to trustworthy URLs only (measured).
 */
const isForChromium = (testCase: Case, thirdPartyCookies: Venue['thirdPartyCookies']): boolean =>
  thirdPartyCookies === 'allowed' || isSecureUrl(new URL(testCase.url)) || !isIndistinct(testCase)

export const planCases = ({ seed, lines, cookies, venue }: Plan): Case[] => {
  const random = randomFrom(seed)
  const many = (total: number, make: (index: number) => Case): Case[] =>
    Array.from({ length: Math.ceil(total / perExchange) }, (_, index) => make(index))
  const isFurther = (index: number): boolean => index % furtherEvery === 0
  const cases = [
    ...many(lines, (index) => generateSetCase(`set/${seed}/${index}`, perExchange, random, isFurther(index))),
    ...many(cookies, (index) => generateSendCase(`send/${seed}/${index}`, perExchange, random, isFurther(index))),
  ]
  const crowded = crowdedCases(seed, lines, random)
  return venue.browser === 'firefox'
    ? [
        ...cases.filter(isForFirefox),
        ...crowded,
        ...crowds(lines).map((index) => generateCrowdedEmbeddedCase(`crowded-embedded/${seed}/${index}`, random)),
      ]
    : [...cases.filter((testCase) => isForChromium(testCase, venue.thirdPartyCookies)), ...crowded]
}

/** WebSockets, workers, frames of a special kind: one exchange in so many. */
const furtherEvery = 6

/** One full store for so many lines; one of either kind at least. */
const linesPerCrowd = 500

const crowds = (lines: number): number[] => [...Array(Math.max(1, Math.ceil(lines / linesPerCrowd))).keys()]

const crowdedCases = (seed: number, lines: number, random: Random): Case[] =>
  crowds(lines).flatMap((index) => [
    generateCrowdedCase(`crowded/${seed}/${index}`, random),
    generateCrowdedPartitionCase(`crowded-partition/${seed}/${index}`, random),
  ])
