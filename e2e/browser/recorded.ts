import type { Frame } from 'playwright'
import { openPanel } from './devtools.ts'
import { type LaunchOptions, launch, type RunningBrowser } from './launch.ts'

/** Servers of a test, to point the browser at. */
interface Served {
  readonly servers: { https: number; http: number }
  close(): Promise<void>
}

/** A browser that records: with our extension, DevTools open, and our panel shown in it. */
export interface Recorded<Site extends Served> {
  readonly site: Site
  readonly running: RunningBrowser
  readonly panel: Frame
  /** Ends the browser, then the site. */
  close(): Promise<void>
}

/**
 * Opens such a browser for a site. It is the site's owner: whatever fails, both are ended.
 * @param options other than third-party cookies allowed, and the built extension
 */
export const launchRecorded = async <Site extends Served>(
  starting: Promise<Site>,
  options: Partial<LaunchOptions> = {},
): Promise<Recorded<Site>> => {
  const site = await starting
  let running: RunningBrowser | undefined
  const close = async () => {
    await running?.close()
    await site.close()
  }
  try {
    running = await launch({
      thirdPartyCookies: 'allowed',
      servers: site.servers,
      extension: 'dist/chromium',
      devtools: true,
      ...options,
    })
    const { panel } = await openPanel(running)
    return { site, running, panel, close }
  } catch (error) {
    await close()
    throw error
  }
}
