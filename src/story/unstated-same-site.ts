import type { StoryCheck } from '../contract.ts'
import { requestContext } from '../cookie/context.ts'
import { isLocalHost } from '../cookie/site.ts'
import { parseUrl } from '../cookie/url.ts'
import { code, siteName } from '../remedies/words.ts'
import type { Login, SessionLine } from './evidence.ts'
import { readingOf, urlOf } from './reading.ts'
import type { Seen } from './seen.ts'
import { namesText } from './telling.ts'

/** Of a session cookie that says no SameSite: what to write, so that it still goes where the log saw it go. */
export const unstatedCheck = (login: Login, stored: readonly SessionLine[]): StoryCheck | null => {
  const unstated = stored.filter(({ line }) => line.cookie?.sameSite === 'unspecified')
  if (unstated.length === 0) return null
  const names = namesText(unstated.map(({ name }) => name))
  const abroad = unstated.map((one) => usedAbroad(login, one)).find((seen) => seen !== null)
  return {
    id: 'same-site',
    mark: 'risky',
    title: 'SameSite is left to the browser',
    detail: `${names} names no SameSite. ${
      abroad === undefined
        ? 'Chromium takes that for Lax, Firefox and Safari do not: write `SameSite=Lax`, or what is meant.'
        : abroadWords(abroad)
    }`,
  }
}

/** The request on which Lax would have lost the cookie, the answer that set it too; null where there was none. */
const usedAbroad = ({ after }: Login, { name, seen, line }: SessionLine): Seen | null => {
  if (contextOf(seen)?.setting === 'cross-site') return seen
  const isSent = ({ verdict }: Seen): boolean =>
    verdict.cookies.some(
      ({ cookie, outcome }) =>
        outcome === 'sent' && cookie.name === name && cookie.domain === (line.cookie?.domain ?? cookie.domain),
    )
  const isLost = (one: Seen): boolean => {
    const sending = contextOf(one)?.sending
    return sending === 'cross-site' || sending === 'lax-unsafe'
  }
  return after.find((one) => isSent(one) && isLost(one)) ?? null
}

/** As the strictest browser has it: Chromium tells http from https, Firefox counts redirects. */
const contextOf = ({ exchange }: Seen): ReturnType<typeof requestContext> | null => {
  const url = parseUrl(exchange.url)
  return url === null
    ? null
    : requestContext(exchange, url, {
        schemeful: true,
        countRedirects: true,
        partitionAncestorBy: 'site',
        thirdPartyTold: null,
      })
}

const abroadWords = (seen: Seen): string => {
  const { exchange } = seen
  const { url } = readingOf(seen)
  const context = contextOf(seen)
  const isNavigation = exchange.resourceType === 'main_frame'
  const from = urlOf((isNavigation ? null : exchange.frames.at(-1)) ?? exchange.initiator ?? '')
  const to = url?.hostname ?? ''
  // A redirect counts in Firefox alone, which does not take a missing SameSite for Lax.
  if (context !== null && context.foreignHop !== null)
    return `It goes to ${code(to)} by a redirect of another site, ${siteName(context.foreignHop.text)}: with \`SameSite=Lax\` Firefox would not send it there. Write \`SameSite=None; Secure\`.`
  const lost = `It goes to ${code(url?.origin ?? '')} from ${from === null ? 'another site' : `${code(from.origin)}, which is another site`}: Chromium takes a missing SameSite for Lax and loses it there, Firefox and Safari do not`
  if (context?.onlySchemeDiffers === true) return `${lost}. Serve both over https, then \`SameSite=Lax\` will do.`
  const alike = `${lost}. With \`SameSite=Lax\` it would be lost in all`
  if (url?.protocol === 'https:' || url?.protocol === 'wss:')
    return `${alike}: write \`SameSite=None; Secure\`, or put both on one site.`
  if (from !== null && isLocalHost(from.hostname) && isLocalHost(to))
    return `${alike}: call the API by the name that the page has, ${code(from.hostname)}.`
  return `${alike}, and \`SameSite=None\` needs https: put both on one site, or serve ${code(to)} over https.`
}
