import type { RunningFirefox } from './firefox.ts'
import type { ChromeWindow } from './firefox-chrome.ts'
import { type ExtensionDocument, extensionDocument } from './firefox-extension.ts'

export type FirefoxTheme = 'light' | 'dark'

/** Our panel in the real Firefox DevTools, below the tab under test. */
export interface FirefoxPanel extends ExtensionDocument {
  /** The whole browser window, DevTools included, as PNG. */
  screenshot(): Promise<Buffer>
  /** Switches DevTools' theme, as its settings page does. */
  setTheme(theme: FirefoxTheme): Promise<void>
  /** Chooses another panel of DevTools. */
  leave(): Promise<void>
  /** Closes DevTools. */
  close(): Promise<void>
}

interface Toolbox {
  readonly panelDefinitions: readonly { id: string; extensionId?: string }[]
  readonly additionalToolDefinitions?: ReadonlyMap<string, { id: string; extensionId?: string }>
  on(event: string, listener: () => void): void
  off(event: string, listener: () => void): void
  selectTool(id: string): Promise<unknown>
}

interface DevTools {
  closeToolboxForTab(tab: unknown): Promise<void>
  getToolboxForTab(tab: unknown): Toolbox
  showToolboxForTab(tab: unknown, options: { hostType: string }): Promise<Toolbox>
}

/** What is used here of a browser window beside `ChromeWindow`. */
interface ToolboxWindow extends ChromeWindow {
  readonly Services: ChromeWindow['Services'] & {
    readonly wm: { getEnumerator(type: string): Iterable<ToolboxWindow> }
  }
  readonly ChromeUtils: {
    importESModule(url: string): { require(id: string): { gDevTools: DevTools } }
  }
  readonly WebExtensionPolicy: {
    getByID(id: string): { extension: { views: Iterable<{ viewType: string; incognito: boolean }> } }
  }
  readonly browsingContext: {
    readonly usePrivateBrowsing: boolean
    readonly currentWindowGlobal: {
      drawSnapshot(area: DOMRect, scale: number, background: string): Promise<ImageBitmap>
    }
  }
  readonly DOMRect: typeof DOMRect
  readonly document: Document
  readonly innerWidth: number
  readonly innerHeight: number
}

/** How long DevTools may take to show the panel, milliseconds. */
const openLimit = 20_000

/**
 * Opens DevTools below the selected tab, on our panel.
 * @param isPrivate whether of the private window
 * @throws {Error} when DevTools has no panel of the extension, or does not show it in time
 */
export const openFirefoxPanel = async (running: RunningFirefox, isPrivate = false): Promise<FirefoxPanel> => {
  const { evaluateInChrome, extensionId } = running
  if (extensionId === null) throw new Error('There is no extension in this Firefox.')
  if (!isPrivate) await running.page.bringToFront()
  await evaluateInChrome(showPanel, { extensionId, isPrivate, limit: openLimit })
  const document = extensionDocument(running, 'devtools_panel', isPrivate)
  return {
    ...document,
    screenshot: async () => Buffer.from(await evaluateInChrome(drawWindow, null), 'base64'),
    async setTheme(theme) {
      await evaluateInChrome((chrome, name) => {
        ;(chrome.Services.prefs as unknown as { setCharPref(pref: string, value: string): void }).setCharPref(
          'devtools.theme',
          name,
        )
      }, theme)
    },
    leave: () => evaluateInChrome(leavePanel, { isPrivate, isClosing: false }),
    close: () => evaluateInChrome(leavePanel, { isPrivate, isClosing: true }),
  }
}

const showPanel = async (
  window: ChromeWindow,
  { extensionId, isPrivate, limit }: { extensionId: string; isPrivate: boolean; limit: number },
): Promise<void> => {
  const chrome = window as ToolboxWindow
  const { require } = chrome.ChromeUtils.importESModule('resource://devtools/shared/loader/Loader.sys.mjs')
  const { gDevTools } = require('devtools/client/framework/devtools')
  const windows = [...chrome.Services.wm.getEnumerator('navigator:browser')]
  const inspected = windows.find((one) => one.browsingContext.usePrivateBrowsing === isPrivate)
  if (inspected === undefined) throw new Error('There is no such window.')
  const toolbox = await gDevTools.showToolboxForTab(inspected.gBrowser.selectedTab, { hostType: 'bottom' })
  const until = Date.now() + limit
  const wait = async <Found>(find: () => Found | undefined, what: string): Promise<Found> => {
    for (;;) {
      const found = find()
      if (found !== undefined) return found
      if (Date.now() > until) throw new Error(`DevTools ${what}.`)
      await new Promise<void>((resolve) => chrome.setTimeout(resolve, 50))
    }
  }
  const tool = await wait(
    () =>
      [...toolbox.panelDefinitions, ...(toolbox.additionalToolDefinitions?.values() ?? [])].find(
        (definition) => definition.extensionId === extensionId,
      ),
    'has no panel of the extension',
  )
  await toolbox.selectTool(tool.id)
  const { views } = chrome.WebExtensionPolicy.getByID(extensionId).extension
  await wait(
    () => [...views].find(({ viewType, incognito }) => viewType === 'devtools_panel' && incognito === isPrivate),
    'does not show the panel',
  )
}

const leavePanel = async (
  window: ChromeWindow,
  { isPrivate, isClosing }: { isPrivate: boolean; isClosing: boolean },
): Promise<void> => {
  const chrome = window as ToolboxWindow
  const { require } = chrome.ChromeUtils.importESModule('resource://devtools/shared/loader/Loader.sys.mjs')
  const { gDevTools } = require('devtools/client/framework/devtools')
  const windows = [...chrome.Services.wm.getEnumerator('navigator:browser')]
  const tab = windows.find((one) => one.browsingContext.usePrivateBrowsing === isPrivate)?.gBrowser.selectedTab
  if (isClosing) await gDevTools.closeToolboxForTab(tab)
  else await gDevTools.getToolboxForTab(tab).selectTool('webconsole')
}

/** @returns PNG, in base64 */
const drawWindow = async (window: ChromeWindow): Promise<string> => {
  const chrome = window as ToolboxWindow
  const { innerWidth, innerHeight, document } = chrome
  const area = new chrome.DOMRect(0, 0, innerWidth, innerHeight)
  const image = await chrome.browsingContext.currentWindowGlobal.drawSnapshot(area, 1, 'white')
  const canvas = document.createElementNS('http://www.w3.org/1999/xhtml', 'canvas') as HTMLCanvasElement
  canvas.width = image.width
  canvas.height = image.height
  canvas.getContext('2d')?.drawImage(image, 0, 0)
  return canvas.toDataURL('image/png').replace(/^[^,]*,/, '')
}
