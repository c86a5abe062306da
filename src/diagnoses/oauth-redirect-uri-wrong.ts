import { code } from '../remedies/words.ts'
import type { Evidence, Login } from '../story/evidence.ts'
import { readingOf } from '../story/reading.ts'
import type { Seen } from '../story/seen.ts'
import { failsAt, sentFrom } from './callback.ts'
import type { DiagnosisRule, Finding } from './diagnosis.ts'
import { answeredText, hostOf, pathText } from './exchange-text.ts'
import { isPrivateHost, isPublicHttps } from './hosts.ts'
import { outcomeOf, unique } from './outcome.ts'

/**
 * The app is on a public https host and asks the identity provider to return to http, or to a host that only a development machine
 * reaches. A provider refuses such an address, or sends the visitor to nowhere. Not where everything is local.
 */
export default {
  id: 'OAuthRedirectUriWrong',
  explains: ['OAuthStateLost'],
  find: (evidence) => {
    const { login } = evidence
    const { authorize = null, redirectUri = null } = login?.oauth ?? {}
    if (login === null || authorize === null || redirectUri === null) return []
    const app = appOf(login, authorize)
    const fault = app === null ? null : faultOf(redirectUri)
    return app === null || fault === null ? [] : [findingOf({ evidence, login, authorize, redirectUri, app, fault })]
  },
} satisfies DiagnosisRule

type Fault = 'http' | 'private'

interface Case {
  evidence: Evidence
  login: Login
  authorize: Seen
  redirectUri: URL
  /** Public and https. */
  app: URL
  fault: Fault
}

/** Where the visitor was when the trip began. */
const appOf = ({ page, request, oauth }: Login, authorize: Seen): URL | null => {
  const later = [page, oauth?.callback === request ? null : request].map((one) => one && readingOf(one).url)
  const begun = [sentFrom({ authorize }), ...later].find((url) => url !== null && url.hostname !== hostOf(authorize))
  return begun != null && isPublicHttps(begun) ? begun : null
}

/** An app on a device returns to a scheme of its own: that is none of ours. */
const faultOf = (uri: URL): Fault | null => {
  if (uri.protocol !== 'http:' && uri.protocol !== 'https:') return null
  return isPrivateHost(uri.hostname) ? 'private' : uri.protocol === 'http:' ? 'http' : null
}

const findingOf = ({ evidence, login, authorize, redirectUri, app, fault }: Case): Finding => {
  const callback = login.oauth?.callback ?? null
  const outcome = outcomeOf(evidence)
  const isRefused = authorize.exchange.status >= 400
  const fails = isRefused || callback === null || failsAt(evidence, callback) || outcome.kind === 'fails'
  // A tool on the visitor's own machine may be meant to take the answer there, as RFC 8252 (7.3) has it.
  const isTaken = outcome.kind === 'works' || (fault === 'private' && !fails)
  const path = pathText(redirectUri.href)
  const uri = `${redirectUri.protocol}//${redirectUri.host}${path}`
  return {
    rank: isTaken ? 'odd' : fails ? 'blocks-now' : 'blocks-next',
    confidence: isRefused || callback !== null ? 'seen' : 'likely',
    title:
      fault === 'http'
        ? 'The app asks the identity provider to return to http, while visitors are on https'
        : 'The app asks the identity provider to return to a development machine',
    seen: `Visitors are on ${code(app.origin)}. The request to ${code(hostOf(authorize))} says ${code(`redirect_uri=${uri}`)}. ${afterwards(authorize, callback)}`,
    matters:
      fault === 'http'
        ? 'Providers return to registered addresses only, and to https ones as a rule. An app that thinks it is on http, behind a proxy say, builds this address wrong; and on http a Secure state cookie would not come along.'
        : 'A visitor\u2019s browser finds nothing there, or another server than the one that remembers the login. The address was left from development, or built from the name by which the proxy calls the app.',
    actions: [
      { action: 'public-url', url: app.origin, callbackPath: path },
      { action: 'trust-proxy', host: app.hostname },
      { action: 'forward-proto', host: app.hostname },
    ],
    check: `Begin a login: the provider\u2019s address says ${code(`redirect_uri=${app.origin}${path}`)}, the one that is registered there.`,
    exchanges: unique(authorize.id, callback?.id, login.request.id),
  }
}

const afterwards = (authorize: Seen, callback: Seen | null): string => {
  if (callback !== null) return answeredText(callback, authorize)
  return authorize.exchange.status >= 400
    ? `The provider answered ${authorize.exchange.status}.`
    : 'Nobody has come back from there.'
}
