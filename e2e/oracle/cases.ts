import type { StoredCookie, ThirdPartyCookies } from '../../src/contract.ts'

/** How a request is made, and from where. Documents are named by origin. */
export type Context =
  /** Address bar. */
  | { kind: 'typed' }
  /** A link, or a form by POST, on a page. */
  | { kind: 'link' | 'post'; page: string }
  /** Address bar, through a redirect of this origin. */
  | { kind: 'redirected'; via: string }
  /** From a document: the innermost first, the page last. */
  | { kind: 'fetch'; frames: string[]; credentials: 'include' | 'omit' }
  | { kind: 'image' | 'script' | 'frame' | 'frame-post'; frames: string[] }
  /** By a fetch or image that is redirected by this origin. */
  | { kind: 'image-redirected'; frames: string[]; via: string }
  /** From a sandboxed frame of the page, without allow-same-origin: an image. */
  | { kind: 'sandboxed'; frames: string[] }
  /** A handshake, or a fetch by a worker of the document. */
  | { kind: 'websocket' | 'worker' | 'shared-worker'; frames: string[] }
  /** The document of an iframe with `credentialless`, and an image in one of the URL's own origin. */
  | { kind: 'credentialless' | 'credentialless-image'; frames: string[] }
  /** A sandboxed frame of the innermost document: a frame in it, and its own going on to the URL. */
  | { kind: 'sandbox-frames' | 'sandbox-leaves'; frames: string[] }

/** One exchange to be played: what is in the jar, the request, and the lines of the response. */
export interface Case {
  id: string
  context: Context
  /** Without query. */
  url: string
  jar: StoredCookie[]
  /** Byte strings. */
  lines: string[]
  /** The response's Date header, as an offset in seconds to the recorder's clock; absent: no such header. */
  dateOffset?: number
}

/** What the browser did. */
export interface Recording {
  /** Of the request CDP told nothing: its header and the store are all there is. */
  silent?: true
  /** Absent: Chromium. */
  browser?: 'firefox'
  case: Case
  /** The full URL, its token included. */
  url: string
  method: string
  resourceType: string
  initiator: string | null
  frames: string[]
  redirectChain: string[]
  credentials: 'include' | 'omit'
  thirdPartyCookies: Exclude<ThirdPartyCookies, 'unknown'>
  /** Request headers as sent. */
  requestHeaders: { name: string; value: string }[]
  /** Epoch milliseconds at which the response arrived. */
  time: number
  /** Firefox's console messages about cookies: what it says where Chromium has CDP's reasons. */
  messages?: { category: string; text: string }[]
  /** CDP's blockedCookies: the line and its reasons. */
  blockedLines: { line: string; reasons: string[] }[]
  /** CDP's associatedCookies. */
  associated: { cookie: StoredCookie; reasons: string[] }[]
  /** The store before and after. */
  before: StoredCookie[]
  after: StoredCookie[]
  dateHeader: string | null
}
