/**
 * The shapes that outsiders rely on: the library entry and the report file. Types only, no behaviour.
 * They stand outside the rooms because every room, from `cookie` to `cli`, speaks in them.
 */

export type Browser = 'chromium' | 'firefox' | 'safari'

/** One header field. Values are byte strings: one character per byte (Latin-1), as the network sent them. */
export interface Header {
  name: string
  value: string
}

/** One request and its response: one hop of a redirect chain. Plain JSON. */
export interface Exchange {
  /** Absolute request URL. */
  url: string
  method: string
  /** `webRequest.ResourceType`: main_frame, sub_frame, xmlhttprequest, image, … */
  resourceType: string
  /** Origin that started the request; null = the user did (address bar, bookmark). `"null"` is an opaque origin. */
  initiator: string | null
  /**
   * URLs of the document the request belongs to and its ancestors, innermost first, top-level last.
   * A main_frame navigation has []; a sub_frame navigation starts at its parent.
   */
  frames: string[]
  /** URLs of the earlier hops, first to last. */
  redirectChain?: string[]
  /** Default 'unknown': then read from the evidence. */
  credentials?: 'include' | 'omit' | 'unknown'
  requestHeaders: Header[]
  /** 0 where no response arrived. */
  status: number
  /** One entry per Set-Cookie line. */
  responseHeaders: Header[]
  /** Epoch milliseconds at which the response arrived. */
  time: number
}

export type ThirdPartyCookies = 'allowed' | 'blocked' | 'partitioned' | 'unknown'

export interface JudgeOptions {
  browser: Browser
  /** The cookie store just before the request. */
  jar: StoredCookie[]
  /** Left out: as the browser comes. 'unknown': nobody knows, and what hangs on it is unknown as well. */
  thirdPartyCookies?: ThirdPartyCookies
}

export type SameSiteStatus = 'no_restriction' | 'lax' | 'strict' | 'unspecified'

export interface PartitionKey {
  topLevelSite: string
  hasCrossSiteAncestor?: boolean
}

/** The WebExtension API's `cookies.Cookie`, nothing renamed. */
export interface StoredCookie {
  name: string
  value: string
  /** A domain cookie's domain carries the leading dot. */
  domain: string
  hostOnly: boolean
  path: string
  secure: boolean
  httpOnly: boolean
  sameSite: SameSiteStatus
  session: boolean
  /** Epoch seconds; after the browser's cap. */
  expirationDate?: number
  partitionKey?: PartitionKey
  /** Epoch milliseconds, when known. */
  creation?: number
}

export interface Reason {
  /**
   * CDP's SetCookieBlockedReason / CookieBlockedReason name where it has one,
   * else a name of the same form, documented in docs/rules.
   */
  id: string
  /** One line; names the attribute and the fix. */
  title: string
  /** One paragraph about this cookie, with its own values filled in. */
  explanation: string
  /** The span of the line at fault: UTF-16 offsets, end exclusive. */
  part?: { start: number; end: number }
  /** The corrected line, and what else to change. */
  fix?: {
    setCookie?: string
    notes: string[]
    /** How the corrected line's attributes are set in the stacks that were chosen, else those that seem to be there. */
    snippets?: StackSnippet[]
  }
  /** Section of the standard. */
  spec: string
}

export type SetOutcome = 'stored' | 'removed' | 'blocked' | 'unknown'
export type SendOutcome = 'sent' | 'blocked' | 'unknown'

export interface SetCookieVerdict {
  /** As received. */
  line: string
  /** What the browser makes of the line; null when it makes nothing of it. */
  cookie: StoredCookie | null
  /** removed: an accepted line whose expiry is past (it deletes, or has nothing to delete). */
  outcome: SetOutcome
  /** Every reason that blocks (for `unknown`: that may), the decisive one first. */
  reasons: Reason[]
  /** Accepted, but not as written: attribute ignored, expiry capped, … */
  warnings: Reason[]
}

