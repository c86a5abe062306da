/**
 * Recordings for tests, written as a reader would tell them. Each row is a request and its answer; the builder adds the
 * headers that Chromium would send, carries the cookie store from row to row, and has every exchange judged and
 * held against that store by the real judge. So a row says what happened, never what is to be thought of it.
 *
 *     recordingOf([
 *       'GET https://app.shop.test/login',
 *       { request: 'POST https://app.shop.test/login', status: 303, location: '/account', set: 'sid=1; Path=/; HttpOnly' },
 *       'GET https://app.shop.test/account',
 *       { request: 'GET https://api.shop.test/me', from: 'https://app.shop.test/account', status: 401 },
 *     ])
 */
import type {
  Browser,
  Exchange,
  Header,
  JudgeOptions,
  Observed,
  StoredCookie,
  StoreWrite,
  ThirdPartyCookies,
} from '../../contract.ts'
import { sameSite, siteOf } from '../../cookie/site.ts'
import { sameKey } from '../../cookie/store.ts'
import { applyVerdict, judge } from '../../judge/index.ts'
import { judgeObserved } from '../../judge/judge-observed.ts'
import type { StoreChange } from '../../judge/reconcile.ts'
import type { BodyFacts } from '../body-facts.ts'
import type { Evidence } from '../evidence.ts'
import { evidenceOf } from '../evidence-of.ts'
import type { Recording, Seen } from '../seen.ts'

/** Header fields by name; several of one name as a list. */
type Fields = Readonly<Record<string, string | readonly string[]>>

/** A request and its answer. */
export interface RequestRow {
  /** `POST https://app.shop.test/login`. */
  request: string
  /** Default: the row's place, `1` for the first. */
  id?: string
  /** `webRequest.ResourceType`. Default: xmlhttprequest with `from`, main_frame without. */
  type?: string
  /** URL of the document whose script asks. Of a frame: the document around it. */
  from?: string
  /** Of a navigation: who started it. Default: the page before; null (typed in) for the first and for `reload`. */
  initiator?: string | null
  /** The user loads the page again. */
  reload?: boolean
  /** What the script asked for. Default `include`. The exchange does not tell: a browser does not either. */
  credentials?: 'include' | 'omit'
  /** Added to those that Chromium sends; a Cookie header is made from the store. */
  requestHeaders?: Fields
  /** Default 200; 0: no answer. */
  status?: number
  /** A redirect's. The next row is its next hop if it asks for just that URL. */
  location?: string
  set?: string | readonly string[]
  responseHeaders?: Fields
  body?: Partial<BodyFacts>
  fromCache?: boolean
  state?: Seen['state']
  error?: string
  /** Seconds from the beginning of the recording. Default: a second after the row before. */
  at?: number
  /** A slow answer: the request was sent earlier, seconds from the beginning, with the cookies of then; the row's place is its answer's. */
  asked?: number
  /** What the browser was seen to do, in place of what the builder's own store shows: `[]` for nothing. */
  observed?: readonly Observed[]
  /** The store takes nothing of it, whatever the rules say. */
  lost?: boolean
}

/** A script of a document writes a cookie; or the store loses one. */
export interface WriteRow {
  /** URL of the document. */
  script: string
  /** As `document.cookie` takes it: an expiry in the past deletes. */
  write: string
  at?: number
}

/** A row; a text is a request that is answered: `GET https://app.shop.test/account 401`. */
export type Row = string | RequestRow | WriteRow

export interface RecordingOptions {
  browser?: Browser
  /** URL of the inspected page. Default: that of the last document. */
  page?: string
  /** Default allowed. */
  thirdPartyCookies?: ThirdPartyCookies
  /** Cookies from before: the URL that set them, and the line. */
  earlier?: readonly (readonly [url: string, line: string])[]
}

/** 2026-11-21 09:00 UTC: when recordings begin. */
export const beginning = Date.UTC(2026, 10, 21, 9)

export const recordingOf = (rows: readonly Row[], options: RecordingOptions = {}): Recording =>
  new Builder(options).build(rows)

/** What diagnoses look at, of such a recording. */
export const evidenceIn = (rows: readonly Row[], options: RecordingOptions & { pick?: string } = {}): Evidence =>
  evidenceOf(recordingOf(rows, options), options.pick ?? null)

const headersOf = (fields: Fields = {}): Header[] =>
  Object.entries(fields).flatMap(([name, values]) => [values].flat().map((value) => ({ name, value: String(value) })))

const isRedirect = (status: number): boolean => [301, 302, 303, 307, 308].includes(status)

class Builder {
  readonly #browser: Browser
  readonly #thirdPartyCookies: ThirdPartyCookies
  readonly #options: RecordingOptions
  readonly #seen: Seen[] = []
  readonly #writes: StoreWrite[] = []
  #jar: StoredCookie[] = []
  /** The store as it was from each row on. */
  readonly #jars: { from: number; jar: StoredCookie[] }[] = []
  #time = beginning
  #page: string | null = null

