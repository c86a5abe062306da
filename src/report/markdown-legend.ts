import type { Report } from '../contract.ts'
import { standInsOf } from './redact.ts'
import { visible } from './visible.ts'

/** What stays of a secret (placeholder.ts). */
const KEPT = /^__(?:host-http|secure|host|http)-|[\0-\x20\x7f="]/gi
const ASCII = /^[\0-\x7f]*$/

/** The forms of stand-ins, each with words for it. */
const FORMS: readonly (readonly [is: (standIn: string) => boolean, words: string])[] = [
  [(standIn) => /^~\d+b~/.test(standIn), '`~32b~hash~…` stands for a value of 32 bytes'],
  [
    (standIn) => /^~(?!\d+b~)/.test(standIn),
    '`~hash` for one of 3 characters or more, filled up with `~` to its own length',
  ],
  [
    (standIn) => /^[^~].?$/s.test(standIn),
    'a value of one or two characters has other letters or digits in their place',
  ],
  [(standIn) => !ASCII.test(standIn), 'À to ÿ, ⡀ or 𝐀 for characters beyond ASCII'],
]

/**
 * What stands for the secrets of a redacted report in a text made of it.
 * @param written that text; null for all forms there are
 */
export function legendOf(report: Report, written: string | null): string {
  const standIns = [...standInsOf(report)].filter((one) => written === null || isWritten(one, written))
  const forms = standIns.map((one) => one.replace(KEPT, ''))
  const words = FORMS.flatMap(([is, of]) => (written === null || forms.some(is) ? [of] : []))
  const kept = written === null || standIns.some((one, i) => forms[i] !== '' && forms[i] !== one)
  return words.length === 0
    ? 'replaced, none stands here'
    : `replaced: ${words.join(', ')}${kept ? '; blanks, `=`, `"` and a `__Host-` in front are its own' : ''}; the same hash is the same value within this report`
}

/** As it is shortened, where it is; the shortest are found only where a value stands. */
function isWritten(standIn: string, written: string): boolean {
  const shown = visible(standIn).replace(/~{2,}$/, '')
  return shown.length > 2 ? written.includes(shown) : shown !== '' && written.includes(`=${shown}`)
}
