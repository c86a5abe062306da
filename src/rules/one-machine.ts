import { isLocalHost } from '../cookie/site.ts'
import type { Action } from '../remedies/action.ts'

/** `localhost`, `127.0.0.1`, `[::1]`: names of this machine, but not `app.localhost`, which someone chose. */
const isThisMachine = (host: string): boolean => isLocalHost(host) && !host.endsWith('.localhost')

/**
 * What to do where page and host are two sites only because this machine is called by two names: one for both. Null where they
 * are not.
 * @param page URL or origin
 */
export const oneNameFor = (page: string, other: string): Action | null => {
  const host = URL.canParse(page) ? new URL(page).hostname : ''
  return host !== other && isThisMachine(host) && isThisMachine(other) ? { action: 'one-host', host, other } : null
}
