import browser from 'webextension-polyfill'
import { portName } from '../capture/channel.ts'
import { watchAccess } from './watch-access.ts'

/**
 * The service worker does nothing until a DevTools page connects, and never sees a request: the DevTools page listens
 * itself, so that the end of a worker, which may come at any time, loses nothing.
 */
browser.runtime.onConnect.addListener((port) => {
  if (port.name === portName) watchAccess(port)
})
