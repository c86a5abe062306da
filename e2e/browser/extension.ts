import type { Page } from 'playwright'
import type { RunningBrowser } from './launch.ts'

/** What chrome://extensions itself uses. */
interface DeveloperPrivate {
  updateExtensionConfiguration(update: { extensionId: string; hostAccess: 'ON_CLICK' | 'ON_ALL_SITES' }): Promise<void>
  addHostPermission(id: string, pattern: string): Promise<void>
  reload(id: string, options: { failQuietly: boolean }): Promise<void>
}
interface ExtensionsPage {
  developerPrivate: DeveloperPrivate
  management: { setEnabled(id: string, enabled: boolean): Promise<void> }
}

/** The browser's own page of extensions, where its user changes what an extension may do. */
export interface ExtensionSettings {
  /** Takes away the access to all sites. */
  withholdAccess(): Promise<void>
  /** Gives access to the sites of a match pattern. */
  grantAccess(pattern: string): Promise<void>
  /** Gives back the access to all sites. */
  grantAllAccess(): Promise<void>
  reload(): Promise<void>
  setEnabled(enabled: boolean): Promise<void>
  close(): Promise<void>
}

/** Opens chrome://extensions in another tab, which then is in front. @param id of the extension */
export const openExtensionSettings = async ({ context }: RunningBrowser, id: string): Promise<ExtensionSettings> => {
  const page: Page = await context.newPage()
  await page.goto('chrome://extensions/')
  const configure = (hostAccess: 'ON_CLICK' | 'ON_ALL_SITES') =>
    page.evaluate(
      ([extensionId, access]) =>
        (globalThis as unknown as { chrome: ExtensionsPage }).chrome.developerPrivate.updateExtensionConfiguration({
          extensionId,
          hostAccess: access,
        }),
      [id, hostAccess] as const,
    )
  return {
    withholdAccess: () => configure('ON_CLICK'),
    grantAllAccess: () => configure('ON_ALL_SITES'),
    grantAccess: (pattern) =>
      page.evaluate(
        ([extension, hosts]) =>
          (globalThis as unknown as { chrome: ExtensionsPage }).chrome.developerPrivate.addHostPermission(
            extension,
            hosts,
          ),
        [id, pattern] as const,
      ),
    reload: () =>
      page.evaluate(
        (extension) =>
          (globalThis as unknown as { chrome: ExtensionsPage }).chrome.developerPrivate.reload(extension, {
            failQuietly: true,
          }),
        id,
      ),
    setEnabled: (enabled) =>
      page.evaluate(
        ([extension, on]) =>
          (globalThis as unknown as { chrome: ExtensionsPage }).chrome.management.setEnabled(extension, on),
        [id, enabled] as const,
      ),
    close: () => page.close(),
  }
}
