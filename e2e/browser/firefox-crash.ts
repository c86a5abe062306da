import type { RunningFirefox } from './firefox.ts'
import type { ChromeWindow } from './firefox-chrome.ts'

/** What is used here of a browser window beside `ChromeWindow`. */
interface CrashingWindow extends ChromeWindow {
  readonly gBrowser: ChromeWindow['gBrowser'] & {
    readonly selectedTab: { hasAttribute(name: string): boolean }
    readonly selectedBrowser: { readonly browsingContext: { readonly currentWindowGlobal: { readonly osPid: number } } }
  }
}

/** Ends the process of the selected tab's page. Resolves when Firefox shows its page that says so. */
export const crashFirefoxPage = async ({ evaluateInChrome }: RunningFirefox): Promise<void> => {
  const pid = await evaluateInChrome(
    (chrome) => (chrome as CrashingWindow).gBrowser.selectedBrowser.browsingContext.currentWindowGlobal.osPid,
    null,
  )
  process.kill(pid, 'SIGKILL')
  await evaluateInChrome(async (window) => {
    const chrome = window as CrashingWindow
    while (!chrome.gBrowser.selectedTab.hasAttribute('crashed'))
      await new Promise<void>((resolve) => chrome.setTimeout(resolve, 20))
  }, null)
}
