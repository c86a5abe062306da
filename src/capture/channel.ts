import type { CaptureEvent } from './events.ts'

/** What the DevTools page tells the service worker. */
export type PageMessage =
  | { kind: 'record'; on: boolean }
  /** The inspected page's URL, whenever it changes. */
  | { kind: 'page'; url: string }

/** What the service worker tells the DevTools page. */
export type WorkerMessage =
  | { kind: 'events'; events: CaptureEvent[] }
  /** Whether the extension may see the site of the page that was named; null where that is no question (about:blank). */
  | { kind: 'access'; url: string; granted: boolean | null }
  /** Something went wrong in the worker. Holds no cookie value. */
  | { kind: 'problem'; message: string }

const prefix = 'devtools:'

/** Name of the port that the DevTools page of a tab opens. */
export const portName = (tabId: number): string => `${prefix}${tabId}`

/** The tab that a port's name stands for; null for any other port. */
export const tabIdOf = (name: string): number | null => {
  const tabId = name.startsWith(prefix) ? Number(name.slice(prefix.length)) : Number.NaN
  return Number.isInteger(tabId) ? tabId : null
}
