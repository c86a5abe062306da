import type { Header, Observed, Reason, StoredCookie, StoreWrite } from '../contract.ts'
import type { LogEntry } from './session.ts'

/** What an exchange takes besides its text: objects, lists, and its place in the indices. Measured; see bench-log.ts. */
const PER_EXCHANGE = 2_400
const PER_HEADER = 100
const PER_LINE = 1_000
const PER_COOKIE_VERDICT = 250
const PER_REASON = 300
const PER_COOKIE = 400

/** About how many bytes of memory the exchanges of a log take. Cookies of the store count once, however many share them. */
export class LogSize {
  /** How many exchanges hold a cookie. */
  readonly #shared = new Map<StoredCookie, number>()
  #bytes = 0

  get bytes(): number {
    return this.#bytes
  }

  add(entry: LogEntry): void {
    this.#bytes += ownBytes(entry)
    for (const cookie of sharedCookies(entry)) {
      const holders = this.#shared.get(cookie) ?? 0
      if (holders === 0) this.#bytes += bytesOfCookie(cookie)
      this.#shared.set(cookie, holders + 1)
    }
  }

  /** @param entry the same object that was added */
  remove(entry: LogEntry): void {
    this.#bytes -= ownBytes(entry)
    for (const cookie of sharedCookies(entry)) {
      const holders = this.#shared.get(cookie) ?? 0
      if (holders > 1) this.#shared.set(cookie, holders - 1)
      else if (this.#shared.delete(cookie)) this.#bytes -= bytesOfCookie(cookie)
    }
  }

  clear(): void {
    this.#shared.clear()
    this.#bytes = 0
  }
}

export const bytesOfWrite = ({ cookie }: StoreWrite): number => bytesOfCookie(cookie)

const sharedCookies = ({ verdict, observed }: LogEntry): StoredCookie[] => [
  ...verdict.cookies.map(({ cookie }) => cookie),
  ...observed.flatMap(({ cookie }) => cookie ?? []),
]

function ownBytes({ exchange, verdict, observed }: LogEntry): number {
  const { url, frames, redirectChain, requestHeaders, responseHeaders } = exchange
  let bytes = PER_EXCHANGE + url.length + textBytes(frames) + textBytes(redirectChain ?? [])
  bytes += headerBytes(requestHeaders) + headerBytes(responseHeaders)
  for (const { line, cookie, reasons, warnings } of verdict.setCookies) {
    bytes += PER_LINE + line.length + (cookie === null ? 0 : bytesOfCookie(cookie))
    bytes += reasonBytes(reasons) + reasonBytes(warnings)
  }
  for (const { reasons } of verdict.cookies) bytes += PER_COOKIE_VERDICT + reasonBytes(reasons)
  return bytes + evidenceBytes(observed)
}

const textBytes = (texts: readonly string[]): number => texts.reduce((sum, text) => sum + text.length, 0)

const headerBytes = (headers: readonly Header[]): number =>
  headers.reduce((sum, { name, value }) => sum + PER_HEADER + name.length + value.length, 0)

const reasonBytes = (reasons: readonly Reason[]): number =>
  reasons.reduce((sum, { title, explanation, fix }) => {
    const fixed = fix === undefined ? 0 : (fix.setCookie?.length ?? 0) + textBytes(fix.notes)
    return sum + PER_REASON + title.length + explanation.length + fixed
  }, 0)

/** The sentences are few and the same ones. */
const evidenceBytes = (observed: readonly Observed[]): number => observed.length * PER_HEADER

const bytesOfCookie = ({ name, value, path, domain }: StoredCookie): number =>
  PER_COOKIE + name.length + value.length + path.length + domain.length
