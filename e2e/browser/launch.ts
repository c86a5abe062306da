import { type Browser, type BrowserContext, chromium, type Page } from 'playwright'
import { findBrowser } from '../../scripts/find-browser.mjs'
import { type BrowserProcess, startBrowserProcess } from './process.ts'
import { createProfile, type Dock, type Theme, type ThirdPartyMode } from './profile.ts'
import { isDevToolsWindow, isExtension, waitForDevTools, waitForTargets } from './targets.ts'

export interface LaunchOptions {
  thirdPartyCookies: ThirdPartyMode
  /** Where every host name leads: the loopback ports that answer for 443 and 80. Without it, the network is as it is. */
  servers?: { https: number; http: number }
  /** Folder of an unpacked extension: `dist/chromium`. */
  extension?: string
  /** Opens DevTools for each tab: then `page` has a DevTools window; see devtools.ts. Default false. */
  devtools?: boolean
  /** DevTools' theme at start. Default light. */
  theme?: Theme | 'system'
  /** Where DevTools opens. Default undocked. */
  dock?: Dock
  /** Size of the windows, DevTools' own too, in CSS pixels. Default `sizes.wide`. */
  window?: { width: number; height: number }
  /** Default true, and always so in tests. */
  headless?: boolean
  /** Further features to switch off: the flag that does it counts once only. */
  disabledFeatures?: readonly string[]
  /** Features to switch on. */
  enabledFeatures?: readonly string[]
  /** Frames of other sites share their page's process, so that its CDP session tells of their requests. */
  oneProcess?: boolean
}

export interface RunningBrowser {
  readonly browser: Browser
  /** The profile's own context: the only one in which an extension runs. */
  readonly context: BrowserContext
  /** The first tab, on about:blank: the page under test. */
  readonly page: Page
  /** As the browser says it: `156.0.8078.79`. */
  readonly version: string
  /** The `ws://` address of its CDP endpoint, for another connection. */
  readonly endpoint: string
  /** Resolves when the browser is gone: closed by `close`, or by its user. */
  readonly exited: Promise<void>
  /** Ends the browser and removes its profile. */
  close(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

/** Sizes in CSS pixels at which the panel has to be usable. Narrower than wide, DevTools hides our tab in a menu. */
export const sizes = {
  wide: { width: 1200, height: 700 },
  narrow: { width: 400, height: 700 },
} as const

const flagsFor = (options: LaunchOptions): string[] => {
  const headless = options.headless ?? true
  const { servers, extension, window = sizes.wide } = options
  return [
    ...(headless ? ['--headless=new'] : []),
    // Containers and root have no sandbox; a person's own desktop keeps it.
    ...(headless || process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ...(servers === undefined
      ? []
      : [`--host-resolver-rules=MAP *:443 127.0.0.1:${servers.https},MAP *:80 127.0.0.1:${servers.http}`]),
    ...(extension === undefined ? [] : [`--disable-extensions-except=${extension}`, `--load-extension=${extension}`]),
    `--window-size=${window.width},${window.height}`,
    ...(options.devtools === true ? ['--auto-open-devtools-for-tabs'] : []),
    '--ignore-certificate-errors',
    // No bar across the page that warns of the flags above.
    ...(headless ? [] : ['--test-type']),
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--disable-quic',
    `--disable-features=${['HttpsUpgrades', 'LocalNetworkAccessChecks', ...(options.disabledFeatures ?? [])].join(',')}`,
    ...(options.enabledFeatures === undefined ? [] : [`--enable-features=${options.enabledFeatures.join(',')}`]),
    ...(options.oneProcess === true ? ['--disable-site-isolation-trials'] : []),
    '--password-store=basic',
    '--use-mock-keychain',
    'about:blank',
  ]
}

const connect = async (started: BrowserProcess, options: LaunchOptions): Promise<RunningBrowser> => {
  if (options.extension !== undefined) {
    await waitForTargets(
      started.endpoint,
      (targets) => targets.some(isExtension),
      `The browser did not load the extension of ${options.extension}. Google Chrome no longer does: use Chromium.`,
    )
  }
  if (options.devtools === true) await waitForDevTools(started.endpoint, options.extension !== undefined)
  const browser = await chromium.connectOverCDP(started.endpoint)
  const [context] = browser.contexts()
  const page = context?.pages().find((candidate) => candidate.url() === 'about:blank')
  if (context === undefined || page === undefined) throw new Error('The browser opened without its first tab.')
  const close = async () => {
    await browser.close()
    await started.stop()
  }
  return {
    browser,
    context,
    page,
    version: browser.version(),
    endpoint: started.endpoint,
    exited: started.exited,
    close,
    [Symbol.asyncDispose]: close,
  }
}

/**
 * Starts Chromium on a fresh profile, with the extension and DevTools if asked for.
 * @throws {Error} with one clear line when there is no browser, it does not start, or it does not load the extension
 */
export const launch = async (options: LaunchOptions): Promise<RunningBrowser> => {
  const executable = await findBrowser()
  if (executable === null) throw new Error('No Chromium found. Install it, or set CHROMIUM_PATH.')
  const { thirdPartyCookies, theme = 'light', dock = 'undocked' } = options
  const profile = await createProfile({ thirdPartyCookies, theme, dock })
  const started = await startBrowserProcess(executable, flagsFor(options), profile)
  try {
    return await connect(started, options)
  } catch (error) {
    await started.stop()
    throw error
  }
}

/** The DevTools window of the browser's first tab, or DevTools below it: an ordinary Playwright page. Needs `devtools: true` at launch. */
export const devToolsWindow = async ({ context }: RunningBrowser): Promise<Page> => {
  const window = context.pages().find((candidate) => isDevToolsWindow(candidate.url()))
  if (window === undefined) throw new Error('There is no DevTools window: launch with devtools: true.')
  return window
}
