import { render } from 'preact'
import browser from 'webextension-polyfill'
import { sitesOf } from '../capture/site-access.ts'
import { AccessPage } from './components/AccessPage.tsx'

/** A tab of its own, in a browser whose DevTools panels may not ask for access: the page closes itself when it is done. */

const patterns = new URLSearchParams(location.search).getAll('pattern')
const dark = matchMedia('(prefers-color-scheme: dark)')
const dress = () => document.documentElement.setAttribute('data-theme', dark.matches ? 'dark' : 'light')
dark.addEventListener('change', dress)
dress()

const close = async () => {
  const tab = await browser.tabs.getCurrent()
  if (tab.id !== undefined) await browser.tabs.remove(tab.id)
}
const ask = async (): Promise<boolean> => {
  const granted = await browser.permissions.request({ origins: patterns })
  if (granted) await close()
  return granted
}
render(<AccessPage sites={sitesOf(patterns)} onAsk={ask} onClose={close} />, document.body)
