import { expect } from 'playwright/test'
import type { RunningFirefox } from './firefox.ts'
import type { ChromeWindow } from './firefox-chrome.ts'

/** What is used here of a browser window beside `ChromeWindow`. */
interface PopupWindow extends ChromeWindow {
  readonly PopupNotifications: {
    readonly isPanelOpen: boolean
    readonly panel: { readonly firstElementChild: { readonly button: { click(): void } } | null }
  }
}

/** Says yes to Firefox's own question, once it is there. */
export const agree = async ({ evaluateInChrome }: RunningFirefox): Promise<void> => {
  await expect
    .poll(() => evaluateInChrome((chrome) => (chrome as PopupWindow).PopupNotifications.isPanelOpen, null))
    .toBe(true)
  await evaluateInChrome((chrome) => {
    ;(chrome as PopupWindow).PopupNotifications.panel.firstElementChild?.button.click()
  }, null)
}
