import browser from 'webextension-polyfill'

/**
 * Tells what the extension may see, as match patterns, and again whenever its user changes that. Where the browser has the
 * permissions API: in Firefox, not in DevTools pages. @returns what stops it
 */
export const watchSiteAccess = (
  onChange: (origins: readonly string[]) => void,
  onError: (error: unknown) => void,
): (() => void) => {
  const { onAdded, onRemoved } = browser.permissions
  const ask = () => void browser.permissions.getAll().then(({ origins = [] }) => onChange(origins), onError)
  onAdded.addListener(ask)
  onRemoved.addListener(ask)
  ask()
  return () => {
    onAdded.removeListener(ask)
    onRemoved.removeListener(ask)
  }
}
