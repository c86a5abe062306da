/** Whether the extension may see a host; null = it may see all of them. */
export type SiteAccess = ((host: string) => boolean) | null

/** Scheme, `*.` where sub-domains count, host. Both schemes are asked for together, so that either tells. */
const pattern = /^(?:\*|https?):\/\/(\*\.)?([^/:]+)(?::[^/]+)?\/\*$/

/** The sites of match patterns, as one says them: of `*://*.shop.test/*`, `shop.test`. Each once, in order. */
export const sitesOf = (origins: readonly string[]): string[] => [
  ...new Set(origins.flatMap((origin) => pattern.exec(origin)?.[2] ?? [])),
]

/** @param origins match patterns, as the permissions API lists them */
export const accessOf = (origins: readonly string[]): SiteAccess => {
  const exact = new Set<string>()
  const domains: string[] = []
  for (const origin of origins) {
    const [, withSubdomains, host] = pattern.exec(origin) ?? []
    if (origin === '<all_urls>' || host === '*') return null
    if (host === undefined) continue
    exact.add(host)
    if (withSubdomains !== undefined) domains.push(`.${host}`)
  }
  return (host) => exact.has(host) || domains.some((domain) => host.endsWith(domain))
}
