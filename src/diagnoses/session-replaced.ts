import type { Action } from '../remedies/action.ts'
import { theCookie } from '../remedies/words.ts'
import type { Evidence, Login, Replacement } from '../story/evidence.ts'
import type { DiagnosisRule, Finding } from './diagnosis.ts'
import { answerText, idsOf, pathText, requestText } from './exchange-text.ts'
import { isTurnedAway } from './session-use.ts'

/**
 * Another answer overwrote the session cookie after the login, and the server refused what it had written: the late answer to a visitor who
 * was not logged in yet, or another app on the host that uses the same name. What the server gives anew and then accepts is none
 * (`story/replaced.ts`).
 */
export default {
  id: 'SessionReplaced',
  explains: ['SessionChangesEveryTime', 'SessionDeletedAtOnce', 'SessionRejected'],
  find: (evidence) => {
    const { login } = evidence
    if (login === null || login.replaced === null || isTurnedAway(evidence, login)) return []
    return [findingOf(evidence, login, login.replaced)]
  },
} satisfies DiagnosisRule

const findingOf = (_: Evidence, login: Login, replaced: Replacement): Finding => {
  const { line, by, refused, accepted } = replaced
  const { name } = line
  const call = requestText(by, login.request)
  const title = `${call} replaced ${theCookie(name)} after the login`
  const set = `${requestText(line.seen, login.request)} set ${theCookie(name)}`
  const end = `${requestText(refused, login.request)} was answered ${answerText(refused)}`
  return {
    rank: 'blocks-now',
    confidence: accepted === null ? 'seen' : 'likely',
    title: title.length < 120 ? title : 'Another answer replaced the session cookie after the login',
    seen:
      accepted === null
        ? `${set}. ${call} had been asked before, and was answered after it, with another value for ${theCookie(name)}. With that value ${end}.`
        : `${set}, and ${requestText(accepted, login.request)} was accepted with it. ${call} carried it as well, and its answer gave ${theCookie(name)} another value. With that value ${end}.`,
    matters:
      accepted === null
        ? 'The browser keeps the value that comes last. The server began a session for a visitor who was not logged in yet; the session of the login is still there, but the browser has no key to it any more.'
        : 'A browser knows a cookie by name, domain and path, whoever set it. Another app on this host that uses the same name overwrites it; so does an instance of the same app that does not share the session store, for it takes the value for an unknown one.',
    actions: actionsOf(name, by, accepted === null),
    check: `Log in again, with ${call} as before: no answer after the login's gives ${theCookie(name)} another value.`,
    exchanges: idsOf([by, refused, line.seen, ...(accepted === null ? [] : [accepted])]),
  }
}

const actionsOf = (name: string, by: Replacement['by'], isOfStranger: boolean): Action[] => {
  const path = pathText(by.exchange.url) || '/'
  const quiet = { action: 'no-anonymous-session', name, path } as const
  return isOfStranger ? [quiet] : [{ action: 'own-cookie-name', name, path }, quiet, { action: 'share-session' }]
}
