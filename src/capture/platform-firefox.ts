import browser from 'webextension-polyfill'
import { inspectedTabId, inspectedUrl } from './devtools-api.ts'
import { FirefoxBodies } from './firefox-bodies.ts'
import { requestBodiesPort, serveRequestBodies } from './firefox-request-bodies.ts'
import { FirefoxTabCrash } from './firefox-tab-crash.ts'
import type { Platform, Serve } from './platform.ts'
import { accessPort, type BackgroundCall, capturePort } from './remote-channel.ts'
import { serveCapture } from './remote-serve.ts'
import { remoteSiteAccess, serveSiteAccess } from './remote-site-access.ts'
import { remoteSource } from './remote-source.ts'
import { within } from './within.ts'

/** Firefox's DevTools pages have little more than `runtime`: the background page does the rest for them. */
const call = (message: BackgroundCall): Promise<unknown> => browser.runtime.sendMessage(message)

/** Milliseconds that a page has to answer DevTools. */
const answerLimit = 1_000

/**
 * A page answers DevTools. Measured in Firefox 153: error pages and sites that are kept from extensions do not, nor does any
 * while DevTools has lost its page, some seconds after another site's; but of these the browser says which language they
 * have, or that it is unknown. Of the page that tells of a crash, which is in no content process, it says nothing.
 */
const isPageThere = async (tabId: number): Promise<boolean> =>
  (await within(answerLimit, inspectedUrl(), '')) !== '' || (await call({ kind: 'has-language', tabId })) === true

const bodies = new FirefoxBodies()

export const platform: Platform = {
  browser: 'firefox',
  version: async () => String(await call({ kind: 'version' })),
  source: (tabId) => bodies.along(remoteSource(tabId), tabId),
  readBodies: (key) => bodies.read(key),
  requestHostAccess: async (patterns) => {
    await call({ kind: 'ask-access', patterns, tabId: inspectedTabId() })
  },
  watchSiteAccess: remoteSiteAccess,
  // Measured in Firefox 153: DevTools pages are of no private window, panels are, and so of another origin.
  isPanelApart: () => browser.extension.inIncognitoContext === true,
  watchCrash: (tabId, handlers) => new FirefoxTabCrash(() => isPageThere(tabId), handlers),
}

/** Only a page of our own in a tab may have Firefox ask: that page explains, and waits for the click. */
const openAccessPage = async (patterns: readonly string[], openerTabId: number): Promise<void> => {
  const page = browser.runtime.getURL('src/panel/access.html')
  await browser.tabs.create({
    url: `${page}?${new URLSearchParams(patterns.map((pattern) => ['pattern', pattern]))}`,
    openerTabId,
  })
}

const answer = async (message: BackgroundCall): Promise<unknown> => {
  switch (message.kind) {
    case 'version':
      return (await browser.runtime.getBrowserInfo()).version
    case 'has-language':
      // Unlike what the type says, it may be undefined. It needs no permission.
      return typeof (await browser.tabs.detectLanguage(message.tabId)) === 'string'
    case 'ask-access':
      return openAccessPage(message.patterns, message.tabId)
  }
}

export const serve: Serve = () => {
  browser.runtime.onConnect.addListener((port) => {
    if (port.name === capturePort) serveCapture(port)
    else if (port.name === accessPort) serveSiteAccess(port)
    else if (port.name === requestBodiesPort) serveRequestBodies(port)
  })
  browser.runtime.onMessage.addListener((message: unknown) => answer(message as BackgroundCall))
}
