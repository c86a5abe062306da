import browser from 'webextension-polyfill'
import { chromiumVersion } from './browser-version.ts'
import { chromiumSource } from './chromium-capture.ts'
import type { Platform, Serve } from './platform.ts'
import { readBodies } from './request-bodies.ts'
import { TabCrash } from './tab-crash.ts'
import { watchSiteAccess } from './watch-site-access.ts'

export const platform: Platform = {
  browser: 'chromium',
  version: chromiumVersion,
  source: chromiumSource,
  readBodies,
  requestHostAccess: async (patterns) => {
    await browser.permissions.request({ origins: [...patterns] })
  },
  watchSiteAccess,
  isPanelApart: () => false,
  watchCrash: (tabId, handlers) => new TabCrash(tabId, handlers),
}

/** The DevTools page does it all itself: the end of a service worker, which may come at any time, loses nothing. */
export const serve: Serve = () => undefined
