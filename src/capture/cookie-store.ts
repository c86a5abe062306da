import browser from 'webextension-polyfill'
import { type ApiCookie, storedCookie } from './cookies-api.ts'
import { siteKeyOf } from './jar.ts'
import type { StoreReading } from './source.ts'

/** The cookie store of a tab's profile; undefined = the default one, where the browser names none for the tab. */
const storeIdOf = async (tabId: number): Promise<string | undefined> =>
  (await browser.cookies.getAllCookieStores()).find(({ tabIds }) => tabIds.includes(tabId))?.id

/** All cookies of the tab's profile, partitioned ones too (without `partitionKey: {}` they are left out). */
export const readStore = async (tabId: number): Promise<StoreReading> => {
  const storeId = await storeIdOf(tabId)
  const details = { partitionKey: {}, ...(storeId === undefined ? {} : { storeId }) }
  const cookies = (await browser.cookies.getAll(details)) as unknown as ApiCookie[]
  return { storeId, jar: { kind: 'jar', cookies: cookies.map(storedCookie), time: Date.now() } }
}

/** The sites of the pages in other tabs. */
export const readOtherSites = async (tabId: number): Promise<ReadonlySet<string>> => {
  const tabs = await browser.tabs.query({})
  const urls = tabs.flatMap(({ id, url, pendingUrl }) => (id === tabId ? [] : [url ?? '', pendingUrl ?? '']))
  return new Set(urls.filter((url) => URL.canParse(url)).map((url) => siteKeyOf(new URL(url).hostname)))
}
