import type { RequestBodies, RequestKey } from '../capture/request-bodies.ts'
import { bodyFactsOf } from '../story/bodies.ts'
import type { BodyFacts } from '../story/body-facts.ts'
import { nameKind } from '../story/names.ts'
import { type PathKind, pathKind } from '../story/paths.ts'
import { headerOf, nameOfLine, readingOf } from '../story/reading.ts'
import type { LogEntry } from './session.ts'

/** Paths of which a body may tell whether it was a login, and with which token it was answered. */
const KINDS: ReadonlySet<PathKind> = new Set([
  'login',
  'auth',
  'near',
  'second-factor',
  'sign-up',
  'callback',
  'refresh',
])
const TYPES: ReadonlySet<string> = new Set(['main_frame', 'sub_frame', 'xmlhttprequest'])
/** As many at a time: a page that posts without end costs no more. */
const MOST = 4
/** Of so many requests it is known that they were asked for. */
const REMEMBERED = 500
/**
 * An address whose bodies told nothing so often is not asked for again: a page may post to it all day, and of 1,500 requests DevTools
 * takes 0.4 s to list (measured in Chromium 156, on a busy machine).
 */
const FRUITLESS = 2
/** GraphQL has one address for all: a page that is about to log in may ask it some things before. */
const FRUITLESS_GRAPHQL = 10
/** As many POSTs are remembered, to tell those of one address apart. */
const MOST_POSTS = 50
/** Milliseconds before each time that DevTools is asked, which may hear of a request later than we do. */
const WAITS = [0, 300, 1_000, 3_000]

/** Whether its path says only that it is GraphQL: of all that goes there, what sends a password is a login. */
const isGraphQl = (entry: LogEntry): boolean => {
  const reading = readingOf(entry)
  return pathKind(reading) === null && reading.segments.some((one) => /^(?:graphql|gql)$/.test(one))
}

/** How often its address may have told nothing. An answer of GraphQL's that sets a cookie is rare, and may be a login's at any time. */
const patienceWith = (entry: LogEntry): number => {
  if (!isGraphQl(entry)) return FRUITLESS
  return entry.verdict.setCookies.length > 0 ? Number.POSITIVE_INFINITY : FRUITLESS_GRAPHQL
}

/** A form that was sent to an address that says nothing, and was answered with a cookie: a widget's login, in a frame of its own. */
const isFormWithCookie = (entry: LogEntry): boolean =>
  entry.exchange.resourceType !== 'xmlhttprequest' &&
  pathKind(readingOf(entry)) === null &&
  entry.verdict.setCookies.some((line) => ['session', 'login', 'unknown'].includes(nameKind(nameOfLine(line))))

/** What may be anything, so that only a password tells. */
const mayBeAnything = (entry: LogEntry): boolean => isGraphQl(entry) || isFormWithCookie(entry)

/** Whether its bodies are worth asking for: a POST to where logins go, or to what may be anything, answered. */
export function mayHaveLoginBody(entry: LogEntry): boolean {
  const { exchange, state, fromCache } = entry
  if (state !== 'complete' || fromCache || exchange.status === 0) return false
  if (exchange.method !== 'POST' || !TYPES.has(exchange.resourceType)) return false
  const kind = pathKind(readingOf(entry))
  return kind === null ? mayBeAnything(entry) : KINDS.has(kind)
}

/**
 * Reads the bodies of requests that may be a login, and makes of them at once what may be known of them: the bodies themselves are
 * kept nowhere.
 */
export class LoginBodies {
  readonly #read: (key: RequestKey) => Promise<RequestBodies | null>
  readonly #onFacts: (id: string, facts: BodyFacts) => void
  readonly #wait: (ms: number) => Promise<void>
  readonly #asked = new Set<string>()
  /** How often an address, without its query, told nothing. */
  readonly #fruitless = new Map<string, number>()
  /** The last ones. */
  readonly #posts: { id: string; url: string; started: number }[] = []
  #running = 0

  constructor(
    read: (key: RequestKey) => Promise<RequestBodies | null>,
    onFacts: (id: string, facts: BodyFacts) => void,
    wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)),
  ) {
    this.#read = read
    this.#onFacts = onFacts
    this.#wait = wait
  }

  /** An entry of the log is new, or another. */
  async take(entry: LogEntry): Promise<void> {
    this.#note(entry)
    if (this.#asked.has(entry.id) || !mayHaveLoginBody(entry) || this.#running >= MOST) return
    const address = entry.exchange.url.replace(/[?#].*$/s, '')
    if ((this.#fruitless.get(address) ?? 0) >= patienceWith(entry)) return
    this.#asked.add(entry.id)
    for (const id of this.#asked) if (this.#asked.size > REMEMBERED) this.#asked.delete(id)
    this.#running++
    try {
      const told = await this.#readAll(entry)
      if (told) this.#fruitless.delete(address)
      else if (this.#fruitless.size < REMEMBERED) this.#fruitless.set(address, (this.#fruitless.get(address) ?? 0) + 1)
    } finally {
      this.#running--
    }
  }

  #note({ id, exchange, started }: LogEntry): void {
    if (exchange.method !== 'POST' || this.#posts.some((post) => post.id === id)) return
    this.#posts.push({ id, url: exchange.url, started })
    if (this.#posts.length > MOST_POSTS) this.#posts.shift()
  }

  /** @returns whether the bodies told anything */
  async #readAll(entry: LogEntry): Promise<boolean> {
    const { id, exchange, started } = entry
    let told = false
    const { url, method, status, responseHeaders } = exchange
    const responseType = headerOf(responseHeaders, 'content-type')
    const hasBody = status < 300 || status >= 400
    for (const ms of WAITS) {
      if (ms > 0) await this.#wait(ms)
      const rivals = this.#posts.flatMap((post) => (post.url === url && post.id !== id ? [post.started] : []))
      const bodies = await this.#read({ url, method, started, ...(rivals.length > 0 && { rivals }) })
      if (bodies === null || (mayBeAnything(entry) && bodies.requestBody === null)) continue
      const facts = bodyFactsOf({ ...bodies, responseType })
      // A field of its answer that is called a token may be anything.
      if (!facts.password && mayBeAnything(entry)) return false
      this.#onFacts(id, facts)
      told = facts.password || facts.tokens.length > 0 || facts.opaqueTokens.length > 0
      if (bodies.responseBody !== null || !hasBody) break
    }
    return told
  }
}
