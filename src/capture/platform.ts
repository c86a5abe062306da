import type { Browser } from '../contract.ts'
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
  /**
   * Has the browser ask its user for access to a site; call from a click, at once.
   * @param pattern match pattern of the site
   */
  requestHostAccess(pattern: string): Promise<void>
}

/** What the background does for DevTools pages beside watching their access; called as it starts. */
export type Serve = () => void
