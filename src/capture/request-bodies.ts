import { withoutFragment } from './url.ts'
import { within } from './within.ts'

/** Bodies of one exchange, as text; null for what cannot be had (any more). */
export interface RequestBodies {
  /** The request's Content-Type; of an outline its own. */
  readonly requestType: string | null
  /** In Firefox its outline (body-outline.ts). */
  readonly requestBody: string | null
  readonly responseBody: string | null
}

/** What tells a request among those that DevTools lists, which have no id in common with webRequest's. */
export interface RequestKey {
  readonly url: string
  readonly method: string
  /** Epoch milliseconds. */
  readonly started: number
  /** When others of its method and URL were started: what is nearer to one of them is theirs. GraphQL asks one address for everything. */
  readonly rivals?: readonly number[]
}

/** As HAR 1.2 has it. */
interface HarRequest {
  startedDateTime: string
  request: { url: string; method: string; postData?: { mimeType: string; text?: string } }
  response: { content: { size: number } }
  getContent(callback: (content: string | null, encoding: string | null) => void): void
}

interface HarApi {
  getHAR(callback: (log: { entries?: HarRequest[] } | undefined) => void): void
}

/** DevTools' clock and webRequest's may be that far apart, in milliseconds. */
const APART = 2_000
/** Bytes of a body that is asked for: a login's answer is small. */
const LARGEST = 1_000_000
/** Milliseconds in which DevTools answers, or does not. */
const PATIENCE = 5_000

/** Of those with its method and URL the one nearest in time. */
export const nearestTo = <One extends RequestKey>(
  all: readonly One[],
  { url, method, started, rivals = [] }: RequestKey,
): One | null => {
  const wanted = withoutFragment(url)
  const away = (one: One) => Math.abs(one.started - started)
  const isAnothers = (one: One) => rivals.some((rival) => Math.abs(one.started - rival) < away(one))
  const same = all.filter(
    (one) => one.method === method && withoutFragment(one.url) === wanted && away(one) <= APART && !isAnothers(one),
  )
  return same.reduce<One | null>((best, one) => (best === null || away(one) < away(best) ? one : best), null)
}

/** The entry of a request in a HAR. */
export const entryOf = <Entry extends Pick<HarRequest, 'startedDateTime' | 'request'>>(
  entries: readonly Entry[],
  key: RequestKey,
): Entry | null => {
  const keyed = entries.map((entry) => {
    const { url, method } = entry.request
    return { url, method, started: Date.parse(entry.startedDateTime), entry }
  })
  return nearestTo(keyed, key)?.entry ?? null
}

const contentOf = (entry: HarRequest): Promise<string | null> =>
  new Promise((resolve) => entry.getContent((content, encoding) => resolve(encoding === 'base64' ? null : content)))

/**
 * Asks DevTools for the bodies of a request: once, and nothing is listened to before or after. Null where DevTools has nothing of
 * that request. Measured in Chromium 156: an entry may be there before its response is (type `x-unknown`, status 0) while webRequest
 * has told of the response already; its getContent waits for the body all the same.
 */
export const readBodies = async (key: RequestKey): Promise<RequestBodies | null> => {
  const { network } = (globalThis as unknown as { chrome: { devtools: { network: HarApi } } }).chrome.devtools
  const log = new Promise<HarRequest[]>((resolve) => network.getHAR((har) => resolve(har?.entries ?? [])))
  const entry = entryOf(await within(PATIENCE, log, []), key)
  if (entry === null) return null
  const { postData } = entry.request
  return {
    requestType: postData?.mimeType ?? null,
    requestBody: postData?.text ?? null,
    responseBody: entry.response.content.size > LARGEST ? null : await within(PATIENCE, contentOf(entry), null),
  }
}
