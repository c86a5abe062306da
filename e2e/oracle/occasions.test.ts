import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { profiles } from '../../src/browsers/index.ts'
import type { BrowserProfile } from '../../src/browsers/policy.ts'
import type { Exchange, StoredCookie } from '../../src/contract.ts'
import { byteLength } from '../../src/cookie/bytes.ts'
import { isSecureUrl } from '../../src/cookie/site.ts'
import {
  lineEvidence,
  requestEvidence,
  responseEvidence,
  sendEvidence,
  withCredentials,
} from '../../src/rules/evidence.ts'
import { sendRules, setRules, warnRules } from '../../src/rules/index.ts'
import { type Occasion, occasion } from '../../src/rules/occasion.ts'
import { type RequestEvidence, type Rule, runRule, type SetEvidence } from '../../src/rules/rule.ts'
import { exchangeOf } from './compare.ts'
import { generateLine } from './generate-line.ts'
import { type Random, randomFrom } from './random.ts'
import { loadRecordings } from './recorded.ts'

/** Occasions that rules rely on without asking again, and when they are given, in the plainest words. */
const requestConditions: [Occasion, (evidence: RequestEvidence) => boolean][] = [
  [occasion.preflight, ({ preflight }) => preflight],
  [occasion.credentials, ({ credentials }) => credentials !== 'include'],
  [
    occasion.thirdParty,
    ({ context, thirdPartyCookies }) =>
      context.thirdParty !== false && thirdPartyCookies !== 'allowed' && thirdPartyCookies !== 'partitioned',
  ],
  [
    occasion.keptApart,
    ({ context, thirdPartyCookies }) => context.thirdParty === true && thirdPartyCookies === 'partitioned',
  ],
  [occasion.insecure, ({ context, profile }) => !isSecureUrl(context.url, profile.policy.localhostIsSecure)],
  [
    occasion.crossSiteResponse,
    ({ context, profile }) =>
      (context.setting === 'cross-site' || context.missing.length > 0) && !profile.policy.crossSiteResponsesSet,
  ],
  [occasion.ownReading, ({ profile }) => profile.policy.oddCharacters === 'in-its-own-way'],
]
const lineConditions: [Occasion, (evidence: SetEvidence) => boolean][] = [
  [occasion.nameless, ({ read }) => read.name === ''],
  [
    occasion.longPair,
    ({ read, profile }) =>
      byteLength(read.name) + byteLength(read.value) > (profile.policy.maxPairBytes ?? Number.POSITIVE_INFINITY),
  ],
  [occasion.sameSiteNone, ({ read }) => read.sameSiteStatus === 'no_restriction'],
  [occasion.sameSiteUnknown, ({ read }) => read.sameSite !== undefined && read.sameSiteStatus === 'unspecified'],
]
const conditions = [...requestConditions, ...lineConditions].reduce((bits, [bit]) => bits | bit, occasion.capped)

const isAsked = ({ on }: { on: number | null }, occasions: number): boolean => on === null || (on & occasions) !== 0

/** Rules that would have had something to say, but were not asked. */
const hidden = <Evidence extends RequestEvidence>(rules: readonly Rule<Evidence>[], evidence: Evidence): string[] =>
  rules
    .filter((rule) => !isAsked(rule, evidence.occasions) && !isAsked(rule, conditions))
    .filter((rule) => runRule(rule, evidence).kind !== 'pass')
    .map(({ key }) => key)

/** Occasions that are given where their condition does not hold, or the other way round. */
const wrong = <Evidence extends RequestEvidence>(
  table: [Occasion, (evidence: Evidence) => boolean][],
  evidence: Evidence,
): number[] => table.flatMap(([bit, holds]) => (holds(evidence) === ((evidence.occasions & bit) !== 0) ? [] : [bit]))

const faultsIn = (exchange: Exchange, jar: StoredCookie[], lines: readonly string[], profile: BrowserProfile) => {
  const told = requestEvidence(exchange, { browser: profile.browser, jar }, profile)
  return [told, withCredentials(told, 'include'), withCredentials(told, 'omit')].flatMap((request) => [
    ...wrong(requestConditions, request),
    ...lines.flatMap((line) => {
      const evidence = lineEvidence(line, responseEvidence(request, jar))
      const faults = [...hidden([...setRules, ...warnRules], evidence), ...wrong(lineConditions, evidence)]
      return faults.map((fault) => `${fault} ${line.slice(0, 200)}`)
    }),
    ...jar.flatMap((cookie) => hidden(sendRules, sendEvidence(cookie, request))),
  ])
}

const folder = new URL('./recorded/', import.meta.url)
const pieces = [
  '=',
  ';',
  ',',
  '"',
  '\t',
  '\x7f',
  '\xff',
  '😀',
  '__Host-',
  '; Domain=',
  '; Path=',
  '; Max-Age=',
  'x'.repeat(1500),
]

const mutated = (line: string, random: Random): string => {
  const at = random.int(line.length + 1)
  return line.slice(0, at) + random.pick(pieces) + line.slice(at + random.int(3))
}

describe.each(profiles.map((profile) => ({ profile, name: profile.name })))('occasions in $name', ({ profile }) => {
  it.each(readdirSync(folder))('hide no finding: %s', (file) => {
    const faults = loadRecordings(new URL(file, folder)).flatMap((recording) =>
      faultsIn(exchangeOf(recording), recording.before, recording.case.lines, profile),
    )
    expect(faults).toEqual([])
  })

  it('hide no finding: mutated lines', () => {
    const random = randomFrom(20_261_121)
    const exchange: Exchange = {
      url: 'http://app.shop.test/account/login',
      method: 'GET',
      resourceType: 'xmlhttprequest',
      initiator: 'https://www.shop.test',
      frames: ['https://www.shop.test/', 'https://other.test/'],
      requestHeaders: [],
      status: 200,
      responseHeaders: [],
      time: 1_800_000_000_000,
    }
    const lines = Array.from({ length: 5000 }, (_, index) => {
      let line = generateLine('app.shop.test', index, random)
      for (let times = random.int(4); times > 0; times--) line = mutated(line, random)
      return line
    })
    expect(faultsIn(exchange, [], lines, profile)).toEqual([])
  })
})
