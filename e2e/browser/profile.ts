import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** What the browser does with third-party cookies. Its default differs between builds, so every run says it. */
export type ThirdPartyMode = 'allowed' | 'blocked'

/** DevTools' own theme setting; light is what Chromium calls `default`. */
export type Theme = 'light' | 'dark'

/** The value that DevTools' `ui-theme` setting has for a theme. */
export const themeSetting = (theme: Theme): string => (theme === 'dark' ? 'dark' : 'default')

/** Where DevTools opens: in a window of its own, as tests need it, or below the page, as a person sees most. */
export type Dock = 'undocked' | 'bottom'

export interface ProfileOptions {
  thirdPartyCookies: ThirdPartyMode
  /** system: as the desktop has it. */
  theme: Theme | 'system'
  dock: Dock
}

/** CSS pixels: enough for the panel's list and a verdict, and the shop's login form above it. */
const dockedHeight = 420

/**
 * Makes a fresh profile folder with the preferences that no command-line flag can set.
 * @returns its path; remove it with `removeProfile`
 */
export const createProfile = async ({ thirdPartyCookies, theme, dock }: ProfileOptions): Promise<string> => {
  const folder = await mkdtemp(path.join(tmpdir(), 'cookie-verdict-profile-'))
  const blocked = thirdPartyCookies === 'blocked'
  const preferences = {
    profile: {
      cookie_controls_mode: blocked ? 1 : 0,
      block_third_party_cookies: blocked,
      password_manager_enabled: false,
    },
    credentials_enable_service: false,
    translate: { enabled: false },
    // Without it the browser disables an unpacked extension when that is reloaded.
    extensions: { ui: { developer_mode: true } },
    devtools: {
      // DevTools stores its settings as JSON texts.
      preferences: {
        currentDockState: JSON.stringify(dock),
        'inspector-view.split-view-state': JSON.stringify({ horizontal: { size: dockedHeight, showMode: 'Both' } }),
        ...(theme === 'system' ? {} : { 'ui-theme': JSON.stringify(themeSetting(theme)) }),
      },
    },
  }
  await mkdir(path.join(folder, 'Default'))
  await writeFile(path.join(folder, 'Default', 'Preferences'), JSON.stringify(preferences))
  return folder
}

/** Removes a profile folder; a browser that is just going down may still write to it, hence the retries. */
export const removeProfile = (folder: string): Promise<void> =>
  rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
