import { isLocalHost } from '../cookie/site.ts'
import { code } from '../remedies/words.ts'
import type { Evidence } from '../story/evidence.ts'
import { pathKind } from '../story/paths.ts'
import { headerOf, isDocument, readingOf } from '../story/reading.ts'
import { losesBody } from '../story/refusal.ts'
import type { Seen } from '../story/seen.ts'
import type { DiagnosisRule, Finding } from './diagnosis.ts'
import { answerText, hostOf, pathText, requestText } from './exchange-text.ts'
import { isScripted, isStopped, outcomeOf, unique } from './outcome.ts'

/**
 * An https page calls an http address.
 *
 * Measured in Chromium 156 and Firefox ESR 153: what a browser stops as mixed content (fetch, XMLHttpRequest, frame, script, WebSocket;
 * private addresses included) never gets to webRequest. `devtools.network` tells of fetch and XMLHttpRequest (in Firefox of frames as
 * well): the http address with status 0. `upgrade-insecure-requests` makes https of it beforehand, and images are upgraded.
 * http://localhost and http://127.0.0.1 are allowed. webRequest shows: a script's request on https that is redirected to http, without
 * an answer from there (Firefox tells of a hop that failed, `NS_ERROR_NET_ON_RECEIVING_FROM`); a form of an https page that goes to http,
 * once the visitor insists (until then nothing); and any of it where the user allows insecure content. A policy of the page that names
 * an http origin as one to connect to is a hint, no more.
 */
export default {
  id: 'MixedContent',
  find: (evidence) => {
    const found = stopped(evidence) ?? redirected(evidence) ?? sent(evidence) ?? announced(evidence)
    return found === null ? [] : [findingOf(evidence, found)]
  },
} satisfies DiagnosisRule

interface Mix {
  /** lost: sent by a form, and redirected to https, so that nothing of it arrived. */
  kind: 'stopped' | 'redirected' | 'sent' | 'lost' | 'announced'
  seen: Seen
  page: string
  /** On http. */
  target: URL
}

const isPlain = (url: URL | null): url is URL => url?.protocol === 'http:' && !isLocalHost(url.hostname)

const secureOrigin = (text: string | null | undefined): string | null =>
  typeof text === 'string' && text.startsWith('https:') && URL.canParse(text) ? new URL(text).origin : null

/** The login, what comes after it, or what looks like one where there is none. */
const concernsLogin = ({ login }: Evidence, seen: Seen): boolean => {
  if (login !== null) {
    const { redirectChain = [] } = login.request.exchange
    return seen === login.request || redirectChain.includes(seen.exchange.url) || login.after.includes(seen)
  }
  const kind = pathKind(readingOf(seen))
  return kind === 'login' || kind === 'auth'
}

/** What capture calls a request that DevTools alone tells of, as the debugging protocol does. */
const mixedContent = 'mixed-content'

const stopped = (evidence: Evidence): Mix | null => {
  for (const seen of evidence.seen) {
    if (seen.error !== mixedContent) continue
    const { url } = readingOf(seen)
    const page = secureOrigin(seen.exchange.frames[0] ?? seen.exchange.initiator)
    if (isPlain(url) && page !== null && concernsLogin(evidence, seen))
      return { kind: 'stopped', seen, page, target: url }
  }
  return null
}

const redirected = (evidence: Evidence): Mix | null => {
  for (const seen of evidence.seen) {
    const { location, url } = readingOf(seen)
    if (!isPlain(location)) continue
    const page = secureOrigin(seen.exchange.frames[0] ?? seen.exchange.initiator)
    const isLedOff = isScripted(seen) && url?.protocol === 'https:' && page !== null
    if (isLedOff && concernsLogin(evidence, seen) && isStopped(evidence, seen))
      return { kind: 'redirected', seen, page, target: location }
  }
  return null
}

const sent = (evidence: Evidence): Mix | null => {
  for (const seen of evidence.seen) {
    const { url } = readingOf(seen)
    if (!isPlain(url) || seen.exchange.status === 0 || !concernsLogin(evidence, seen)) continue
    const isForm =
      isDocument(seen) && seen.exchange.method === 'POST' && (seen.exchange.redirectChain ?? []).length === 0
    const page = secureOrigin(isForm ? seen.exchange.initiator : isScripted(seen) ? seen.exchange.frames[0] : null)
    if (page !== null) return { kind: isForm && losesBody(seen) ? 'lost' : 'sent', seen, page, target: url }
  }
  return null
}