export interface CookieVerdict {
  cookie: StoredCookie
  outcome: SendOutcome
  reasons: Reason[]
  /** It was in the Cookie header, and not seen in the store: of `cookie` only name and value are known. */
  attributesUnknown?: true
}

export interface ExchangeVerdict {
  /** One per Set-Cookie line, in order. */
  setCookies: SetCookieVerdict[]
  /** Every jar cookie of the request's registrable domain, in the order of a Cookie header. */
  cookies: CookieVerdict[]
}

/** How a prediction and the browser's own evidence agree. */
export type Agreement = 'confirmed' | 'predicted' | 'contradicted' | 'unexplained'

/** What the browser did about one verdict. */
export interface Observed {
  operation: 'set' | 'send'
  /** Index into `verdict.setCookies` or `verdict.cookies`. */
  index: number
  agreement: Agreement
  /** One line in plain words: which evidence, e.g. "never appeared in the store". Holds no cookie value. */
  evidence: string
  /** The browser's evidence may still come: the verdict is some moments old at most. */
  pending?: boolean
  /** The cookie as the store has it after this line, where it was seen. */
  cookie?: StoredCookie
}

/** blocks-now: the login fails by it; blocks-next: it would, once that is mended; odd: worth knowing, breaks nothing. */
export type DiagnosisRank = 'blocks-now' | 'blocks-next' | 'odd'

/** Lines for a stack that is, or seems to be, behind the exchanges. */
export interface StackSnippet {
  /** Name and version: `Express 5 (express-session 1)`. */
  stack: string
  /** The usual name of the file. */
  file: string
  /** As in a Markdown code fence: `js`. */
  language: string
  /** May be several, by line feeds. */
  lines: string
  /** One sentence. */
  note?: string
  /** URL of the page of the stack's documentation. */
  docs: string
}

/** How one change is written in a stack. */
export interface DiagnosisSnippet extends StackSnippet {
  /** Index into `changes`: what is changed. */
  change: number
}

/** What several exchanges show together. Its words hold no cookie value and no token. */
export interface Diagnosis {
  id: string
  title: string
  /** What was seen. */
  explanation: string
  /** seen: the exchanges show it; likely: what else would explain them is rare; possible: one of several explanations. */
  confidence: 'seen' | 'likely' | 'possible'
  /** Ids of the exchanges that show it. */
  exchanges: string[]
  rank?: DiagnosisRank
  /** Why it matters. */
  matters?: string
  /** What to change and where, in words for any stack. */
  changes?: string[]
  /** For the stacks that were chosen, else those that seem to be there. */
  snippets?: DiagnosisSnippet[]
  /** How to see that the change worked. */
  check?: string
}

/** In the order of a login. */
export type StoryStepId =
  | 'page'
  | 'request'
  | 'set-cookie'
  | 'stored'
  | 'redirects'
  | 'sent'
  | 'accepted'
  | 'reload'
  | 'navigation'

/** One step of a login. */
export interface StoryStep {
  id: StoryStepId
  /** ok: seen to work; broken: where the login breaks; risky: works, but; open: not seen yet; skipped: not part of this login. */
  mark: 'ok' | 'broken' | 'risky' | 'open' | 'skipped'
  /** A few words: `POST /login 200`, `sid not stored`. */
  title: string
  /** One sentence. */
  detail: string
  /** Ids of the exchanges that show it, the first one the one to go to. */
  exchanges: string[]
}

/** What became of one cookie on its way. */
export interface StoryCookie {
  name: string
  /** sent, withheld: on a request; stored, refused, removed: of a response. */
  fate: 'sent' | 'withheld' | 'stored' | 'refused' | 'removed'
}

/** Who takes part in a login beside the browser. */
export interface StoryParty {
  /** Its origin. */
  id: string
  kind: 'app' | 'api' | 'provider'
}

