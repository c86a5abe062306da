import { nginx } from '../../../src/remedies/stacks/nginx.ts'
import { appHost, linesOf } from '../remedies.ts'
import type { Regions } from '../servers/source.ts'

export const nginxRemedies: Regions = {
  'forward-proto': linesOf(nginx, { action: 'forward-proto', host: appHost }),
}

/** The proxy passes on which host was asked for, and not that it was asked over https. */
export const hostOnly = 'proxy_set_header Host $host;'
