import type { CaptureEvent } from './events.ts'

export interface CrashHandlers {
  /** The tab's page has crashed. @param time epoch milliseconds, like all times */
  onCrash(time: number): void
  /** A page is loaded into it again. */
  onReload(time: number): void
  onError(error: unknown): void
}

/** Tells when the page of a tab crashes and when it is back, from what else is heard of it. */
export interface CrashWatch {
  /** The tab's events, while it is recorded. */
  take(events: readonly CaptureEvent[]): void
  /** DevTools tells of a navigation. @param page its URL */
  navigated(page: string, time: number): void
}
