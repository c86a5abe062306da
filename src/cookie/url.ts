/** The parts of a URL that cookies are judged by, as `URL` gives them. */
export type Address = Readonly<Pick<URL, 'origin' | 'protocol' | 'host' | 'hostname' | 'pathname'>>

/** Addresses come in crowds: each request of a page names the same few documents and origins. */
const cache = new Map<string, Address | null>()
const cacheLimit = 512
/** Longer ones (`data:`) are not worth their memory. */
const longestCached = 2048

/** The address that a text spells; null where it is no absolute URL. */
export const parseUrl = (text: string): Address | null => {
  const known = cache.get(text)
  if (known !== undefined) return known
  const address = URL.canParse(text) ? addressOf(new URL(text)) : null
  if (text.length > longestCached) return address
  if (cache.size >= cacheLimit) cache.clear()
  cache.set(text, address)
  return address
}

/** A copy: a `URL` takes its parts out of its text each time it is asked. */
const addressOf = ({ origin, protocol, host, hostname, pathname }: URL): Address => ({
  origin,
  protocol,
  host,
  hostname,
  pathname,
})
