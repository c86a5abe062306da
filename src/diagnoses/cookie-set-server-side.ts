import { byName } from '../remedies/words.ts'
import type { Evidence, Login } from '../story/evidence.ts'
import { headerOf } from '../story/reading.ts'
import { isRouterRedirect } from '../story/router-redirects.ts'
import type { Seen } from '../story/seen.ts'
import type { DiagnosisRule } from './diagnosis.ts'
import { answerText, idsOf, requestText } from './exchange-text.ts'
import { outcomeOf } from './outcome.ts'
import { isOfLoginSites, isTurnedAway, sentPairs } from './session-use.ts'

/**
 * A server action or its like logged in, and no answer to the browser carries a session. What the server asked of the API is
 * not to be seen, so this is never certain.
 */
export default {
  id: 'CookieSetServerSide',
  explains: ['LoginWithoutSetCookie'],
  find: (evidence) => {
    const { login } = evidence
    if (login === null || isTurnedAway(evidence, login)) return []
    const sign = serverSideSign(login.request)
    if (sign === null || hasSession(evidence, login)) return []
    const { kind, refused } = outcomeOf(evidence)
    if (kind !== 'fails' || refused === null || !isOfLoginSites(refused, login)) return []
    const known = knownName(evidence)
    return [
      {
        rank: 'blocks-now',
        confidence: sign.isAction ? 'likely' : 'possible',
        title: 'The login ran on the server, and its session cookie may never have been passed on to the browser',
        seen: `${requestText(login.request)} ${sign.words} and was answered ${answerText(login.request)}. Neither it nor what followed set a session cookie${known === null ? '' : `, ${byName(known)} or another`}. ${requestText(refused, login.request)} was answered ${answerText(refused)}.`,
        matters: `Where a server action, a loader or a route of your own calls the API, the API's Set-Cookie goes to your server. The browser gets a cookie only if your server sets it too.${
          isRouterRedirect(login.request)
            ? ' So does a session of React Router: what `commitSession` gives has to be the Set-Cookie header of the redirect.'
            : ''
        } A wrong password may look the same.`,
        actions: [{ action: 'pass-on-set-cookie', name: known }],
        check: 'Log in again: the answer to the browser has a Set-Cookie line for the session.',
        exchanges: idsOf([login.request, refused]),
      },
    ]
  },
} satisfies DiagnosisRule

/** What shows that code on the page's own server logged in; null where nothing does. `isAction`: its request says so itself. */
const serverSideSign = (seen: Seen): { words: string; isAction: boolean } | null => {
  const { exchange } = seen
  const header = (name: string): string | null => headerOf(exchange.requestHeaders, name)
  if (header('next-action') !== null) return { words: 'was a Next.js server action', isAction: true }
  if (header('x-sveltekit-action') !== null) return { words: 'was a SvelteKit form action', isAction: true }
  // One that answers with data may have found the password wrong.
  if (isRouterRedirect(seen)) return { words: 'was an action of React Router or Remix', isAction: true }
  if (header('rsc') !== null || isComponent(header('accept')) || isComponent(typeOf(exchange.responseHeaders)))
    return { words: 'was answered by a React server component', isAction: false }
  if (/[?&](?:_data|_action)=|\/_server(?:$|[/?])|\.data(?:$|\?)/.test(exchange.url.slice(0, 2000)))
    return { words: "was answered by a framework's own loader or action", isAction: false }
  return null
}

const typeOf = (headers: Seen['exchange']['responseHeaders']): string | null => headerOf(headers, 'content-type')
const isComponent = (type: string | null): boolean => type?.slice(0, 200).includes('text/x-component') === true

/** Set now, or sent from before. */
const hasSession = (evidence: Evidence, login: Login): boolean => {
  const tokens = (login.request.body?.tokens.length ?? 0) + (login.request.body?.opaqueTokens.length ?? 0)
  return (
    tokens > 0 ||
    login.session.length > 0 ||
    login.after.some(
      (seen) =>
        sentPairs(seen).some(({ name }) => evidence.isSessionName(name)) ||
        seen.verdict.setCookies.some(({ cookie }) => cookie !== null && evidence.isSessionName(cookie.name)),
    )
  )
}

/** A session's name that the log has from elsewhere. */
const knownName = ({ seen, isSessionName }: Evidence): string | null => {
  for (const { verdict } of seen) {
    const line = verdict.setCookies.find(({ cookie }) => cookie !== null && isSessionName(cookie.name))
    if (line?.cookie != null) return line.cookie.name
  }
  return null
}
