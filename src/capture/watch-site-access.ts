import browser from 'webextension-polyfill'
import { accessOf, type SiteAccess } from './site-access.ts'

/** Tells what the extension may see, and again whenever its user changes that. */
export const watchSiteAccess = (onChange: (access: SiteAccess) => void, onError: (error: unknown) => void): void => {
  const ask = () => void browser.permissions.getAll().then(({ origins = [] }) => onChange(accessOf(origins)), onError)
  browser.permissions.onAdded.addListener(ask)
  browser.permissions.onRemoved.addListener(ask)
  ask()
}
