/** Addresses come in crowds: each request of a page names the same few documents and origins. */
const cache = new Map<string, URL | null>()
const cacheLimit = 512
/** Longer ones (`data:`) are not worth their memory. */
const longestCached = 2048

/** The URL that a text spells, not to be changed; null where it spells none. */
export const parseUrl = (text: string): URL | null => {
  const known = cache.get(text)
  if (known !== undefined) return known
  const url = URL.canParse(text) ? new URL(text) : null
  if (text.length > longestCached) return url
  if (cache.size >= cacheLimit) cache.clear()
  cache.set(text, url)
  return url
}
