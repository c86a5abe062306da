import { isLocalHost } from '../cookie/site.ts'
import { code, list } from '../remedies/words.ts'
import type { Evidence, Login } from '../story/evidence.ts'
import { isDocument, readingOf } from '../story/reading.ts'
import type { Seen } from '../story/seen.ts'
import { isUnanswered } from './callback.ts'
import type { DiagnosisRule, Finding } from './diagnosis.ts'
import { answeredText, pathText, requestText } from './exchange-text.ts'
import { hasReason, hopAfter, outcomeOf, unique } from './outcome.ts'

/**
 * On its way the login is redirected from https to http: a Secure session cookie does not go there, and one that is set there is
 * refused if it is Secure. Of navigations alone; a script's request is stopped as mixed content. Silent where the hop on http
 * was never made (HSTS, measured: it is not seen), other than as a risk.
 */
export default {
  id: 'RedirectLeavesHttps',
  find: (evidence) => {
    const { login } = evidence
    const step = login === null ? null : downgradeIn(evidence, login)
    return login === null || step === null || step.target.hostname === '' ? [] : [findingOf(evidence, login, step)]
  },
} satisfies DiagnosisRule

interface Step {
  from: Seen
  target: URL
  /** The hop on http; null where none was seen. */
  hop: Seen | null
  withheld: readonly string[]
  refused: readonly string[]
}

const secureOnly: ReadonlySet<string> = new Set(['SecureOnly'])

const downgradeIn = (evidence: Evidence, login: Login): Step | null => {
  const chain = new Set([login.request, ...login.redirects, ...login.after])
  const steps = [...chain].flatMap((from): Step[] => {
    const { url, location } = readingOf(from)
    const isDowngrade =
      isDocument(from) &&
      url?.protocol === 'https:' &&
      location?.protocol === 'http:' &&
      !isLocalHost(location.hostname)
    return isDowngrade && location !== null ? [stepOf(evidence, login, from, location)] : []
  })
  return steps.find(({ withheld, refused }) => withheld.length + refused.length > 0) ?? steps[0] ?? null
}

const stepOf = (evidence: Evidence, login: Login, from: Seen, target: URL): Step => {
  const names = new Set(login.session.map(({ name }) => name))
  const hop = hopAfter(evidence, from)
  const { cookies = [], setCookies = [] } = hop?.verdict ?? {}
  return {
    from,
    target,
    hop,
    withheld: cookies.flatMap(({ cookie, outcome, reasons }) =>
      names.has(cookie.name) && outcome === 'blocked' && hasReason(reasons, secureOnly) ? [cookie.name] : [],
    ),
    refused: setCookies.flatMap(({ cookie, outcome, reasons }) =>
      cookie !== null && outcome === 'blocked' && hasReason(reasons, secureOnly) ? [cookie.name] : [],
    ),
  }
}

const findingOf = (evidence: Evidence, login: Login, step: Step): Finding => {
  const { from, target, hop, withheld, refused } = step
  const { url: own } = readingOf(from)
  const outcome = outcomeOf(evidence)
  const isLost = withheld.length + refused.length > 0
  const isStopped = hop !== null && (isUnanswered(hop) || evidence.isRefusal(hop))
  const names = list([...new Set([...withheld, ...refused])].slice(0, 4).map(code))
  const lost =
    withheld.length > 0
      ? ` ${names} is Secure and did not go there.`
      : refused.length > 0
        ? ` There ${names} was set with Secure, and refused.`
        : ''
  return {
    rank:
      outcome.kind !== 'works' && isLost && (isStopped || outcome.kind === 'fails' || refused.length > 0)
        ? 'blocks-now'
        : outcome.kind === 'works' || hop === null
          ? 'odd'
          : 'blocks-next',
    confidence: 'seen',
    title: 'A redirect of the login leads from https to http, where Secure cookies do not go',
    seen: `${requestText(from)} was sent on from https to ${code(`http://${target.host}${pathText(target.href)}`)}.${lost}${
      hop === null
        ? ' No request there was seen: the browser made it https again, or stopped.'
        : ` ${answeredText(hop, from)}`
    }`,
    matters:
      'On http the server takes the visitor for a stranger, and others on the network can read along. Where it sends visitors back to https, the login holds; where it does not, they end up at the login again.',
    actions: [
      // Where the host is on https already, the redirect is what has to change.
      ...(own !== null && target.hostname === own.hostname
        ? ([
            { action: 'trust-proxy', host: own.hostname },
            { action: 'forward-proto', host: own.hostname },
            // The port of its http address is none that https answers on.
            { action: 'public-url', url: own.origin, callbackPath: null },
          ] as const)
        : [{ action: 'use-https', host: target.hostname, who: 'server' } as const]),
    ],
    check: 'Log in again: every hop is on https. With HSTS browsers hold on to that.',
    exchanges: unique(from.id, hop?.id, login.session[0]?.seen.id),
  }
}