/** One exchange of the sequence diagram: a request to a party, and its answer. */
export interface StoryArrow {
  exchange: string
  /** Id of a party. */
  party: string
  /** `POST /login`. */
  label: string
  /** 0 where no response arrived. */
  status: number
  sent: StoryCookie[]
  set: StoryCookie[]
  /** The login breaks here. */
  broken?: boolean
}

/** What was verified of a healthy login, or what is still risky about it. */
export interface StoryCheck {
  id: string
  mark: 'ok' | 'risky'
  /** One line. */
  title: string
  detail: string
}

/** A login from its page to the next visit, as the log shows it. */
export interface Story {
  /** Id of the exchange that logs in. */
  login: string
  /** by-hand: the user picked it. */
  picked: 'found' | 'by-hand'
  /** Why it was picked: one line each. */
  why: string[]
  /** broken: a step failed; healthy: all that a login needs was seen; open: so far, so good. */
  outcome: 'healthy' | 'broken' | 'open'
  /** The whole in one sentence. */
  sentence: string
  steps: StoryStep[]
  parties: StoryParty[]
  arrows: StoryArrow[]
  /** How many more exchanges of the login there are, which `arrows` has no room for; left out for none. */
  arrowsLeftOut?: number
  checks: StoryCheck[]
}

export interface ReportExchange extends Exchange {
  id: string
  verdict: ExchangeVerdict
  observed: Observed[]
  /** Recording ended before the request did: whether a response arrived is not known. */
  unfinished?: boolean
  /** The answer came from the HTTP cache: its Set-Cookie lines were not processed. */
  fromCache?: boolean
  /** The browser's own name for why the request failed: `net::ERR_FAILED`, `NS_ERROR_NET_RESET`, … */
  error?: string
}

/** A cookie that appeared in the store, or vanished from it, with no response of the inspected tab behind it. */
export interface StoreWrite {
  id: string
  /** Epoch milliseconds at which the browser told of it. */
  time: number
  removed: boolean
  /** `cookies.OnChangedCause`: explicit, overwrite, expired, evicted, expired_overwrite. */
  cause: string
  cookie: StoredCookie
}

/**
 * Why exchanges are missing. not-recording: the user had switched it off; no-host-access: the extension might not see the
 * site; tab-crashed; connection-lost: the extension was reloaded; interrupted: the browser ended the part of
 * it that listens, which was started again; capacity: given up for memory, the oldest without a problem first.
 */
export type GapKind =
  | 'not-recording'
  | 'no-host-access'
  | 'tab-crashed'
  | 'connection-lost'
  | 'interrupted'
  | 'capacity'

/** A stretch of time of which exchanges are missing. Epoch milliseconds. */
export interface Gap {
  id: string
  kind: GapKind
  from: number
  /** null while it lasts. */
  to: number | null
  /** How many exchanges; null where nobody knows. */
  exchanges: number | null
  /** capacity: how many store writes were given up as well. */
  storeWrites?: number
  /** no-host-access: where the inspected page was seen, the hosts that were not, nor what their documents asked for. */
  hosts?: string[]
}

export interface Report {
  schema: 'cookie-verdict/report@1'
  generator: { name: string; version: string }
  browser: { name: Browser; version: string }
  /** ISO 8601. */
  created: string
  /** URL of the inspected page when the report was made, redacted likewise. */
  page: string
  redacted: boolean
  /** What the browser does with third-party cookies, as far as the evidence told: a verdict's input, kept for replay. */
  thirdPartyCookies: ThirdPartyCookies
  exchanges: ReportExchange[]
  /** What was written to the store by scripts or by the browser, in order of time. */
  storeWrites?: StoreWrite[]
  /** What the capture missed, in order of time. */
  gaps?: Gap[]
  /** Ranked: what blocks now, what would block next, what is merely odd. */
  diagnoses: Diagnosis[]
  /** The login in the log, where there is one. */
  story?: Story
}
