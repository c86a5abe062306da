import { afterQueued, type Batch, createBatch } from './batch.ts'
import { inOrder } from './cookie-time.ts'
import type { OpenDocument } from './documents.ts'
import type { CaptureEvent } from './events.ts'
import { rewind } from './jar.ts'
import type { CaptureSource } from './source.ts'
import { within } from './within.ts'

/** Milliseconds that the first events wait for the page to say which documents it has; a paused page never does. */
const openDocumentsLimit = 1_000

export interface TabCaptureHandlers {
  /** Told first, before any event. */
  onOpenDocuments(documents: readonly OpenDocument[]): void
  /** The store before anything that happened after it was asked for. */
  onEvents(events: CaptureEvent[]): void
  /** Told after responses that set cookies: which sites other tabs are on is being asked. */
  onLook(): void
  /** The answer. @param until for responses up to then; infinite where none has come meanwhile. Epoch milliseconds */
  onOtherSites(sites: ReadonlySet<string>, until: number): void
  /** What happened from then on may have been missed, until the store is told again. @param from epoch milliseconds */
  onInterrupted(from: number): void
  onError(error: unknown): void
}

const setsCookies = (event: CaptureEvent): boolean =>
  event.kind === 'response' && event.headers.some(({ name }) => name.toLowerCase() === 'set-cookie')

/** Recording of one tab, to be switched on and off. While it is off, nothing is listened to. */
export class TabCapture {
  readonly #source: CaptureSource
  readonly #handlers: TabCaptureHandlers
  readonly #batch: Batch<CaptureEvent>
  #stop: (() => void) | null = null
  /** The tab's profile's; undefined until it is known. */
  #storeId: string | undefined
  #isLooking = false
  #isLookWanted = false
  #otherSites: ReadonlySet<string> = new Set()
  /** Since when what is heard waits for a reading of the store. */
  #readingSince: number | null = null

  constructor(source: CaptureSource, handlers: TabCaptureHandlers) {
    this.#source = source
    this.#handlers = handlers
    this.#batch = createBatch<CaptureEvent>((events) => this.#tell(events), afterQueued())
  }

  start(): void {
    if (this.#stop !== null) return
    const { onError, onOpenDocuments, onInterrupted } = this.#handlers
    this.#stop = this.#source.listen({
      onEvent: this.#batch.add,
      onInterrupted: (from) => {
        onInterrupted(from)
        this.readStoreAgain()
      },
    })
    const documents = this.#source.openDocuments().catch((error: unknown) => {
      onError(error)
      return []
    })
    this.#readStore(within(openDocumentsLimit, documents, []).then(onOpenDocuments)).catch(onError)
  }

  /** @returns epoch milliseconds: what happened later has not been told, or not all of it */
  stop(): number {
    const until = this.#readingSince ?? Date.now()
    this.#readingSince = null
    this.#stop?.()
    this.#stop = null
    this.#batch.end()
    return until
  }

  /** More of the store may be seen than before. */
  readStoreAgain(): void {
    if (this.#stop !== null) this.#readStore(Promise.resolve()).catch(this.#handlers.onError)
  }

  /**
   * Listening has begun, so that no change is missed; what is heard waits until the store has been read, which is then told
   * as it was before.
   */
  async #readStore(first: Promise<void>): Promise<void> {
    const stop = this.#stop
    this.#batch.hold()
    this.#readingSince ??= Date.now()
    try {
      const [{ storeId, jar }] = await Promise.all([this.#source.readStore(), first])
      this.#storeId = storeId
      if (this.#stop === stop) {
        this.#batch.addFirst((heard) => ({ ...jar, cookies: rewind(jar.cookies, heard.filter(this.#isOfTab)) }))
      }
    } finally {
      // Switched off and on meanwhile: what is heard now waits for another reading.
      if (this.#stop === stop) {
        this.#readingSince = null
        this.#batch.release()
      }
    }
  }

  #tell(events: readonly CaptureEvent[]): void {
    const own = inOrder(events).filter(this.#isOfTab)
    if (own.length === 0) return
    this.#handlers.onEvents(own)
    if (own.some(setsCookies)) this.#lookAround().catch(this.#handlers.onError)
  }

  async #lookAround(): Promise<void> {
    this.#isLookWanted = true
    if (this.#isLooking) return
    this.#isLooking = true
    try {
      while (this.#isLookWanted) {
        this.#isLookWanted = false
        this.#handlers.onLook()
        const until = Date.now()
        this.#otherSites = await this.#source.readOtherSites()
        if (this.#isLookWanted) this.#handlers.onOtherSites(this.#otherSites, until)
      }
    } finally {
      this.#isLooking = false
      this.#handlers.onOtherSites(this.#otherSites, Number.POSITIVE_INFINITY)
    }
  }

  readonly #isOfTab = (event: CaptureEvent): boolean =>
    event.kind !== 'cookie' || this.#storeId === undefined || event.storeId === this.#storeId
}
