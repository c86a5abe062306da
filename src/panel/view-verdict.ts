import type { CookieVerdict, Observed, Reason, SetCookieVerdict, StoredCookie } from '../contract.ts'
import { dateText } from './view-text.ts'
import { flagWords } from './view-write.ts'

export type Tone = 'bad' | 'warn' | 'ok' | 'doubt' | 'quiet'

export interface Badge {
  readonly text: string
  readonly tone: Tone
}

/** One verdict in a few words. */
export interface VerdictWords {
  readonly icon: 'blocked' | 'notSent' | 'doubt' | 'ok' | 'sent' | 'none'
  readonly tone: Tone
  readonly badges: readonly Badge[]
  /** How far the browser's own evidence bears it out: `confirmed: never appeared in the store`. */
  readonly agreement: string
  /** What to make of it where rules and browser disagree; empty where they don't. */
  readonly dispute: string
}

const SET_WORDS = {
  stored: { icon: 'ok', tone: 'ok', text: 'stored' },
  removed: { icon: 'ok', tone: 'quiet', text: 'removed' },
  blocked: { icon: 'blocked', tone: 'bad', text: 'blocked' },
  unknown: { icon: 'doubt', tone: 'doubt', text: 'not known' },
} as const

const SEND_WORDS = {
  sent: { icon: 'sent', tone: 'ok', text: 'sent' },
  blocked: { icon: 'notSent', tone: 'warn', text: 'not sent' },
  unknown: { icon: 'doubt', tone: 'doubt', text: 'not known' },
} as const

const OUR_DOING =
  'Either a browser setting that Cookie Verdict cannot read, or a mistake in its rules: trust what was seen.'

/** What is said where the browser left a cookie behind and no rule says why. */
interface Lost {
  icon: VerdictWords['icon']
  tone: Tone
  text: string
  did: string
}

export const setWords = ({ outcome }: SetCookieVerdict, seen: Observed | null): VerdictWords =>
  verdictWords(SET_WORDS[outcome], seen, {
    icon: 'blocked',
    tone: 'bad',
    text: 'not stored',
    did: 'did not keep this cookie',
  })

export const sendWords = ({ outcome }: CookieVerdict, seen: Observed | null): VerdictWords =>
  verdictWords(SEND_WORDS[outcome], seen, {
    icon: 'notSent',
    tone: 'warn',
    text: 'not sent',
    did: 'left this cookie out',
  })

function verdictWords(
  { icon, tone, text }: { icon: VerdictWords['icon']; tone: Tone; text: string },
  seen: Observed | null,
  lost: Lost,
): VerdictWords {
  if (seen?.agreement === 'contradicted') {
    return {
      icon: 'doubt',
      tone: 'doubt',
      badges: [{ text: 'contradicted', tone: 'doubt' }],
      agreement: seen.evidence,
      dispute: `The rules say “${text}”, the browser did otherwise. ${OUR_DOING}`,
    }
  }
  if (seen?.agreement === 'unexplained') {
    return {
      icon: lost.icon,
      tone: lost.tone,
      badges: [
        { text: lost.text, tone: lost.tone },
        { text: 'unexplained', tone: 'doubt' },
      ],
      agreement: seen.evidence,
      dispute: `The browser ${lost.did}, and no rule says why. Every rule that is known was ruled out.`,
    }
  }
  return { icon, tone, badges: [{ text, tone }], agreement: agreementText(seen), dispute: '' }
}

function agreementText(seen: Observed | null): string {
  const { agreement, evidence } = seen ?? { agreement: 'predicted', evidence: '' }
  if (evidence !== '') return `${agreement}: ${evidence}`
  return agreement === 'predicted' ? 'predicted: nothing seen yet' : agreement
}

/** Where and how long the store keeps a cookie: `shop.test and its sub-domains`, `path /`, `until …`, `HttpOnly`. */
export function storedWords(cookie: StoredCookie): string[] {
  const { session, expirationDate, partitionKey } = cookie
  return [
    domainWords(cookie),
    `path ${cookie.path}`,
    session || expirationDate === undefined ? 'until the browser closes' : `until ${dateText(expirationDate * 1000)}`,
    ...flagWords(cookie),
    ...(partitionKey ? [partitionWords(cookie)] : []),
  ]
}

const domainWords = ({ domain, hostOnly }: StoredCookie): string =>
  hostOnly ? `host-only for ${domain}` : `${domain.replace(/^\./, '')} and its sub-domains`

const partitionWords = ({ partitionKey }: StoredCookie): string =>
  partitionKey ? `partition of ${partitionKey.topLevelSite}` : 'no partition'

/** What tells a cookie from others of its name in a list: domain, path, partition. Empty where none has its name. */
export function apartWords(cookie: StoredCookie, list: readonly StoredCookie[]): string[] {
  const namesakes = list.filter((one) => one.name === cookie.name && one !== cookie)
  return [domainWords, ({ path }: StoredCookie) => `path ${path}`, partitionWords].flatMap((words) =>
    namesakes.some((one) => words(one) !== words(cookie)) ? [words(cookie)] : [],
  )
}

/** Reasons of one line, a corrected line that several of them share with the first of these only. */
export function withEachFixOnce(reasons: readonly Reason[]): Reason[] {
  const seen = new Set<string>()
  return reasons.map((reason) => {
    const line = reason.fix?.setCookie
    if (line === undefined) return reason
    if (seen.has(line)) return { ...reason, fix: { notes: reason.fix?.notes ?? [] } }
    seen.add(line)
    return reason
  })
}

/** `5.7` is a section of RFC 6265bis; anything else names its standard itself. */
export function standardText(spec: string): string {
  return /^\d/.test(spec) ? `RFC 6265bis ${spec}` : spec
}
