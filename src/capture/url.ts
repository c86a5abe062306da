/** The origin as `initiator` writes it; null for what has none. */
export const originOf = (url: string): string | null => {
  if (!URL.canParse(url)) return null
  const { origin } = new URL(url)
  return origin === 'null' ? null : origin
}

/** A request URL has no fragment; the browser's APIs leave it on. */
export const withoutFragment = (url: string): string => {
  const at = url.indexOf('#')
  return at < 0 ? url : url.slice(0, at)
}