/** `connect-src` or `form-action` of a page on https that names an http host, of which nothing was seen. */
const announced = (evidence: Evidence): Mix | null => {
  if (evidence.login !== null) return null
  for (const seen of evidence.seen) {
    const page = isDocument(seen) ? secureOrigin(seen.exchange.url) : null
    const policy = headerOf(seen.exchange.responseHeaders, 'content-security-policy')
    if (page === null || policy === null || /\bupgrade-insecure-requests\b/i.test(policy.slice(0, 20_000))) continue
    const target = plainSource(policy)
    if (target !== null && !evidence.seen.some((one) => hostOf(one) === target.hostname && isScripted(one)))
      return { kind: 'announced', seen, page, target }
  }
  return null
}

const plainSource = (policy: string): URL | null => {
  for (const directive of policy.slice(0, 20_000).split(/[;,]/)) {
    const [name = '', ...sources] = directive.trim().split(/\s+/)
    if (!['connect-src', 'form-action'].includes(name.toLowerCase())) continue
    for (const source of sources.slice(0, 100)) {
      const url = source.startsWith('http://') && URL.canParse(source) ? new URL(source) : null
      if (isPlain(url)) return url
    }
  }
  return null
}

const titles = {
  stopped: 'An https page calls an http address, and the browser stops it as mixed content',
  redirected: 'An https page\u2019s request is redirected to http, and the browser stops it as mixed content',
  sent: 'An https page sends the login to an http address',
  lost: 'The form posts to http, and the redirect to https loses what it sends',
  announced: 'The page is on https and may call an http address, which the browser does not do',
} as const

const findingOf = (evidence: Evidence, mix: Mix): Finding => {
  const { kind, page, seen, target } = mix
  const works = outcomeOf(evidence).kind === 'works'
  return {
    rank: works || kind === 'announced' ? 'odd' : kind === 'sent' ? 'blocks-next' : 'blocks-now',
    confidence: confidences[kind],
    title: titles[kind],
    seen: `${whatWasSeen[kind](code(page), requestText(seen, evidence.login?.page), mix)}.`,
    matters:
      kind === 'lost'
        ? 'After 301 or 302 a browser asks the new address by GET, without the fields: the server shows its login page once more, as after a wrong password. And the password went in the clear before.'
        : kind === 'sent'
          ? 'This browser let it pass, by a setting or because its user insisted. Others stop it, a Secure cookie does not go along, and the password travels in the clear.'
          : 'From an https page a browser sends no script\u2019s request to http, and no frame. The page\u2019s script gets an error, the server hears nothing.',
    actions:
      isDocument(seen) && (kind === 'lost' || kind === 'sent')
        ? [{ action: 'post-to-https', url: secureAddress(seen, target) }]
        : [{ action: 'use-https', host: target.hostname, who: 'server' }],
    check: `Log in again: the console names no mixed content, and the request goes to ${code(`https://${target.host}`)}.`,
    exchanges: unique(seen.id),
  }
}

/** Where it is redirected to has the port that https is answered on. */
const secureAddress = (seen: Seen, target: URL): string => {
  const { location } = readingOf(seen)
  const url = location !== null && losesBody(seen) ? location : target
  return `https://${url.host}${pathText(url.href)}`
}

const confidences = {
  stopped: 'seen',
  redirected: 'likely',
  sent: 'seen',
  lost: 'seen',
  announced: 'possible',
} as const

const addressOf = ({ target }: Mix): string => code(`http://${target.host}${pathText(target.href)}`)

const whatWasSeen: Record<Mix['kind'], (page: string, request: string, mix: Mix) => string> = {
  stopped: (page, request, mix) =>
    `The page at ${page} asked ${request} at ${addressOf(mix)}, and the browser did not send it`,
  redirected: (page, request, mix) =>
    `The page at ${page} asked ${request}, which was redirected to ${addressOf(mix)}. No answer from there was seen`,
  sent: (page, request, mix) => `The page at ${page} asked ${request} at ${addressOf(mix)}`,
  lost: (page, request, mix) =>
    `The page at ${page} asked ${request} at ${addressOf(mix)}, was answered ${answerText(mix.seen)} on https, and the browser asked that by GET`,
  announced: (page, _, { target }) =>
    `The policy of the page at ${page} lets it connect to ${code(`http://${target.host}`)}, and no such request was seen, nor a login. What a browser stops as mixed content need not be seen here`,
}
