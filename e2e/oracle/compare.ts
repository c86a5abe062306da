import type { Exchange, ExchangeVerdict, StoredCookie } from '../../src/contract.ts'
import { decodeUtf8 } from '../../src/cookie/bytes.ts'
import { sameKey } from '../../src/cookie/store.ts'
import { applyVerdict, judge } from '../../src/judge/index.ts'
import type { Recording } from './cases.ts'

export interface Difference {
  /** What is compared: a line's reasons, the store, a cookie's reasons, the Cookie header. */
  what: string
  ours: string
  browser: string
}

/** Our own ids, of which CDP knows nothing. */
const silent = new Set([
  'InvalidPartitioned',
  'AmbiguousSerialization',
  'CredentialsOmitted',
  'CorsPreflight',
  'PartitionKeyMismatch',
  'Expired',
])

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
  const verdict = judge(exchangeOf(recording), {
    browser: 'chromium',
    jar: recording.before,
    thirdPartyCookies: recording.thirdPartyCookies,
  })
  return [
    ...lineDifferences(recording, verdict),
    ...storeDifferences(recording, verdict),
    ...cookieDifferences(recording, verdict),
  ]
}

const lossyUtf8 = new TextDecoder()

/** As CDP shows it: decoded as UTF-8, bytes that are none left out. */
const asShown = (text: string): string =>
  decodeUtf8(text) ?? lossyUtf8.decode(Buffer.from(text, 'latin1')).replaceAll('\ufffd', '')

const lineDifferences = ({ blockedLines }: Recording, verdict: ExchangeVerdict): Difference[] =>
  verdict.setCookies.flatMap(({ line, outcome, reasons }) => {
    const entry = blockedLines.find((blocked) => blocked.line === asShown(line))
    const theirs = [...new Set(entry?.reasons ?? [])].sort()
    const ids = reasons.map(({ id }) => id)
    const first = ids.slice(0, Math.max(theirs.length, 1))
    const ours = first.filter((id) => !silent.has(id)).sort()
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

const storeDifferences = (recording: Recording, verdict: ExchangeVerdict): Difference[] => {
  const ours = applyVerdict(recording.before, verdict)
  const theirs = recording.after
  const missing = theirs.filter((cookie) => !ours.some((other) => isSame(other, cookie)))
  const extra = ours.filter((cookie) => !theirs.some((other) => isSame(cookie, other)))
  return missing.length === 0 && extra.length === 0
    ? []
    : [{ what: 'store', ours: extra.map(text).join(' | '), browser: missing.map(text).join(' | ') }]
}

const clockTolerance = 2

const isSame = (ours: StoredCookie, theirs: StoredCookie): boolean =>
  sameKey({ ...ours, name: asShown(ours.name), path: asShown(ours.path) }, theirs) &&
  asShown(ours.value) === theirs.value &&
  ours.secure === theirs.secure &&
  ours.httpOnly === theirs.httpOnly &&
  ours.sameSite === theirs.sameSite &&
  ours.session === theirs.session &&
  Math.abs((ours.expirationDate ?? 0) - (theirs.expirationDate ?? 0)) <= clockTolerance

const text = (cookie: StoredCookie): string =>
  JSON.stringify({ ...cookie, value: cookie.value.slice(0, 40), creation: undefined })

const cookieDifferences = ({ associated, requestHeaders }: Recording, verdict: ExchangeVerdict): Difference[] => {
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
            what: `cookie ${text(cookie)}`,
            ours: `${outcome} ${ids}`,
            browser: entry === undefined ? 'not listed' : `${theirs}`,
          },
        ]
  })
  const sent = verdict.cookies
    .filter(({ outcome }) => outcome === 'sent')
    .map(({ cookie }) => (cookie.name === '' ? cookie.value : `${cookie.name}=${cookie.value}`))
  const header = requestHeaders.find(({ name }) => name.toLowerCase() === 'cookie')?.value ?? ''
  return sent.join('; ') === header
    ? perCookie
    : [...perCookie, { what: 'Cookie header', ours: sent.join('; '), browser: header }]
}
