import type { Protocol } from 'devtools-protocol'
import type { StoredCookie } from '../../src/contract.ts'

const sameSites = { Strict: 'strict', Lax: 'lax', None: 'no_restriction' } as const

/** A cookie of CDP as the WebExtension API has it. */
export const fromCdp = (cookie: Protocol.Network.Cookie): StoredCookie => ({
  name: cookie.name,
  value: cookie.value,
  domain: cookie.domain,
  hostOnly: !cookie.domain.startsWith('.'),
  path: cookie.path,
  secure: cookie.secure,
  httpOnly: cookie.httpOnly,
  sameSite: cookie.sameSite === undefined ? 'unspecified' : sameSites[cookie.sameSite],
  session: cookie.session,
  ...(cookie.session ? {} : { expirationDate: cookie.expires }),
  ...(cookie.partitionKey === undefined
    ? {}
    : {
        partitionKey: {
          topLevelSite: cookie.partitionKey.topLevelSite,
          hasCrossSiteAncestor: cookie.partitionKey.hasCrossSiteAncestor,
        },
      }),
})

const cdpSameSites = { strict: 'Strict', lax: 'Lax', no_restriction: 'None' } as const

export const toCdp = (cookie: StoredCookie): Protocol.Network.CookieParam => ({
  name: cookie.name,
  value: cookie.value,
  url: `${cookie.secure ? 'https' : 'http'}://${cookie.domain.replace(/^\./, '')}${cookie.path}`,
  ...(cookie.hostOnly ? {} : { domain: cookie.domain }),
  path: cookie.path,
  secure: cookie.secure,
  httpOnly: cookie.httpOnly,
  ...(cookie.sameSite === 'unspecified' ? {} : { sameSite: cdpSameSites[cookie.sameSite] }),
})
