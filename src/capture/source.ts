import type { OpenDocument } from './documents.ts'
import type { CaptureEvent, JarEvent } from './events.ts'

/** A profile's whole cookie store. */
export interface StoreReading {
  /** undefined = the browser names none for the tab: the default one. */
  storeId: string | undefined
  jar: JarEvent
}

export interface SourceHandlers {
  onEvent(event: CaptureEvent): void
  /**
   * Listening stopped by itself, and has begun anew.
   * @param from epoch milliseconds: what happened from then on may have been missed
   */
  onInterrupted(from: number): void
}

/** Where a tab's events come from: each browser has its own place that may listen. */
export interface CaptureSource {
  /**
   * Listens to the tab's requests, and to all changes of cookie stores, other profiles' too where the extension may run in
   * private windows, until the function that it returns is called. Never blocks or changes a request.
   */
  listen(handlers: SourceHandlers): () => void
  /** Call while it listens. */
  readStore(): Promise<StoreReading>
  /** The sites of the pages in other tabs; call while it listens. */
  readOtherSites(): Promise<ReadonlySet<string>>
  /** The documents that are there already, as far as their requests do not tell. */
  openDocuments(): Promise<OpenDocument[]>
}
