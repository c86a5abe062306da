import type { ExchangeVerdict, SetCookieVerdict } from '../../src/contract.ts'
import type { Recording } from './cases.ts'
import { cookieText, type Difference, type Shown } from './compare-store.ts'

const lossyUtf8 = new TextDecoder('utf-8', { ignoreBOM: true })
const decoded = (bytes: string): string => lossyUtf8.decode(Buffer.from(bytes, 'latin1'))

/** nsICookie: a name keeps its bytes, in a value and a path U+FFFD stands for those that are no UTF-8. */
export const firefoxShown: Shown = { name: (bytes) => bytes, value: decoded, path: decoded }

/** Of other things: ignored attributes, future versions, cookies that are not sent. */
const otherwise = [
  /^The value of the attribute/,
  /will (?:soon )?be rejected/,
  /was omitted because of a cross-site redirect/,
  /^Cookie “” has been rejected as third-party/,
]

/** A console message that a line was refused. */
const isRejection = ({ category, text }: { category: string; text: string }): boolean =>
  !otherwise.some((pattern) => pattern.test(text)) &&
  (category === 'cookiesRejection' || /rejected|its size is too big/.test(text))

/** Firefox's console says nothing of lines that it does not even read, of a blank one, and of one that was accepted and evicted. */
const unread = new Set(['CredentialsOmitted', 'CorsPreflight'])
const isSilent = (reasons: SetCookieVerdict['reasons']): boolean =>
  reasons[0]?.id === 'EvictedAtOnce' || reasons.some(({ id }) => unread.has(id))

/** What a message quotes: a name, or the whole line where third parties' are refused. Long messages are cut off. */
const quoted = (text: string): string => /“([^”]*)/.exec(text)?.[1] ?? ''

const isAbout = (text: string, { line, cookie }: SetCookieVerdict): boolean => {
  const quote = quoted(text)
  const isCut = text.includes('“') && !text.includes('”')
  const written = line.split(';', 1)[0] ?? ''
  const names = [cookie?.name ?? '', written.split('=', 1)[0]?.trim() ?? '', written.trim(), line]
  return names
    .flatMap((name) => [name, decoded(name)])
    .some((name) => (isCut ? name.startsWith(quote) : name === quote))
}

/** Each line that is refused has its message, and no other has one. */
export const messageDifferences = ({ messages = [] }: Recording, verdict: ExchangeVerdict): Difference[] => {
  const open = messages.filter(isRejection).map(({ text }) => text)
  const take = (line: SetCookieVerdict): string | null => {
    const at = open.findIndex((text) => isAbout(text, line))
    return at === -1 ? null : (open.splice(at, 1)[0] ?? null)
  }
  // Several lines may have one name: those that are refused by our verdict choose first.
  const missing = verdict.setCookies.filter((line) => isRejected(line) && take(line) === null)
  const surplus = verdict.setCookies.flatMap((line) => {
    const message = isRejected(line) ? null : take(line)
    return message === null ? [] : [{ line, message }]
  })
  return [
    ...verdict.setCookies.filter(({ outcome }) => outcome === 'unknown').map((line) => differing(line, 'it is known')),
    ...missing.map((line) => differing(line, 'no message')),
    ...surplus.map(({ line, message }) => differing(line, message)),
    ...open.map((message) => ({ what: 'message', ours: 'no line for it', browser: message.slice(0, 200) })),
  ]
}

const isRejected = ({ line, outcome, reasons }: SetCookieVerdict): boolean =>
  outcome === 'blocked' && line.trim() !== '' && !isSilent(reasons)

const differing = ({ line, outcome, reasons }: SetCookieVerdict, browser: string): Difference => ({
  what: `line ${JSON.stringify(line.slice(0, 200))}`,
  ours: `${outcome} ${reasons.map(({ id }) => id)}`,
  browser: browser.slice(0, 200),
})

/** With every input given, nothing is unknown, and whatever is withheld has its reason. */
export const outcomeDifferences = ({ cookies }: ExchangeVerdict): Difference[] =>
  cookies
    .filter(({ outcome, reasons }) => outcome === 'unknown' || (outcome === 'blocked') !== reasons.length > 0)
    .map(({ cookie, outcome, reasons }) => ({
      what: `cookie ${cookieText(cookie)}`,
      ours: `${outcome} ${reasons.map(({ id }) => id)}`,
      browser: 'sent, or withheld for a reason',
    }))
