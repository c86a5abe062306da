import type { RunningFirefox } from './firefox.ts'
import type { ChromeWindow } from './firefox-chrome.ts'

/** What an extension's page is to Firefox: our panel, the DevTools page, the background page, a page in a tab. */
export type ViewType = 'devtools_panel' | 'devtools_page' | 'background' | 'tab'

/** A page of the extension. WebDriver does not reach the first three. */
export interface ExtensionDocument {
  /**
   * Runs a function in the document. It sees nothing of the module it stands in; argument and result are JSON.
   * @throws {Error} with what the function threw
   */
  evaluate<A, R>(run: (argument: A) => R | Promise<R>, argument: A): Promise<R>
  /** Clicks the middle of the first element of a selector, scrolled into view, with a real mouse event. */
  click(selector: string): Promise<void>
}

type Answer = { value: string } | { error: string }
type Listener = (message: { data: Answer }) => void

/** A `<browser>`: what it shows is in another process. */
interface RemoteBrowser {
  readonly messageManager: {
    loadFrameScript(url: string, allowDelayed: boolean): void
    addMessageListener(name: string, listener: Listener): void
    removeMessageListener(name: string, listener: Listener): void
  }
}

/** What is used here of a browser window beside `ChromeWindow`. */
interface ExtensionWindow extends ChromeWindow {
  readonly WebExtensionPolicy: {
    getByID(id: string): {
      extension: { views: Iterable<{ viewType: ViewType; incognito: boolean; xulBrowser: RemoteBrowser }> }
    }
  }
}

/**
 * The extension's first document of that type; looked up anew each time.
 * @param isPrivate whether it is one of a private window
 */
export const extensionDocument = (
  running: RunningFirefox,
  viewType: ViewType,
  isPrivate = false,
): ExtensionDocument => {
  const { extensionId, evaluateInChrome } = running
  if (extensionId === null) throw new Error('There is no extension in this Firefox.')
  const inContent = async <R>(script: string): Promise<R> => {
    const value = await evaluateInChrome(runInView, { extensionId, viewType, isPrivate, script })
    return (JSON.parse(value) as [R])[0]
  }
  return {
    evaluate: (run, argument) => {
      const call = `(async () => {
        const __name = (named) => named
        return JSON.stringify([await (${run})(${JSON.stringify(argument ?? null)})])
      })()`
      // A sandbox with the page's own rights: the page's policy forbids eval, not this.
      return inContent(`
        const sandbox = Cu.Sandbox(content, { sandboxPrototype: content, wantXrays: false })
        return Cu.evalInSandbox(${JSON.stringify(call)}, sandbox)`)
    },
    async click(selector) {
      await inContent(`
        const element = content.document.querySelector(${JSON.stringify(selector)})
        if (element === null) throw new Error(${JSON.stringify(`There is no ${selector}.`)})
        element.scrollIntoView({ block: 'nearest' })
        const { x, y, width, height } = element.getBoundingClientRect()
        for (const type of ['mousemove', 'mousedown', 'mouseup']) {
          const button = type === 'mousemove' ? {} : { button: 0, clickCount: 1 }
          content.synthesizeMouseEvent(type, x + width / 2, y + height / 2, button)
        }
        return '[null]'`)
    },
  }
}

/** @returns what the script returns, a text */
const runInView = (
  window: ChromeWindow,
  {
    extensionId,
    viewType,
    isPrivate,
    script,
  }: { extensionId: string; viewType: ViewType; isPrivate: boolean; script: string },
): Promise<string> => {
  const chrome = window as ExtensionWindow
  const { views } = chrome.WebExtensionPolicy.getByID(extensionId).extension
  const view = [...views].find((one) => one.viewType === viewType && one.incognito === isPrivate)
  if (view === undefined) throw new Error(`The extension has no ${viewType}.`)
  const { messageManager } = view.xulBrowser
  const name = `cookie-verdict-${Math.random()}`
  const frameScript = `(async () => { ${script} })().then(
    (value) => sendAsyncMessage('${name}', { value }),
    (error) => sendAsyncMessage('${name}', { error: String(error) }))`
  return new Promise((resolve, reject) => {
    const listener: Listener = ({ data }) => {
      messageManager.removeMessageListener(name, listener)
      if ('error' in data) reject(new Error(data.error))
      else resolve(data.value)
    }
    messageManager.addMessageListener(name, listener)
    messageManager.loadFrameScript(`data:,${encodeURIComponent(frameScript)}`, false)
  })
}
