import type { Browser } from '../contract.ts'
import type { CrashHandlers, CrashWatch } from './crash-watch.ts'
import type { RequestBodies, RequestKey } from './request-bodies.ts'
import type { CaptureSource } from './source.ts'

/**
 * What an extension's DevTools page does otherwise in each browser. `#platform` is the one of the browser that is built
 * for: package.json says which file that is.
 */
export interface Platform {
  browser: Browser
  /** In full, as far as the browser tells. */
  version(): Promise<string>
  source(tabId: number): CaptureSource
  /** Bodies of a request that has ended; null where nothing is known of them (yet). */
  readBodies(key: RequestKey): Promise<RequestBodies | null>
  /**
   * Has the browser ask its user for access to a site; call from a click, at once.
   * @param patterns match patterns of the site, or of several
   */
  requestHostAccess(patterns: readonly string[]): Promise<void>
  /** Tells the match patterns of what may be seen, and again whenever that changes; until then, that counts as all. */
  watchSiteAccess(onChange: (origins: readonly string[]) => void, onError: (error: unknown) => void): void
  /** Panel: whether the DevTools page may not reach into it, so that it has to record by itself. */
  isPanelApart(): boolean
  watchCrash(tabId: number, handlers: CrashHandlers): CrashWatch
}

/** What the background does for DevTools pages beside watching their access; called as it starts. */
export type Serve = () => void
