import { isIpAddress } from '../cookie/domain.ts'
import { isLocalHost } from '../cookie/site.ts'

const privateAddress =
  /^(?:10|127|0)\.|^192\.168\.|^169\.254\.|^172\.(?:1[6-9]|2\d|3[01])\.|^\[(?:::1?|f[cd][0-9a-f]{2}:.*|fe[89ab][0-9a-f]:.*)\]$/
const privateName = /\.(?:local|localhost|lan|internal|intranet|home|home\.arpa|corp)$/

/** Whether only this machine or its own network reaches a canonical host: localhost, private addresses, `app.local`, a single label. */
export const isPrivateHost = (host: string): boolean =>
  isLocalHost(host) || (isIpAddress(host) ? privateAddress.test(host) : !host.includes('.') || privateName.test(host))

/** https, on a host that anyone reaches. */
export const isPublicHttps = (url: Pick<URL, 'protocol' | 'hostname'>): boolean =>
  url.protocol === 'https:' && !isPrivateHost(url.hostname)

const bareName = (host: string): string =>
  host.replace(/^www\./, '').replace(/\.(?:local|lan|localhost|localdomain)$/, '')

/**
 * Whether two different hosts look like two names of one server: localhost and 127.0.0.1, `app` and `app.local`, with `www.` and
 * without.
 */
export const areTwoNames = (one: string, other: string): boolean =>
  one !== other && ((isLoopback(one) && isLoopback(other)) || bareName(one) === bareName(other))

/** 0.0.0.0 leads to this machine too, though no browser counts it as local. */
const isLoopback = (host: string): boolean => isLocalHost(host) || host === '0.0.0.0' || host === '[::]'
