import type { Exchange, ExchangeVerdict } from '../../src/contract.ts'
import { decodeUtf8 } from '../../src/cookie/bytes.ts'
import { sameKey } from '../../src/cookie/store.ts'
import { judge } from '../../src/judge/index.ts'
import type { Recording } from './cases.ts'
import { cookieText, type Difference, headerDifferences, type Shown, storeDifferences } from './compare-store.ts'
import { firefoxShown, messageDifferences, outcomeDifferences } from './firefox-compare.ts'

/** Our own ids, of which CDP knows nothing. */
const silent = new Set([
  'InvalidPartitioned',
  'AmbiguousSerialization',
  'CredentialsOmitted',
  'CorsPreflight',
  'EvictedAtOnce',
  'PartitionKeyMismatch',
  'Expired',
])

/** A name of CDP's, but not for what a response sets. */
const onlyWhenSent = 'AnonymousContext'

export const exchangeOf = (recording: Recording): Exchange => ({
  url: recording.url,
  method: recording.method,
  resourceType: recording.resourceType,
  initiator: recording.initiator,
  frames: recording.frames,
  ...(recording.redirectChain.length === 0 ? {} : { redirectChain: recording.redirectChain }),
  credentials: recording.credentials,
  requestHeaders: recording.requestHeaders,
  status: 200,
  responseHeaders: [
    ...(recording.dateHeader === null ? [] : [{ name: 'Date', value: recording.dateHeader }]),
    // The network stack trims a header's value before anyone sees it.
    ...recording.case.lines.map((line) => ({ name: 'Set-Cookie', value: line.replace(/^[ \t]+|[ \t]+$/g, '') })),
  ],
  time: recording.time,
})

/** All in which our verdict on the recorded exchange differs from what the browser did. */
export const differences = (recording: Recording): Difference[] => {
  const { browser = 'chromium', before, thirdPartyCookies } = recording
  const verdict = judge(exchangeOf(recording), { browser, jar: before, thirdPartyCookies })
  if (recording.silent === true) {
    return [
      ...storeDifferences(recording, verdict, cdpShown),
      ...outcomeDifferences(verdict),
      ...headerDifferences(recording, verdict),
    ]
  }
  return browser === 'firefox'
    ? [
        ...messageDifferences(recording, verdict),
        ...storeDifferences(recording, verdict, firefoxShown),
        ...outcomeDifferences(verdict),
        ...headerDifferences(recording, verdict),
      ]
    : [
        ...lineDifferences(recording, verdict),
        ...storeDifferences(recording, verdict, cdpShown),
        ...cookieDifferences(recording, verdict),
      ]
}

const lossyUtf8 = new TextDecoder()

/** As CDP shows it: decoded as UTF-8, bytes that are none left out. */
const asCdpShows = (text: string): string =>
  decodeUtf8(text) ?? lossyUtf8.decode(Buffer.from(text, 'latin1')).replaceAll('\ufffd', '')

/** As CDP shows it. */
export const cdpShown: Shown = { name: asCdpShows, value: asCdpShows, path: asCdpShows }

export const lineDifferences = (
  { blockedLines }: Pick<Recording, 'blockedLines'>,
  verdict: ExchangeVerdict,
): Difference[] =>
  verdict.setCookies.flatMap(({ line, outcome, reasons }) => {
    const entry = blockedLines.find((blocked) => blocked.line === asCdpShows(line))
    const theirs = [...new Set(entry?.reasons ?? [])].sort()
    const ids = reasons.map(({ id }) => id)
    const first = ids.slice(0, Math.max(theirs.length, 1))
    const ours = first.filter((id) => !silent.has(id) && id !== onlyWhenSent).sort()
    const agree = outcome !== 'unknown' && ours.join() === theirs.join()
    return agree
      ? []
      : [
          {
            what: `line ${JSON.stringify(line.slice(0, 200))}`,
            ours: `${outcome} ${ids}`,
            browser:
              entry === undefined
                ? `no entry among ${JSON.stringify(blockedLines.map((blocked) => blocked.line.slice(0, 80)))}`
                : `${theirs}`,
          },
        ]
  })

export const cookieDifferences = (
  recording: Pick<Recording, 'associated' | 'requestHeaders'>,
  verdict: ExchangeVerdict,
): Difference[] => {
  const { associated } = recording
  const perCookie = verdict.cookies.flatMap(({ cookie, outcome, reasons }) => {
    const entry = associated.find((other) => sameKey(other.cookie, cookie))
    const theirs = (entry?.reasons ?? []).slice().sort()
    const ids = reasons.map(({ id }) => id)
    const ours =
      entry === undefined && ids.some((id) => silent.has(id)) ? [] : ids.filter((id) => !silent.has(id)).sort()
    const agree =
      outcome !== 'unknown' && ours.join() === theirs.join() && (outcome === 'blocked' || entry !== undefined)
    return agree
      ? []
      : [
          {
            what: `cookie ${cookieText(cookie)}`,
            ours: `${outcome} ${ids}`,
            browser: entry === undefined ? 'not listed' : `${theirs}`,
          },
        ]
  })
  return [...perCookie, ...headerDifferences(recording, verdict)]
}
