import type { CaptureEvent } from './events.ts'
import type { StoreReading } from './source.ts'

/** Name of the port over which a DevTools page has the background page listen for it, for as long as it is open. */
export const capturePort = 'capture'

/** What the DevTools page says; the tab first. */
export type CaptureRequest =
  | { kind: 'listen'; tabId: number }
  /** Answered by their own kind, in order, or by a problem. */
  | { kind: 'store' }
  | { kind: 'other-sites' }
  /** Nothing: the browser ends a background page to which nobody speaks, an open port or not. */
  | { kind: 'stay' }

/** What the background page says. */
export type CaptureAnswer =
  | { kind: 'events'; events: CaptureEvent[] }
  | { kind: 'store'; reading: StoreReading }
  | { kind: 'other-sites'; sites: string[] }
  /** In place of the answer. */
  | { kind: 'problem'; of: 'store' | 'other-sites'; problem: string }

/** Name of the port over which the background page tells a DevTools page which sites may be seen. */
export const accessPort = 'site-access'

/** What is said over it: match patterns, anew whenever they change. */
export type AccessMessage = { origins: string[] } | { problem: string }

/** What a DevTools page has the background page do once. */
export type BackgroundCall =
  /** Answered by the browser's version in full. */
  | { kind: 'version' }
  /** Answered by whether the browser tells which language the tab's page has. */
  | { kind: 'has-language'; tabId: number }
  /** Asks for access to sites, in a tab that the inspected one opens. */
  | { kind: 'ask-access'; patterns: readonly string[]; tabId: number }
