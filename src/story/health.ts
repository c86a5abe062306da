import type { StoryCheck } from '../contract.ts'
import { sameSite, siteOf } from '../cookie/site.ts'
import { code } from '../remedies/words.ts'
import type { Login, SessionLine } from './evidence.ts'
import { isStepName } from './names.ts'
import { headerOf, readingOf } from './reading.ts'
import { namesText, type ToldStep } from './telling.ts'
import { unstatedCheck } from './unstated-same-site.ts'

/** Shorter than that, a session ends while its visitor reads. Seconds. */
const SHORT = 15 * 60

const ok = (id: string, title: string, detail: string): StoryCheck => ({ id, mark: 'ok', title, detail })
const risky = (id: string, title: string, detail: string): StoryCheck => ({ id, mark: 'risky', title, detail })

/** What was verified of a login that is not broken, then what is still risky about it. */
export const checksOf = (login: Login, steps: readonly ToldStep[], bearer: boolean): StoryCheck[] => {
  const stored = login.session.filter(({ line }) => line.outcome === 'stored' && line.cookie !== null)
  return [...verified(login, stored, steps, bearer), ...risks(login, stored)]
}

const verified = (
  login: Login,
  stored: readonly SessionLine[],
  steps: readonly ToldStep[],
  bearer: boolean,
): StoryCheck[] => {
  const done = (id: ToldStep['id']): ToldStep | undefined =>
    steps.find((step) => step.id === id && (step.mark === 'ok' || step.mark === 'risky'))
  const issued = done('set-cookie')
  const checks: (StoryCheck | null)[] = [
    issued === undefined ? null : ok('issued', 'Issued', issued.detail),
    validCheck(stored),
    fromStep('stored', 'Stored', done('stored')),
    fromStep('returned', bearer ? 'Sent' : 'Sent back', done('sent')),
    fromStep('accepted', 'Accepted', done('accepted')),
    fromStep('reload', 'Survives a reload', done('reload')),
    fromStep('navigation', 'Lasts to the next page', done('navigation')),
    corsCheck(login),
  ]
  return checks.filter((check) => check !== null)
}

const fromStep = (id: string, title: string, step: ToldStep | undefined): StoryCheck | null =>
  step === undefined ? null : step.mark === 'ok' ? ok(id, title, step.detail) : risky(id, title, step.detail)

const validCheck = (stored: readonly SessionLine[]): StoryCheck | null => {
  const [first] = stored
  if (first === undefined) return null
  const warned = stored.find(({ line }) => line.warnings.length > 0)
  const warning = warned?.line.warnings[0]
  return warning === undefined
    ? ok('valid', 'Valid', `The line of ${namesText(stored.map(({ name }) => name))} is taken as it is written.`)
    : risky('valid', 'Not taken as written', `${namesText([warned?.name ?? ''])}: ${warning.title}.`)
}

/** Of a script's login at another origin. */
const corsCheck = ({ request }: Login): StoryCheck | null => {
  const { exchange, state } = request
  const origin = headerOf(exchange.requestHeaders, 'origin') ?? exchange.initiator
  if (exchange.resourceType !== 'xmlhttprequest' || origin === null || origin === readingOf(request).origin) return null
  if (state !== 'complete' || exchange.status === 0) return null
  const allowed = headerOf(exchange.responseHeaders, 'access-control-allow-origin')
  const credentials = headerOf(exchange.responseHeaders, 'access-control-allow-credentials')
  if (allowed === origin && credentials === 'true')
    return ok('cors', 'CORS right', `The answer allows ${code(origin)}, with credentials.`)
  if (allowed === origin || allowed === '*')
    return ok('cors', 'CORS right', `The answer allows ${code(allowed)}, without credentials.`)
  return null
}

const risks = (login: Login, stored: readonly SessionLine[]): StoryCheck[] => {
  if (stored.length === 0) return []
  const names = (those: readonly SessionLine[]) => namesText(those.map(({ name }) => name))
  const which = (test: (line: SessionLine) => boolean): readonly SessionLine[] => stored.filter(test)
  const readable = which(({ line }) => line.cookie?.httpOnly === false)
  const insecure = which(({ line, seen }) => line.cookie?.secure === false && seen.exchange.url.startsWith('https:'))
  const found: (StoryCheck | null)[] = [
    lifetimeRisk(stored),
    readable.length === 0
      ? null
      : risky(
          'http-only',
          'Scripts can read it',
          `${names(readable)} has no HttpOnly: any script of the page, one that got in too, can take the session.`,
        ),
    insecure.length === 0
      ? null
      : risky(
          'secure',
          'Travels over http too',
          `${names(insecure)} has no Secure: it goes along in plain text wherever a request of this host is on http.`,
        ),
    unstatedCheck(login, stored),
    thirdPartyRisk(login, stored),
  ]
  return found.filter((check) => check !== null)
}

/** Of several (a short access cookie beside a long refresh cookie) the longest counts. */
const lifetimeRisk = (stored: readonly SessionLine[]): StoryCheck | null => {
  // A step of a login is to be over soon.
  const lasting = stored.filter(({ name }) => !isStepName(name))
  if (lasting.length === 0) return null
  const longest = lasting.reduce((most, one) => (endsAfter(one) > endsAfter(most) ? one : most))
  const seconds = endsAfter(longest)
  const name = namesText([longest.name])
  if (seconds === Number.POSITIVE_INFINITY) {
    return risky(
      'session-cookie',
      'Kept until the browser is closed',
      `${name} has neither Max-Age nor Expires: a browser that is closed may drop it, and the visitor logs in again.`,
    )
  }
  if (!(seconds > 0 && seconds < SHORT)) return null
  const minutes = Math.round(seconds / 60)
  const words = minutes < 2 ? `${Math.round(seconds)} seconds` : `${minutes} minutes`
  return risky(
    'lifetime',
    `Ends after ${words}`,
    `${name} is kept for ${words}, unless an answer sets it again before. Max-Age is in seconds.`,
  )
}

/** Seconds; a session cookie's is infinite, for no time ends it. */
const endsAfter = ({ line, seen }: SessionLine): number => {
  const expires = line.cookie?.expirationDate
  return expires === undefined ? Number.POSITIVE_INFINITY : expires - seen.exchange.time / 1000
}

const thirdPartyRisk = ({ request }: Login, stored: readonly SessionLine[]): StoryCheck | null => {
  const { exchange } = request
  const top = exchange.frames.at(-1)
  if (exchange.resourceType === 'main_frame' || top === undefined) return null
  const site = siteOf(exchange.url)
  if (site === null || siteOf(top) === null || sameSite(site, siteOf(top), true)) return null
  const plain = stored.filter(({ line }) => line.cookie?.partitionKey === undefined)
  if (plain.length === 0) return null
  return risky(
    'third-party',
    'Needs third-party cookies',
    `${namesText(plain.map(({ name }) => name))} belongs to ${code(site.domain)}, and the page to another site: Safari, Chrome\u2019s Incognito windows and many users block such cookies. Put both on one site, or add Partitioned.`,
  )
}
