import type { Browser } from '../contract.ts'
import { chromium } from './chromium.ts'
import { firefox } from './firefox.ts'
import type { BrowserProfile } from './policy.ts'
import { safari } from './safari.ts'

/** The browsers whose rules are known. */
export const profiles: readonly BrowserProfile[] = [chromium, firefox, safari]

/** @throws {TypeError} for a browser whose rules are not known here; `field`: what it is called where it was given. */
export const profileOf = (browser: Browser, field = 'options.browser'): BrowserProfile => {
  for (const profile of profiles) if (profile.browser === browser) return profile
  const known = profiles.map((profile) => profile.browser).join(', ')
  throw new TypeError(`${field}: no rules for ${JSON.stringify(browser)}; known: ${known}`)
}
