import { randomUUID } from 'node:crypto'
import { mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import puppeteer, { type Browser, type Page } from 'puppeteer-core'
import { findFirefox, howToGetFirefox } from '../../scripts/find-firefox.mjs'
import { type ChromeContext, openChromeContext } from './firefox-chrome.ts'
import { type GuardedBrowser, guardBrowser } from './firefox-guard.ts'
import { type FirefoxThirdPartyMode, type Preferences, preferencesFor } from './firefox-preferences.ts'
import { type LoopbackProxy, startProxy } from './firefox-proxy.ts'
import { sizes } from './launch.ts'
import { removeProfile } from './profile.ts'

export interface FirefoxOptions {
  /** partitioned is Firefox's default: Total Cookie Protection. */
  thirdPartyCookies: FirefoxThirdPartyMode
  /** Where every host name leads: the loopback ports that answer for 443 and 80. Without it, the network is as it is. */
  servers?: { https: number; http: number }
  /** Folder of an unpacked extension with a Gecko id: `dist/firefox`. */
  extension?: string
  /** Whether the extension gets the hosts it asks for, as a temporary one does by default. Default true. */
  hostAccess?: boolean
  /** Default true, and always so in tests. */
  headless?: boolean
  /** Size of the window, in CSS pixels. Default `sizes.wide`. */
  window?: { width: number; height: number }
  /** Further preferences: these win. */
  preferences?: Preferences
}

export interface RunningFirefox {
  readonly browser: Browser
  /** The first tab, on about:blank: the page under test. */
  readonly page: Page
  /** As the browser says it: `153.7.0`. */
  readonly version: string
  /** The extension's Gecko id; null without an extension. */
  readonly extensionId: string | null
  /** `moz-extension://UUID`, without a slash at its end; null without an extension. */
  readonly extensionOrigin: string | null
  /** Runs a function in the browser's own window, with its privileges: the store, the console, DevTools. */
  readonly evaluateInChrome: ChromeContext['evaluate']
  /** Resolves when the browser is gone: closed by `close`, or by its user. */
  readonly exited: Promise<void>
  /** Ends the browser with all its processes and removes its profile. */
  close(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

interface Manifest {
  browser_specific_settings?: { gecko?: { id?: string } }
}

const geckoId = async (folder: string): Promise<string> => {
  const manifest = JSON.parse(await readFile(path.join(folder, 'manifest.json'), 'utf8')) as Manifest
  const id = manifest.browser_specific_settings?.gecko?.id
  if (id === undefined) throw new Error(`The manifest in ${folder} has no browser_specific_settings.gecko.id.`)
  return id
}

const startTimeout = 60_000

const connect = async (
  browser: Browser,
  guarded: GuardedBrowser,
  options: FirefoxOptions,
  extension: Pick<RunningFirefox, 'extensionId' | 'extensionOrigin'>,
  release: () => Promise<void>,
): Promise<RunningFirefox> => {
  const [page] = await browser.pages()
  if (page === undefined) throw new Error('Firefox opened without its first tab.')
  const chrome = await openChromeContext(browser)
  if (options.extension !== undefined) await browser.installExtension(path.resolve(options.extension))
  return {
    browser,
    page,
    version: (await browser.version()).replace(/^\D*/, ''),
    ...extension,
    evaluateInChrome: chrome.evaluate,
    exited: guarded.exited,
    close: release,
    [Symbol.asyncDispose]: release,
  }
}

/**
 * Starts the installed Firefox on a fresh profile, with the extension if asked for.
 * @throws {Error} with one clear line when there is no Firefox, it does not start, or it refuses the extension
 */
export const launchFirefox = async (options: FirefoxOptions): Promise<RunningFirefox> => {
  const executable = findFirefox()
  if (executable === null) throw new Error(`No Firefox found. ${howToGetFirefox}`)
  const { extension, servers, thirdPartyCookies, window = sizes.wide } = options
  const uuid = randomUUID()
  const id = extension === undefined ? null : await geckoId(extension)
  const uuids = id === null ? {} : { [id]: uuid }
  const proxy: LoopbackProxy | null = servers === undefined ? null : await startProxy(servers)
  const profile = await mkdtemp(path.join(tmpdir(), 'cookie-verdict-firefox-'))
  let guarded: GuardedBrowser | null = null
  const release = async (): Promise<void> => {
    await guarded?.stop()
    await removeProfile(profile)
    await proxy?.close()
  }
  try {
    const browser = await puppeteer.launch({
      browser: 'firefox',
      executablePath: executable,
      headless: options.headless ?? true,
      acceptInsecureCerts: true,
      userDataDir: profile,
      timeout: startTimeout,
      defaultViewport: null,
      args: ['-remote-allow-system-access', `--width=${window.width}`, `--height=${window.height}`],
      extraPrefsFirefox: {
        ...preferencesFor({
          thirdPartyCookies,
          proxyPort: proxy?.port ?? null,
          uuids,
          hostAccess: options.hostAccess ?? true,
        }),
        ...options.preferences,
      },
    })
    const child = browser.process()
    if (child === null) throw new Error(`${executable} is no process of ours.`)
    guarded = guardBrowser(child, profile)
    const installed = { extensionId: id, extensionOrigin: id === null ? null : `moz-extension://${uuid}` }
    return await connect(browser, guarded, options, installed, release)
  } catch (error) {
    await release()
    throw error
  }
}
