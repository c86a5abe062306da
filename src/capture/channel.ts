/** What the DevTools page tells the service worker. */
export interface PageMessage {
  /** The inspected page's URL, whenever it changes. */
  page: string
}

/** What the service worker tells the DevTools page. */
export interface WorkerMessage {
  /** The page that was named. */
  page: string
  /** Whether the extension may see that page's site; null where that is no question (about:blank). */
  granted: boolean | null
  /** Why it could not be told. */
  problem?: string
}

/** Name of the port that a DevTools page opens. */
export const portName = 'devtools'
