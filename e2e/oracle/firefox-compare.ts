import type { ExchangeVerdict, SetCookieVerdict } from '../../src/contract.ts'
import type { Recording } from './cases.ts'
import { cookieText, type Difference, type Shown } from './compare-store.ts'

const lossyUtf8 = new TextDecoder('utf-8', { ignoreBOM: true })
const decoded = (bytes: string): string => lossyUtf8.decode(Buffer.from(bytes, 'latin1'))

/** nsICookie: a name keeps its bytes, in a value and a path U+FFFD stands for those that are no UTF-8. */
export const firefoxShown: Shown = { name: (bytes) => bytes, value: decoded, path: decoded }

/** A console message that a line was refused; others tell of ignored attributes and of what future versions will do. */
const isRejection = ({ text }: { text: string }): boolean =>
  /rejected/.test(text) ? !/will (?:soon )?be rejected/.test(text) : /its size is too big/.test(text)

/** Blocks of which Firefox's console says nothing. */
const silent = new Set(['CredentialsOmitted', 'CorsPreflight'])

/** A cookie or, third parties' refused, the whole line as the message quotes it. */
const quoted = (text: string): string => /“(.*?)”/s.exec(text)?.[1] ?? ''

const isAbout = (text: string, { line, cookie }: SetCookieVerdict): boolean => {
  const name = quoted(text)
  const written = line.split(';', 1)[0] ?? ''
  const names = [cookie?.name ?? '', written.split('=', 1)[0]?.trim() ?? '', written.trim(), line]
  return names.some((candidate) => candidate === name || decoded(candidate) === name)
}

/** Each line that is refused has its message, and no other has one. */
export const messageDifferences = ({ messages = [] }: Recording, verdict: ExchangeVerdict): Difference[] => {
  const open = messages.filter(isRejection)
  const perLine = verdict.setCookies.flatMap((line): Difference[] => {
    const at = open.findIndex(({ text }) => isAbout(text, line))
    const [message] = at === -1 ? [] : open.splice(at, 1)
    const ids = line.reasons.map(({ id }) => id)
    const expected = line.outcome === 'blocked' && !ids.some((id) => silent.has(id))
    return line.outcome !== 'unknown' && expected === (message !== undefined)
      ? []
      : [
          {
            what: `line ${JSON.stringify(line.line.slice(0, 200))}`,
            ours: `${line.outcome} ${ids}`,
            browser: message?.text.slice(0, 200) ?? 'no message',
          },
        ]
  })
  return [
    ...perLine,
    ...open.map(({ text }) => ({ what: 'message', ours: 'no line for it', browser: text.slice(0, 200) })),
  ]
}

/** With every input given, nothing is unknown, and whatever is withheld has its reason. */
export const outcomeDifferences = ({ cookies }: ExchangeVerdict): Difference[] =>
  cookies
    .filter(({ outcome, reasons }) => outcome === 'unknown' || (outcome === 'blocked') !== reasons.length > 0)
    .map(({ cookie, outcome, reasons }) => ({
      what: `cookie ${cookieText(cookie)}`,
      ours: `${outcome} ${reasons.map(({ id }) => id)}`,
      browser: 'sent, or withheld for a reason',
    }))
