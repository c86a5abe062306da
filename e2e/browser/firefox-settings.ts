import type { RunningFirefox } from './firefox.ts'
import type { ChromeWindow } from './firefox-chrome.ts'

/** What a user does with the extension in about:addons. */
export interface FirefoxExtensionSettings {
  /** Takes access to all sites away. */
  withholdAccess(): Promise<void>
  /** Gives access to these sites: match patterns. */
  grantAccess(...patterns: string[]): Promise<void>
  /** Loads the extension anew. Resolves when it is there again. */
  reload(): Promise<void>
  /** Lets it into private windows, or not: either loads it anew. */
  setPrivateWindows(isAllowed: boolean): Promise<void>
}

interface Permissions {
  readonly permissions: readonly string[]
  readonly origins: readonly string[]
}

interface SettingsWindow extends ChromeWindow {
  readonly ChromeUtils: {
    importESModule(url: string): {
      AddonManager: { getAddonByID(id: string): Promise<{ reload(): Promise<void> }> }
      ExtensionPermissions: {
        add(id: string, added: Permissions, extension: unknown): Promise<void>
        remove(id: string, removed: Permissions, extension: unknown): Promise<void>
      }
    }
  }
  readonly WebExtensionPolicy: { getByID(id: string): { extension: unknown } }
}

type Change =
  | { kind: 'origins'; add: boolean; origins: string[] }
  | { kind: 'private'; add: boolean }
  | { kind: 'reload' }

const change = async (window: ChromeWindow, { id, what }: { id: string; what: Change }): Promise<void> => {
  const { ChromeUtils, WebExtensionPolicy } = window as SettingsWindow
  const { ExtensionPermissions } = ChromeUtils.importESModule('resource://gre/modules/ExtensionPermissions.sys.mjs')
  const { AddonManager } = ChromeUtils.importESModule('resource://gre/modules/AddonManager.sys.mjs')
  const { extension } = WebExtensionPolicy.getByID(id)
  if (what.kind !== 'reload') {
    const changed =
      what.kind === 'origins'
        ? { permissions: [], origins: what.origins }
        : { permissions: ['internal:privateBrowsingAllowed'], origins: [] }
    await (what.add
      ? ExtensionPermissions.add(id, changed, extension)
      : ExtensionPermissions.remove(id, changed, extension))
  }
  if (what.kind !== 'origins') await (await AddonManager.getAddonByID(id)).reload()
}

const everywhere = ['<all_urls>', '*://*/*']

export const firefoxExtensionSettings = ({
  extensionId,
  evaluateInChrome,
}: RunningFirefox): FirefoxExtensionSettings => {
  if (extensionId === null) throw new Error('There is no extension in this Firefox.')
  const run = (what: Change) => evaluateInChrome(change, { id: extensionId, what })
  return {
    withholdAccess: () => run({ kind: 'origins', add: false, origins: everywhere }),
    grantAccess: (...origins) => run({ kind: 'origins', add: true, origins }),
    reload: () => run({ kind: 'reload' }),
    setPrivateWindows: (add) => run({ kind: 'private', add }),
  }
}
