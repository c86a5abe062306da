import { parseUrl } from '../cookie/url.ts'
import type { Action } from '../remedies/action.ts'
import { code } from '../remedies/words.ts'
import type { Evidence } from '../story/evidence.ts'
import { nameKind } from '../story/names.ts'
import { headerOf } from '../story/reading.ts'
import type { Seen } from '../story/seen.ts'
import type { Finding } from './diagnosis.ts'
import { answerText, hostOf, requestText } from './exchange-text.ts'

/**
 * The login's own POST was refused, and the answer sets nothing. A form's token is in its body, which is not looked at, so that CSRF
 * protection is one explanation of several. Measured: Django answers 403, Rails 422, Hono's csrf() 403, a server action of Next.js
 * 500, all without a Set-Cookie; a wrong password is answered with a page of the app's own, and Rails then writes to the session.
 */
export const refusedLogin = (evidence: Evidence): Finding | null => {
  const { login } = evidence
  if (
    login === null ||
    login.request.exchange.method !== 'POST' ||
    login.request.fromCache ||
    hostOf(login.request) === ''
  )
    return null
  const { request } = login
  if (request.verdict.setCookies.length > 0) return null
  const words =
    login.kind === 'callback' ? providersForm(request) : (serverAction(request) ?? ownForm(request, evidence))
  return words === null
    ? null
    : {
        rank: 'blocks-now',
        confidence: 'possible',
        ...words,
        seen: `${requestText(request)} was answered ${answerText(request)}, without a Set-Cookie line. ${words.seen}`,
        check: 'Log in again: the request is accepted.',
        exchanges: [request.id],
      }
}

type Words = Pick<Finding, 'title' | 'seen' | 'matters' | 'actions'>

const originOf = ({ exchange }: Seen): ReturnType<typeof parseUrl> => {
  const origin = headerOf(exchange.requestHeaders, 'origin')
  const url = origin === null ? null : parseUrl(origin)
  return url === null || url.host === '' ? null : url
}

const proxyActions = (host: string, origin: string): Action[] => [
  { action: 'trust-proxy', host },
  { action: 'forward-proto', host },
  { action: 'trust-origin', origin },
]

/** A `form_post`: it comes from the provider's site by design. */
const providersForm = (request: Seen): Words | null => {
  const origin = originOf(request)
  if (request.exchange.status !== 403 || origin === null || origin.hostname === hostOf(request)) return null
  return {
    title: 'The return from the identity provider was refused: CSRF protection may not trust its origin',
    seen: `Its Origin is ${code(origin.origin)}: the provider's form posts the answer from there.`,
    matters:
      'CSRF protection refuses forms of other origins, and with `form_post` the provider answers with just such a form. It has to let this origin, or this one address, through: the `state` protects it.',
    actions: [{ action: 'trust-origin', origin: origin.origin }],
  }
}

const serverAction = (request: Seen): Words | null => {
  const origin = originOf(request)
  if (request.exchange.status !== 500 || origin === null) return null
  if (headerOf(request.exchange.requestHeaders, 'next-action') === null) return null
  const host = hostOf(request)
  return {
    title: 'The server action failed: Next.js may not trust the origin that it came from',
    seen: `Its Origin is ${code(origin.origin)}.`,
    matters:
      'Next.js compares the Origin with the host that it is asked for. Behind a proxy that asks for another one, it answers 500, and its log says `Invalid Server Actions request`. An error in the action itself is answered alike.',
    actions: [
      { action: 'forward-proto', host },
      { action: 'trust-origin', origin: origin.origin },
    ],
  }
}

const ownForm = (request: Seen, evidence: Evidence): Words | null => {
  const { status, resourceType } = request.exchange
  const origin = originOf(request)
  if (resourceType !== 'main_frame' || (status !== 403 && status !== 422)) return null
  if (origin === null || origin.hostname !== hostOf(request)) return null
  const wentAlong = request.verdict.cookies.some(
    ({ cookie, outcome }) =>
      outcome === 'sent' && (nameKind(cookie.name) === 'csrf' || evidence.isSessionName(cookie.name)),
  )
  if (!wentAlong) return null
  return {
    title: 'The login\u2019s form was refused: CSRF protection may see another origin, or another session',
    seen: `Its Origin is ${code(origin.origin)}, and the cookie that its token belongs to went along.`,
    matters:
      'CSRF protection compares Origin or Referer with scheme and host as the app sees them: behind a proxy that hides https, or asks for another host, they differ. It compares the token with the session, too: another instance with another secret does not know it. The app may as well refuse this login for a reason of its own: its log says which.',
    actions: [...proxyActions(origin.hostname, origin.origin), { action: 'share-session' }],
  }
}
