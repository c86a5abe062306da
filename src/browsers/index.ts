import type { Browser } from '../contract.ts'
import { chromium } from './chromium.ts'
import type { BrowserProfile } from './policy.ts'

const profiles: Partial<Record<Browser, BrowserProfile>> = { chromium }

/** @throws {TypeError} for a browser whose rules are not known here. */
export const profileOf = (browser: Browser): BrowserProfile => {
  const profile = Object.hasOwn(profiles, browser) ? profiles[browser] : undefined
  if (profile === undefined) {
    throw new TypeError(
      `options.browser: no rules for ${JSON.stringify(browser)}; known: ${Object.keys(profiles).join(', ')}`,
    )
  }
  return profile
}
