import type { Session } from './session.ts'

declare global {
  interface Window {
    /** Put there by the DevTools page, which is of the same origin and lives in the same process; else by the panel itself. */
    cookieVerdictSession?: Session
  }
}

const arrival = 'cookie-verdict-session'

/**
 * DevTools page: gives the session to a panel that is being shown. May be called again for the same window.
 * @returns false where that may not be reached, and records by itself
 */
export const handOver = (panel: Window, session: Session): boolean => {
  try {
    if (panel.cookieVerdictSession === session) return true
    panel.cookieVerdictSession = session
    panel.dispatchEvent(new Event(arrival))
    return true
  } catch (error) {
    if (error instanceof DOMException && error.name === 'SecurityError') return false
    throw error
  }
}

/** Panel: the session, as soon as it has been handed over; whichever of script and hand-over comes first. */
export const whenSession = (): Promise<Session> =>
  new Promise((resolve) => {
    const take = () => {
      if (window.cookieVerdictSession === undefined) return
      removeEventListener(arrival, take)
      resolve(window.cookieVerdictSession)
    }
    addEventListener(arrival, take)
    take()
  })
