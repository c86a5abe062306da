import { remoteRequestBodies, type SentBody } from './firefox-request-bodies.ts'
import { nearestTo, type RequestBodies, type RequestKey } from './request-bodies.ts'
import type { CaptureSource } from './source.ts'
import { within } from './within.ts'

/** As HAR 1.2 has it; `getContent` is as Firefox has it, whose second value is a type and no encoding. */
export interface FinishedEntry {
  startedDateTime: string
  request: { url: string; method: string }
  response: { content: { mimeType?: string; size: number } }
  getContent(): Promise<[content: string, mimeType: string]>
}

interface NetworkApi {
  onRequestFinished: {
    addListener(listener: (entry: FinishedEntry) => void): void
    removeListener(listener: (entry: FinishedEntry) => void): void
  }
}

interface Answer extends RequestKey {
  /** The body of the answer: empty where it is nothing that a token could be in, null where it cannot be had. */
  readonly content: Promise<string | null>
}

/** Of so many requests it is known what was sent: there is no value in that. */
const MOST_SENT = 200
/** Answers are kept for as long as somebody may ask for them, and no longer: milliseconds. */
const KEPT = 10_000
const MOST_ANSWERS = 20
/** Bytes of an answer that is asked for: a login's is small. */
const LARGEST = 1_000_000
/** Milliseconds in which DevTools answers, or does not. */
const PATIENCE = 5_000

const isReadable = ({ mimeType, size }: FinishedEntry['response']['content']): boolean =>
  /[/+]json\b|^text\/plain/i.test(mimeType ?? '') && size <= LARGEST

/**
 * The two bodies of a tab's POSTs in Firefox: what was sent comes from the background page, as an outline, what was answered from
 * DevTools. Measured in Firefox ESR 153: `getHAR` would have both, but while it answers the Network panel misses what begins (30 of
 * 100 requests), so it is never called. `onRequestFinished` costs DevTools about 0.4 ms a request, 6 ms where it is answered with 300 kB.
 * Nothing is told where the page is left at once (within some 100 ms), or while the Network panel is paused or filters the request
 * out; the body of an answer is gone with its page, and so asked for at once.
 */
export class FirefoxBodies {
  readonly #sent: SentBody[] = []
  readonly #answers: Answer[] = []

  /** The source, with which bodies are listened to as well, as long as it is. */
  along(source: CaptureSource, tabId: number): CaptureSource {
    return {
      ...source,
      listen: (handlers) => {
        const stops = [this.#listen(), remoteRequestBodies(tabId, (body) => this.sent(body)), source.listen(handlers)]
        return () => {
          for (const stop of stops) stop()
          this.#sent.length = 0
          this.#answers.length = 0
        }
      },
    }
  }

  #listen(): () => void {
    const { network } = (globalThis as unknown as { chrome: { devtools: { network: NetworkApi } } }).chrome.devtools
    const onFinished = (entry: FinishedEntry) => this.finished(entry)
    network.onRequestFinished.addListener(onFinished)
    return () => network.onRequestFinished.removeListener(onFinished)
  }

  sent(body: SentBody): void {
    this.#sent.push(body)
    if (this.#sent.length > MOST_SENT) this.#sent.shift()
  }

  finished(entry: FinishedEntry): void {
    const { startedDateTime, request, response } = entry
    const { url, method } = request
    if (method !== 'POST') return
    const content = isReadable(response.content)
      ? entry.getContent().then(
          ([text]) => text,
          () => null,
        )
      : Promise.resolve('')
    const answer = { url, method, started: Date.parse(startedDateTime), content }
    this.#answers.push(answer)
    if (this.#answers.length > MOST_ANSWERS) this.#answers.shift()
    setTimeout(() => {
      const at = this.#answers.indexOf(answer)
      if (at >= 0) this.#answers.splice(at, 1)
    }, KEPT)
  }

  /** As `Platform.readBodies`; the request's is its outline. */
  async read(key: RequestKey): Promise<RequestBodies | null> {
    const outline = nearestTo(this.#sent, key)?.outline ?? null
    const answer = nearestTo(this.#answers, key)
    if (outline === null && answer === null) return null
    return {
      requestType: outline?.type ?? null,
      requestBody: outline?.body ?? null,
      responseBody: answer === null ? null : await within(PATIENCE, answer.content, null),
    }
  }
}
