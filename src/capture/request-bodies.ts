import { within } from './within.ts'

/** Bodies of one exchange, as text; null for what DevTools does not have (any more). */
export interface RequestBodies {
  /** The request's Content-Type. */
  readonly requestType: string | null
  readonly requestBody: string | null
  readonly responseBody: string | null
}

/** What tells a request among those that DevTools lists, which have no id in common with webRequest's. */
export interface RequestKey {
  readonly url: string
  readonly method: string
  /** Epoch milliseconds. */
  readonly started: number
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

const withoutFragment = (url: string): string => url.replace(/#.*$/s, '')

/** The entry of a request: of those with its method and URL the one nearest in time. */
export const entryOf = <Entry extends Pick<HarRequest, 'startedDateTime' | 'request'>>(
  entries: readonly Entry[],
  { url, method, started }: RequestKey,
): Entry | null => {
  const wanted = withoutFragment(url)
  const away = ({ startedDateTime }: Entry) => Math.abs(Date.parse(startedDateTime) - started)
  const same = entries.filter(
    (entry) => entry.request.method === method && withoutFragment(entry.request.url) === wanted && away(entry) <= APART,
  )
  return same.reduce<Entry | null>((best, one) => (best === null || away(one) < away(best) ? one : best), null)
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
