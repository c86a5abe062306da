import type { Diagnosis, StoryStepId } from '../contract.ts'
import type { ToldStep } from './telling.ts'

/** Where a login breaks by what a diagnosis found, first the likeliest; where the exchanges do not tell it by themselves. */
const STEPS: Readonly<Record<string, readonly StoryStepId[]>> = {
  ProxyHidesHttps: ['stored', 'set-cookie', 'redirects'],
  LoginWithoutSetCookie: ['set-cookie'],
  CredentialsNotIncluded: ['stored', 'sent'],
  CorsBlocksCredentials: ['request', 'sent'],
  ThirdPartyCookiesBlocked: ['stored', 'sent'],
  RedirectLeavesHttps: ['redirects', 'sent'],
  SameSiteOnReturn: ['sent', 'request'],
  OAuthStateLost: ['request'],
  OAuthRedirectUriWrong: ['request'],
  SessionRejected: ['accepted'],
  SessionChangesEveryTime: ['accepted'],
  SessionReplaced: ['sent', 'accepted', 'navigation', 'reload'],
  SessionDeletedAtOnce: ['accepted'],
  TwoCookiesOfOneName: ['accepted'],
  CsrfRefused: ['request', 'accepted'],
  CsrfWithoutSession: ['request'],
  BearerMissing: ['sent'],
  TokenNotValid: ['accepted'],
  TokenRefused: ['accepted'],
  ClockSkew: ['accepted', 'stored'],
  SessionLifetime: ['reload', 'navigation'],
  SetCookieFolded: ['set-cookie', 'stored'],
  ChunkMissing: ['stored'],
  PrefixFlips: ['accepted'],
  PublicSuffixSites: ['stored', 'sent'],
  HostNamesMixed: ['sent', 'stored'],
  CookieSetServerSide: ['set-cookie'],
  LoginFromCache: ['set-cookie'],
  HeadersTooLarge: ['accepted', 'request'],
  MixedContent: ['request', 'sent'],
}

/** The step at which that diagnosis breaks the login: the likeliest that this login has and that is not done with. */
export const stepOf = ({ id, exchanges }: Diagnosis, steps: readonly ToldStep[]): StoryStepId => {
  const likely = Object.hasOwn(STEPS, id) ? (STEPS[id] ?? []) : []
  const has = (one: StoryStepId) => steps.some((step) => step.id === one && step.mark !== 'skipped')
  const shows = (one: StoryStepId) =>
    steps.some((step) => step.id === one && step.exchanges.includes(exchanges[0] ?? ''))
  const shown = likely.find((one) => has(one) && shows(one))
  // The login was answered well: what breaks is something after it.
  const isDone = (one: StoryStepId) =>
    one === 'request' && likely.length > 1 && steps.some(({ id: own, mark }) => own === one && mark === 'ok')
  return (
    shown ??
    likely.find((one) => has(one) && !isDone(one)) ??
    steps.find(({ id: one }) => has(one) && shows(one))?.id ??
    likely[0] ??
    'accepted'
  )
}
