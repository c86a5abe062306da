/**
 * What the tests of diagnoses have in common: a table of recordings in which a diagnosis finds something, and of those near by
 * in which it does not. Each is held against all healthy logins too, and against exchanges that make no sense.
 * By custom the values of cookies and tokens in recordings begin with `hush`, so that none can get into words unseen.
 */
import { describe, expect, it } from 'vitest'
import type { DiagnosisRank } from '../contract.ts'
import { noteOf } from '../remedies/generic.ts'
import { evidenceOf } from '../story/evidence-of.ts'
import type { Recording, Seen } from '../story/seen.ts'
import { recordingOf } from '../story/testing/recording.ts'
import type { DiagnosisRule, Finding } from './diagnosis.ts'
import { healthyLogins, type Told } from './testing-healthy.ts'

export interface Hit extends Told {
  rank: DiagnosisRank
  confidence: Finding['confidence']
  /** Stand in title, `seen` or `matters`. */
  says?: readonly string[]
  /** Do not. */
  silent?: readonly string[]
  /** The actions' names, all of them, in order. */
  fix?: readonly string[]
  /** The first of the exchanges. */
  shownBy?: string
}

export interface DiagnosisTable {
  finds: readonly Hit[]
  passes: readonly Told[]
  /** Names of healthy logins in which it may find something odd; in all others it finds nothing. */
  oddOnHealthy?: readonly string[]
}

const findIn = (rule: DiagnosisRule, { rows, options = {} }: Told): readonly Finding[] =>
  rule.find(evidenceOf(recordingOf(rows, options), options.pick ?? null))

export const testDiagnosis = (rule: DiagnosisRule, { finds, passes, oddOnHealthy = [] }: DiagnosisTable): void => {
  describe(`${rule.id} finds`, () => {
    for (const hit of finds)
      it(hit.name, () => {
        const [finding, ...more] = findIn(rule, hit)
        expect(more).toEqual([])
        expect(finding).toBeDefined()
        if (finding !== undefined) expectAsTold(finding, hit)
      })
  })
  describe(`${rule.id} finds nothing in`, () => {
    for (const told of passes) it(told.name, () => expect(findIn(rule, told)).toEqual([]))
  })
  it(`${rule.id} finds nothing that blocks in healthy logins`, () => {
    const found = healthyLogins.flatMap((told) =>
      findIn(rule, told).map(({ rank, title }) => ({ login: told.name, rank, title })),
    )
    expect(found.filter(({ login, rank }) => rank !== 'odd' || !oddOnHealthy.includes(login))).toEqual([])
  })
  it(`${rule.id} bears exchanges that make no sense`, () => {
    for (const hit of finds) for (const odd of spoilt(recordingOf(hit.rows, hit.options))) bears(rule, odd)
  })
}

const expectAsTold = (finding: Finding, hit: Hit): void => {
  const words = `${finding.title}\n${finding.seen}\n${finding.matters}`
  for (const said of hit.says ?? []) expect(words).toContain(said)
  for (const unsaid of hit.silent ?? []) expect(words).not.toContain(unsaid)
  expect({ rank: finding.rank, confidence: finding.confidence }).toEqual({ rank: hit.rank, confidence: hit.confidence })
  if (hit.fix !== undefined) expect(finding.actions.map(({ action }) => action)).toEqual(hit.fix)
  if (hit.shownBy !== undefined) expect(finding.exchanges[0]).toBe(hit.shownBy)
  const ids = new Set(recordingOf(hit.rows, hit.options).seen.map(({ id }) => id))
  expect(finding.exchanges.length).toBeGreaterThan(0)
  for (const id of finding.exchanges) expect(ids).toContain(id)
  expectSoundFinding(finding)
}

/** Words that can be shown whatever the page sent: short, whole sentences and quotations, nothing hidden, no secret. */
export const expectSoundFinding = (finding: Finding): void => {
  const { title, seen, matters, check, actions } = finding
  expect(title.length).toBeLessThan(120)
  expect(title).toMatch(/^[\S].*[^.\s]$/)
  expect(new Set(finding.exchanges).size).toBe(finding.exchanges.length)
  for (const text of [seen, matters, check]) {
    expect(text).toMatch(/^\S.*\.$/)
    expect(text.length).toBeLessThan(1200)
  }
  for (const text of [title, seen, matters, check, ...actions.map(noteOf)]) {
    // What a script writes for nothing is quoted as it was sent.
    const own = text.replace(/`Authorization: [^`]{1,20}`/g, '')
    expect(own).not.toMatch(/\p{C}|[\p{Zl}\p{Zp}]|``|undefined|NaN|Infinity|\[object/u)
    expect(text.replace(/`[^`]*`/g, '')).not.toMatch(/\bnull\b/)
    expect(text).not.toContain('hush')
    expect(text.split('`').length % 2).toBe(1)
  }
}

const bears = (rule: DiagnosisRule, recording: Recording): void => {
  for (const finding of rule.find(evidenceOf(recording))) expectSoundFinding(finding)
}

const hostile = '`\u202e<img src=x onerror=alert(1)>\u0000\n'
const nothing = { setCookies: [], cookies: [] }

/** Ways to spoil an exchange: what a log may hold, or a report that someone wrote. */
const spoils: readonly ((seen: Seen) => Partial<Seen>)[] = [
  ({ exchange }) => ({ exchange: { ...exchange, url: 'data:,hush' } }),
  ({ exchange }) => ({ exchange: { ...exchange, url: `https://xn--a/${'%'.repeat(9000)}?hush` } }),
  ({ exchange }) => ({ exchange: { ...exchange, url: hostile } }),
  ({ exchange }) => ({ exchange: { ...exchange, status: 0, responseHeaders: [] }, verdict: { ...nothing } }),
  ({ exchange }) => ({ exchange: { ...exchange, requestHeaders: [] } }),
  ({ exchange }) => ({ exchange: { ...exchange, method: hostile, resourceType: 'other', time: Number.NaN } }),
  ({ exchange }) => ({
    exchange: {
      ...exchange,
      responseHeaders: exchange.responseHeaders.map(({ name }) => ({ name, value: hostile })),
      requestHeaders: exchange.requestHeaders.map(({ name }) => ({ name, value: hostile.repeat(9) })),
    },
  }),
  () => ({ verdict: nothing, observed: [] }),
  ({ verdict }) => ({
    verdict: {
      setCookies: verdict.setCookies.map((line) => ({ ...line, cookie: null })),
      cookies: verdict.cookies.map((one) => ({ ...one, cookie: { ...one.cookie, name: hostile, path: hostile } })),
    },
  }),
]

const spoilt = ({ seen, ...recording }: Recording): Recording[] =>
  seen.flatMap((_, place) =>
    spoils.map((spoil) => ({
      ...recording,
      seen: seen.map((one, at) => (at === place ? { ...one, ...spoil(one) } : one)),
    })),
  )