  constructor(options: RecordingOptions) {
    this.#options = options
    this.#browser = options.browser ?? 'chromium'
    this.#thirdPartyCookies = options.thirdPartyCookies ?? 'allowed'
  }

  build(rows: readonly Row[]): Recording {
    for (const [url, line] of this.#options.earlier ?? []) this.#setEarlier(url, line)
    for (const row of rows) {
      if (typeof row !== 'string' && 'write' in row) this.#write(row)
      else this.#ask(typeof row === 'string' ? rowOf(row) : row)
    }
    return {
      browser: this.#browser,
      page: this.#options.page ?? this.#page ?? '',
      seen: this.#seen,
      storeWrites: this.#writes,
      thirdPartyCookies: this.#thirdPartyCookies,
    }
  }

  get #judging(): JudgeOptions {
    return { browser: this.#browser, jar: this.#jar, thirdPartyCookies: this.#thirdPartyCookies }
  }

  /** The store as requests of that time found it. */
  #jarAt(time: number): StoredCookie[] {
    return this.#jars.findLast(({ from }) => from <= time)?.jar ?? []
  }

  #tick(at: number | undefined): void {
    this.#time = at === undefined ? this.#time + 1000 : beginning + at * 1000
  }

  #setEarlier(url: string, line: string): void {
    const exchange: Exchange = {
      url,
      method: 'GET',
      resourceType: 'main_frame',
      initiator: null,
      frames: [],
      requestHeaders: [],
      status: 200,
      responseHeaders: [{ name: 'Set-Cookie', value: line }],
      time: beginning - 3_600_000,
    }
    const before = this.#jar.length
    const verdict = judge(exchange, this.#judging)
    this.#jar = applyVerdict(this.#jar, verdict, this.#browser)
    if (this.#jar.length === before && verdict.setCookies[0]?.outcome !== 'stored')
      throw new Error(`earlier: ${url} can't set ${line}`)
  }

  #write({ script, write, at }: WriteRow): void {
    this.#tick(at)
    const exchange: Exchange = {
      url: script,
      method: 'GET',
      resourceType: 'main_frame',
      initiator: null,
      frames: [],
      requestHeaders: [],
      status: 200,
      responseHeaders: [{ name: 'Set-Cookie', value: write }],
      time: this.#time,
    }
    const verdict = judge(exchange, this.#judging)
    const line = verdict.setCookies[0]
    if (line?.cookie == null || (line.outcome !== 'stored' && line.outcome !== 'removed'))
      throw new Error(`script: ${script} can't write ${write}`)
    this.#jar = applyVerdict(this.#jar, verdict, this.#browser)
    this.#writes.push({
      id: `w${this.#writes.length + 1}`,
      time: this.#time,
      removed: line.outcome === 'removed',
      cause: line.outcome === 'removed' ? 'expired_overwrite' : 'explicit',
      cookie: line.cookie,
    })
  }

  #ask(row: RequestRow): void {
    this.#tick(row.at)
    const started = row.asked === undefined ? this.#time : beginning + row.asked * 1000
    const jar = row.asked === undefined ? this.#jar : this.#jarAt(started)
    const judging = { ...this.#judging, jar }
    const [method, url] = row.request.split(' ')
    if (method === undefined || url === undefined || !URL.canParse(url))
      throw new Error(`not a request: ${row.request}`)
    const type = row.type ?? (row.from === undefined ? 'main_frame' : 'xmlhttprequest')
    const before = this.#hopBefore(url, type)
    const initiator = this.#initiatorOf(row, type, before)
    const status = row.status ?? 200
    const known: Exchange = {
      url,
      method,
      resourceType: type,
      initiator,
      frames: row.from === undefined ? [] : [row.from],
      ...(before === null ? {} : { redirectChain: [...(before.exchange.redirectChain ?? []), before.exchange.url] }),
      requestHeaders: [],
      status,
      responseHeaders: [
        ...headersOf(row.responseHeaders),
        ...(row.location === undefined ? [] : [{ name: 'Location', value: row.location }]),
        ...[row.set ?? []].flat().map((value) => ({ name: 'Set-Cookie', value })),
      ],
      time: this.#time + 50,
    }
    const credentials = row.credentials ?? 'include'
    const headers = [...this.#browserHeaders(known, credentials), ...headersOf(row.requestHeaders)]
    // What the browser does: it knows the credentials mode, whatever the log can tell of it.
    const truth = judge({ ...known, credentials, requestHeaders: headers }, judging)
    const sent = truth.cookies.filter(({ outcome }) => outcome === 'sent')
    const cookie = sent.map(({ cookie: { name, value } }) => `${name}=${value}`).join('; ')
    const sends = row.fromCache !== true && row.state !== 'pending' && cookie !== ''
    const exchange: Exchange = {
      ...known,
      requestHeaders: sends ? [...headers, { name: 'Cookie', value: cookie }] : headers,
    }
    const stores = row.fromCache !== true && row.lost !== true
    const jarAfter = stores ? applyVerdict(this.#jar, truth, this.#browser) : this.#jar
    const changes = changesOf(stores ? truth.setCookies : [], this.#jar, exchange.time + 5)
    const judged = judgeObserved(exchange, judging, {
      changes,
      jarBefore: jar,
      jarAfter,
      settled: true,
      ...(row.fromCache === true && { fromCache: true }),
    })
    this.#jar = jarAfter
    this.#jars.push({ from: exchange.time, jar: jarAfter })
    const state = row.state ?? (row.error === undefined ? 'complete' : 'failed')
    const later = this.#seen.findIndex((one) => one.started > started)
    this.#seen.splice(later < 0 ? this.#seen.length : later, 0, {
      id: row.id ?? String(this.#seen.length + 1),
      exchange: judged.exchange,
      verdict: judged.verdict,
      observed: row.observed ?? judged.observed,
      fromCache: row.fromCache ?? false,
      started,
      state,
      ...(row.error !== undefined && { error: row.error }),
      ...(row.body !== undefined && { body: { password: false, tokens: [], opaqueTokens: [], ...row.body } }),
    })
    if (type === 'main_frame' && !isRedirect(status) && status !== 204 && status !== 0) this.#page = url
  }

  /** The hop before, if that one led here. */
  #hopBefore(url: string, type: string): Seen | null {
    const last = this.#seen.at(-1)
    if (last === undefined || last.exchange.resourceType !== type || !isRedirect(last.exchange.status)) return null
    const location = last.exchange.responseHeaders.find(({ name }) => name === 'Location')?.value
    if (location === undefined || !URL.canParse(location, last.exchange.url)) return null
    return new URL(location, last.exchange.url).href === new URL(url).href ? last : null
  }

  #initiatorOf(row: RequestRow, type: string, before: Seen | null): string | null {
    if (row.initiator !== undefined) return row.initiator
    if (before !== null) return before.exchange.initiator
    if (row.from !== undefined) return new URL(row.from).origin
    if (row.reload === true || this.#page === null || type !== 'main_frame') return null
    return new URL(this.#page).origin
  }

  /** As measured in Chromium 156, as far as rules and diagnoses read them. */
  #browserHeaders(
    { url, method, resourceType, initiator, redirectChain = [] }: Exchange,
    credentials: string,
  ): Header[] {
    const target = new URL(url)
    const isScript = resourceType === 'xmlhttprequest'
    const headers: Header[] = [{ name: 'Accept-Encoding', value: 'gzip' }]
    const isCrossOrigin = initiator !== null && [...redirectChain, url].some((hop) => new URL(hop).origin !== initiator)
    const isPlainGet = method === 'GET' || method === 'HEAD'
    if (initiator !== null && (isScript ? isCrossOrigin || !isPlainGet : !isPlainGet))
      headers.push({ name: 'Origin', value: initiator })
    if (target.protocol !== 'https:' && target.hostname !== 'localhost') return headers
    const isSame = initiator !== null && sameSite(siteOf(url), siteOf(initiator), true)
    const site = initiator === null ? 'none' : !isCrossOrigin ? 'same-origin' : isSame ? 'same-site' : 'cross-site'
    headers.push({ name: 'Sec-Fetch-Site', value: site })
    if (isScript && site === 'cross-site' && credentials === 'include') {
      const value = this.#thirdPartyCookies === 'allowed' ? 'active' : 'none'
      if (this.#browser === 'chromium') headers.push({ name: 'Sec-Fetch-Storage-Access', value })
    }
    return headers
  }
}

const rowOf = (text: string): RequestRow => {
  const [method, url, status] = text.split(' ')
  if (status !== undefined && !/^\d{3}$/.test(status)) throw new Error(`not a status: ${text}`)
  return { request: `${method} ${url}`, ...(status !== undefined && { status: Number(status) }) }
}

/** What the browser tells of its store after a response. */
const changesOf = (
  lines: ReturnType<typeof judge>['setCookies'],
  jar: readonly StoredCookie[],
  time: number,
): StoreChange[] =>
  lines.flatMap(({ outcome, cookie }): StoreChange[] => {
    if (cookie === null) return []
    const old = jar.find((one) => sameKey(one, cookie))
    if (outcome === 'removed')
      return old === undefined ? [] : [{ removed: true, cause: 'expired_overwrite', cookie: old, time }]
    if (outcome !== 'stored') return []
    return [
      ...(old === undefined ? [] : [{ removed: true, cause: 'overwrite', cookie: old, time }]),
      { removed: false, cause: 'explicit', cookie, time },
    ]
  })
