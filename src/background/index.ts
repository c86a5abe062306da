import browser from 'webextension-polyfill'
import { tabIdOf } from '../capture/channel.ts'
import { serveDevTools } from './serve-devtools.ts'

/** The service worker does nothing until the DevTools page of a tab connects. */
browser.runtime.onConnect.addListener((port) => {
  const tabId = tabIdOf(port.name)
  if (tabId !== null) serveDevTools(port, tabId)
})
