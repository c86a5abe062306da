import type { Session } from './session.ts'

declare global {
  interface Window {
    /** Put there by the DevTools page, which is of the same origin and lives in the same process. */
    cookieVerdictSession?: Session
  }
}

const arrival = 'cookie-verdict-session'

/** DevTools page: gives the session to a panel that is being shown. May be called again for the same window. */
export const handOver = (panel: Window, session: Session): void => {
  if (panel.cookieVerdictSession === session) return
  panel.cookieVerdictSession = session
  panel.dispatchEvent(new Event(arrival))
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
