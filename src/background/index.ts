import browser from 'webextension-polyfill'
import { serve } from '#platform'
import { portName } from '../capture/channel.ts'
import { watchAccess } from './watch-access.ts'

/** Does nothing until a DevTools page connects, and nothing after. */
browser.runtime.onConnect.addListener((port) => {
  if (port.name === portName) watchAccess(port)
})

serve()
