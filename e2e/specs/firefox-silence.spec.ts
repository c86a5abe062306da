import { readFile } from 'node:fs/promises'
import { expect, test } from 'playwright/test'
import { launchFirefox, type RunningFirefox } from '../browser/firefox.ts'
import type { ChromeWindow, HttpChannel } from '../browser/firefox-chrome.ts'
import { extensionDocument } from '../browser/firefox-extension.ts'
import { firefoxExtensionSettings } from '../browser/firefox-settings.ts'
import { type Site, startSite } from './capture-site.ts'
import { openSession, restingLog } from './firefox-log.ts'

/** As silence.spec.ts, in Firefox. */

const noIcon = '<link rel="icon" href="data:,">'

let site: Site
let running: RunningFirefox
test.beforeEach(async () => {
  site = await startSite({
    '/': { body: noIcon },
    '/set': { body: noIcon, headers: { 'Set-Cookie': ['sid=1; Path=/', 'bad=1; SameSite=None'] } },
  })
  running = await launchFirefox({ thirdPartyCookies: 'partitioned', servers: site.servers, extension: 'dist/firefox' })
})
test.afterEach(async () => {
  await running?.close()
  await site?.close()
})

/** The browser's own services, which lead to our servers like every other host. */
const ofBrowser = /^\w+ https?:\/\/[\w.-]+\.(mozilla\.(com|net|org)|firefox\.com)\//
const asked = () => site.requests.filter((request) => !ofBrowser.test(request))

interface Channel extends HttpChannel {
  readonly loadInfo: { readonly triggeringPrincipal: { readonly originNoSuffix: string } | null }
}
interface WatchingWindow extends ChromeWindow {
  extensionRequests?: string[]
}

/** What the extension asks the network for, from now on. */
const watchNetwork = async (): Promise<() => Promise<string[]>> => {
  await running.evaluateInChrome((chrome) => {
    const seen: string[] = []
    ;(chrome as WatchingWindow).extensionRequests = seen
    chrome.Services.obs.addObserver((subject) => {
      const channel = subject.QueryInterface(chrome.Ci.nsIHttpChannel) as Channel
      if (channel.loadInfo.triggeringPrincipal?.originNoSuffix.startsWith('moz-extension:')) seen.push(channel.URI.spec)
    }, 'http-on-modify-request')
  }, null)
  return () => running.evaluateInChrome((chrome) => (chrome as WatchingWindow).extensionRequests ?? [], null)
}

test('over a login the extension asks for nothing and keeps nothing', async () => {
  const panel = await openSession(running)
  const requests = await watchNetwork()
  await running.page.goto('https://app.shop.test/set')
  await running.page.goto('https://app.shop.test/')
  await restingLog(panel, 2)
  expect(await requests()).toEqual([])
  expect(asked()).toEqual(['GET https://app.shop.test/set', 'GET https://app.shop.test/'])
  const kept = () => ({
    local: Object.keys(localStorage),
    session: Object.keys(sessionStorage),
    cookie: document.cookie,
  })
  const nothing = { local: [], session: [], cookie: '' }
  const background = extensionDocument(running, 'background')
  expect(await panel.evaluate(kept, null)).toEqual(nothing)
  expect(await background.evaluate(kept, null)).toEqual(nothing)
  for (const document of [panel, background])
    expect(await document.evaluate(async () => (await indexedDB.databases()).length, null)).toBe(0)
  const { permissions, optional_permissions: optional } = JSON.parse(
    await readFile('dist/firefox/manifest.json', 'utf8'),
  )
  expect({ permissions, optional }).toEqual({ permissions: ['webRequest', 'cookies'], optional: undefined })

  // Had there been something, both would have seen it.
  await background.evaluate(() => fetch('https://probe.test/', { mode: 'no-cors' }).then(() => undefined), null)
  expect(await requests()).toEqual(['https://probe.test/'])
  expect(asked().at(-1)).toBe('GET https://probe.test/')
})

interface ExtensionWindow extends ChromeWindow {
  readonly WebExtensionPolicy: { getByID(id: string): { readonly privateBrowsingAllowed: boolean } }
}

test('private windows are none of its business until its user allows it there', async () => {
  const isAllowed = () =>
    running.evaluateInChrome(
      (chrome, id) => (chrome as ExtensionWindow).WebExtensionPolicy.getByID(id).privateBrowsingAllowed,
      running.extensionId ?? '',
    )
  expect(await isAllowed()).toBe(false)
  await firefoxExtensionSettings(running).setPrivateWindows(true)
  expect(await isAllowed()).toBe(true)
})
