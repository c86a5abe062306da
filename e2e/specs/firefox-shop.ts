import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { launchFirefox, type RunningFirefox } from '../browser/firefox.ts'
import { type FirefoxPanelReader, firefoxPanelReader } from '../browser/firefox-reader.ts'
import { type FirefoxPanel, openFirefoxPanel } from '../browser/firefox-toolbox.ts'
import type { Shop } from '../sites/shop.ts'

export interface FirefoxAtShop {
  running: RunningFirefox
  panel: FirefoxPanel
  reader: FirefoxPanelReader
  close(): Promise<void>
}

/** Firefox as it comes, with the shop and our panel open, and room for a list that shows all of a login's requests. */
export const openFirefoxAtShop = async ({ servers }: Shop): Promise<FirefoxAtShop> => {
  const downloads = await mkdtemp(path.join(tmpdir(), 'cookie-verdict-downloads-'))
  const running = await launchFirefox({
    thirdPartyCookies: 'partitioned',
    servers,
    extension: 'dist/firefox',
    window: { width: 1200, height: 1000 },
    preferences: {
      'devtools.toolbox.footer.height': 760,
      'browser.download.folderList': 2,
      'browser.download.dir': downloads,
      'browser.download.always_ask_before_handling_new_types': false,
      'browser.download.alwaysOpenPanel': false,
    },
  })
  const close = async () => {
    await running.close()
    await rm(downloads, { recursive: true, force: true })
  }
  try {
    const panel = await openFirefoxPanel(running)
    return { running, panel, reader: firefoxPanelReader(running, panel, downloads), close }
  } catch (error) {
    await close()
    throw error
  }
}
