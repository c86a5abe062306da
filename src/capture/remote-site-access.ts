import browser, { type Runtime } from 'webextension-polyfill'
import { type AccessMessage, accessPort } from './remote-channel.ts'
import { watchSiteAccess } from './watch-site-access.ts'

/** A background page that ended without a word is not started again without a pause: milliseconds. */
const pause = 1_000

/** Background page: tells one DevTools page which sites may be seen, for as long as its port is open. */
export const serveSiteAccess = (port: Runtime.Port): void => {
  const tell = (message: AccessMessage) => port.postMessage(message)
  const stop = watchSiteAccess(
    (origins) => tell({ origins: [...origins] }),
    (error) => tell({ problem: String(error) }),
  )
  port.onDisconnect.addListener(stop)
}

/** DevTools page: as `watchSiteAccess`, from the background page, which is started again where it ended. */
export const remoteSiteAccess = (
  onChange: (origins: readonly string[]) => void,
  onError: (error: unknown) => void,
): void => {
  let isAlive = false
  const port = browser.runtime.connect({ name: accessPort })
  port.onMessage.addListener((message) => {
    isAlive = true
    const told = message as AccessMessage
    if ('problem' in told) onError(new Error(told.problem))
    else onChange(told.origins)
  })
  port.onDisconnect.addListener(() => setTimeout(remoteSiteAccess, isAlive ? 0 : pause, onChange, onError))
}
