import { code } from '../remedies/words.ts'
import type { Evidence, Login } from '../story/evidence.ts'
import { nameKind } from '../story/names.ts'
import { nameOfLine, readingOf } from '../story/reading.ts'
import type { Seen } from '../story/seen.ts'
import type { DiagnosisRule, Finding } from './diagnosis.ts'
import { idsOf, requestText } from './exchange-text.ts'
import { outcomeOf } from './outcome.ts'
import { isOfLoginSites, keptSession, sentPairs } from './session-use.ts'

/** The session, or its CSRF token, goes by two names: with a prefix and without, or with two prefixes. */
export default {
  id: 'PrefixFlips',
  explains: ['CsrfRefused', 'SessionChangesEveryTime', 'SessionDeletedAtOnce', 'SessionRejected'],
  find: (evidence) => {
    const { login } = evidence
    if (login === null) return []
    const twin = twinOf(evidence, login)
    return twin === null ? [] : [findingOf(twin, evidence, login)]
  },
} satisfies DiagnosisRule

const prefix = /^__(?:host-http|host|secure|http)-/i
const prefixes = ['', '__Host-', '__Secure-', '__Http-', '__Host-Http-']

/** The other names that it may go by. */
const twinsOf = (name: string): string[] => {
  const bare = name.replace(prefix, '')
  return prefixes.map((one) => one + bare).filter((other) => other !== name)
}

interface Twin {
  /** What the login set. */
  name: string
  setter: Seen
  /** What went along as well. */
  other: string
  seen: Seen
}

/** A request with both names, the login's being one of them. */
const twinOf = (evidence: Evidence, login: Login): Twin | null => {
  const kept = keptSession(evidence, login).filter(({ ofLogin }) => ofLogin)
  const given = [login.request, ...login.redirects].flatMap((seen) =>
    seen.verdict.setCookies.flatMap((line) => {
      const name = nameOfLine(line)
      const counts = kept.some(({ cookie }) => cookie.name === name) || nameKind(name) === 'csrf'
      return line.outcome === 'stored' && counts ? [{ name, setter: seen }] : []
    }),
  )
  const owns = new Map(given.flatMap((own) => twinsOf(own.name).map((other) => [other, own])))
  for (const seen of login.after) {
    for (const { name: other } of sentPairs(seen)) {
      const own = owns.get(other)
      if (own !== undefined) return { ...own, other, seen }
    }
  }
  return null
}

const findingOf = ({ name, setter, other, seen }: Twin, evidence: Evidence, login: Login): Finding => {
  const { kind, refused } = outcomeOf(evidence)
  const fails = kind === 'fails' && refused !== null && isOfLoginSites(refused, login)
  const url = readingOf(login.page ?? login.request).origin
  return {
    rank: fails ? 'blocks-now' : 'odd',
    confidence: fails ? 'likely' : 'possible',
    title: fails
      ? 'The login sets the session cookie under one name, and the app seems to read it under another'
      : 'The session cookie goes by two names, with a prefix and without',
    seen: `${requestText(setter)} set ${code(name)}. ${requestText(seen, setter)} carried ${code(other)} as well, which is left from before.`,
    matters: `A library that adds ${code('__Secure-')} or ${code('__Host-')} on https only takes https from the app's public URL or from the proxy. Where one part of the app thinks it is on http, it uses the plain name, and the other part does not find the session.`,
    actions: url === '' ? [] : [{ action: 'public-url', url, callbackPath: null }],
    check: 'Delete both cookies and log in again: one name is set, and that one is sent.',
    exchanges: idsOf([seen, setter]),
  }
}
