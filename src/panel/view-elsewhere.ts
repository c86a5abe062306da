import { profiles } from '../browsers/index.ts'
import type { BrowserProfile } from '../browsers/policy.ts'
import type { Browser, CookieVerdict, SetCookieVerdict } from '../contract.ts'
import {
  differs,
  type Elsewhere,
  type ElsewhereVerdict,
  elsewhere,
  sendDiffers,
  setDiffers,
} from '../judge/elsewhere.ts'
import { elsewhereWhy, isMeasured } from '../report/elsewhere-why.ts'
import { pagesUnder } from '../report/elsewhere-words.ts'
import type { LogEntry } from './session.ts'
import type { Tone, VerdictWords } from './view-verdict.ts'

/** What one browser does with one line or cookie, in a few words. */
export interface ElsewhereWords {
  readonly browser: string
  /** The browser that the panel is in: its verdict stands above. */
  readonly here: boolean
  readonly icon: VerdictWords['icon']
  readonly tone: Tone
  readonly text: string
  /** It certainly does otherwise than the browser here. */
  readonly differs: boolean
  /** Why, where it is otherwise than here or not known; empty where there is nothing to say. May hold `code`. */
  readonly why: string
  /** What the foretelling rests on. */
  readonly basis: string
}

const foretold = new WeakMap<LogEntry, Elsewhere>()

/** Worked out once per entry object, and only when asked for. */
export function elsewhereOf(entry: LogEntry, browser: Browser): Elsewhere {
  let known = foretold.get(entry)
  if (!known) {
    known = elsewhere(entry.exchange, entry.verdict, browser)
    foretold.set(entry, known)
  }
  return known
}

/** Whether another browser certainly does otherwise with one of the entry's cookies. */
export function differsElsewhere(entry: LogEntry, browser: Browser): boolean {
  const { setCookies, cookies } = entry.verdict
  if (setCookies.length + cookies.length === 0) return false
  return differs(entry.verdict, elsewhereOf(entry, browser))
}

type Look = Pick<ElsewhereWords, 'icon' | 'tone' | 'text'>

const LOOKS: Readonly<Record<string, Look>> = {
  stored: { icon: 'ok', tone: 'ok', text: 'stored' },
  removed: { icon: 'ok', tone: 'quiet', text: 'removed' },
  blocked: { icon: 'blocked', tone: 'bad', text: 'blocked' },
  sent: { icon: 'sent', tone: 'ok', text: 'sent' },
  notSent: { icon: 'notSent', tone: 'warn', text: 'not sent' },
  unknown: { icon: 'doubt', tone: 'doubt', text: 'not known' },
}
const UNKNOWN = { icon: 'doubt', tone: 'doubt', text: 'not known' } as const

export const setElsewhere = (
  here: SetCookieVerdict,
  there: readonly ElsewhereVerdict<SetCookieVerdict['outcome']>[],
  browser: Browser,
): ElsewhereWords[] =>
  inOrder(browser, there, (one) => {
    const look = LOOKS[one.outcome] ?? UNKNOWN
    const text =
      one.onlyUnder !== null && setDiffers(here, one) ? `${look.text}, but ${pagesUnder(one.onlyUnder)}` : look.text
    return { ...look, text, ...whyOf(one, setDiffers(here, one)) }
  })

export const sendElsewhere = (
  here: CookieVerdict,
  there: readonly ElsewhereVerdict<CookieVerdict['outcome']>[],
  browser: Browser,
): ElsewhereWords[] =>
  inOrder(browser, there, (one) => ({
    ...(LOOKS[one.outcome === 'blocked' ? 'notSent' : one.outcome] ?? UNKNOWN),
    ...whyOf(one, sendDiffers(here, one)),
  }))

/** The browsers in one order, wherever the panel is. */
function inOrder<One extends { browser: Browser }>(
  browser: Browser,
  there: readonly One[],
  words: (one: One) => Omit<ElsewhereWords, 'browser' | 'here' | 'basis'>,
): ElsewhereWords[] {
  return profiles.flatMap((profile): ElsewhereWords[] => {
    if (profile.browser === browser)
      return [
        {
          browser: profile.name,
          here: true,
          icon: 'none',
          tone: 'quiet',
          text: 'here',
          differs: false,
          why: '',
          basis: 'The browser you are in: its verdict stands above.',
        } as const,
      ]
    const one = there.find((each) => each.browser === profile.browser)
    return one ? [{ browser: profile.name, here: false, basis: basisOf(profile), ...words(one) }] : []
  })
}

function basisOf({ browser, name }: BrowserProfile): string {
  return isMeasured(browser)
    ? `Foretold by the rules measured in ${name}, with its usual settings: not tried there.`
    : `Foretold from published results: never run in ${name}.`
}

function whyOf(there: ElsewhereVerdict<string>, differs: boolean): { differs: boolean; why: string } {
  return { differs, why: there.outcome === 'unknown' || differs ? elsewhereWhy(there) : '' }
}
