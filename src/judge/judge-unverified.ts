import type { BrowserProfile, Policy } from '../browsers/policy.ts'
import type { CookieVerdict, ExchangeVerdict, Reason, SetCookieVerdict } from '../contract.ts'
import { missingWords } from '../rules/missing.ts'

/**
 * The verdict where not all is known of the browser: the exchange is judged once for each thing that its policy may be. What
 * comes out the same each time is certain; where the outcomes differ the verdict is `unknown`, and says why it may be otherwise.
 */
export const judgeUnverified = (
  profile: BrowserProfile,
  judgeAs: (profile: BrowserProfile) => ExchangeVerdict,
): ExchangeVerdict => {
  const likeliest = judgeAs(profile)
  const others = profile.alternatives.map((change) => judgeAs(changed(profile, change)))
  return {
    setCookies: likeliest.setCookies.map((verdict, index) => unitedLine(verdict, at(others, 'setCookies', index))),
    cookies: likeliest.cookies.map((verdict, index) => unitedCookie(verdict, at(others, 'cookies', index))),
  }
}

const changed = (profile: BrowserProfile, change: Partial<Policy>): BrowserProfile => ({
  ...profile,
  policy: { ...profile.policy, ...change },
})

const at = <K extends keyof ExchangeVerdict>(
  verdicts: readonly ExchangeVerdict[],
  kind: K,
  index: number,
): ExchangeVerdict[K][number][] =>
  verdicts.flatMap((verdict) => {
    const one = verdict[kind][index]
    return one === undefined ? [] : [one]
  })

const unitedLine = (likeliest: SetCookieVerdict, others: readonly SetCookieVerdict[]): SetCookieVerdict => {
  if (others.every(({ outcome }) => outcome === likeliest.outcome)) {
    const isCertain = ({ id }: Reason): boolean =>
      others.every(({ warnings }) => warnings.some((warning) => warning.id === id))
    return { ...likeliest, warnings: likeliest.warnings.filter(isCertain) }
  }
  const reasons = doubts([likeliest, ...others])
  return { ...likeliest, outcome: 'unknown', reasons: reasons.length > 0 ? reasons : [expiry], warnings: [] }
}

const unitedCookie = (likeliest: CookieVerdict, others: readonly CookieVerdict[]): CookieVerdict =>
  others.every(({ outcome }) => outcome === likeliest.outcome)
    ? likeliest
    : { ...likeliest, outcome: 'unknown', reasons: doubts([likeliest, ...others]) }

/** All that may be the reason, each once. */
const doubts = (verdicts: readonly { reasons: Reason[] }[]): Reason[] => {
  const found = new Map<string, Reason>()
  for (const { reasons } of verdicts) {
    for (const reason of reasons) if (!found.has(reason.id)) found.set(reason.id, doubtful(reason))
  }
  return [...found.values()]
}

const notCertain = 'Not certain: '

/** The reason as what may be one. */
export const doubtful = (reason: Reason): Reason =>
  reason.title.startsWith(notCertain)
    ? reason
    : {
        ...reason,
        title: `${notCertain}${reason.title}`,
        explanation: `${missingWords.browser} If that is the reason: ${reason.explanation}`,
      }

/** Stored or removed: no rule stands between the two. */
const expiry: Reason = {
  id: 'UnverifiedReading',
  title: `${notCertain}the expiry may be read as past: write Max-Age in digits`,
  explanation: `${missingWords.browser} Browsers read this \`Max-Age\` or \`Expires\` in different ways: to some it is a time to come, to others it is past, and the line then deletes the cookie.`,
  spec: 'RFC 6265bis 5.6.1',
}
