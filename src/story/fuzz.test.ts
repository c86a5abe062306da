import { describe, expect, it } from 'vitest'
import type { Diagnosis, Exchange, Header, Observed, SetCookieVerdict, StoredCookie, Story } from '../contract.ts'
import type { BodyFacts } from './body-facts.ts'
import { evidenceOf } from './evidence-of.ts'
import type { Recording, Seen } from './seen.ts'
import { tell } from './tell.ts'
import { type RequestRow, type Row, recordingOf } from './testing/recording.ts'
import { part, tokenWith } from './testing/token.ts'
import { tokensOf } from './token-uses.ts'

/** The same numbers in every run (Park and Miller's generator). */
const seeded = (seed: number) => {
  let state = seed
  return (below: number): number => {
    state = (state * 48_271) % 2_147_483_647
    return state % below
  }
}
const random = seeded(20_261_121)
const pick = <T>(list: readonly [T, ...T[]]): T => list[random(list.length)] ?? list[0]
const chance = (percent: number): boolean => random(100) < percent
const some = <T>(most: number, make: () => T): T[] => Array.from({ length: random(most + 1) }, make)

/** No story may have it. */
const SECRET = 'hush'

const origins = [
  'https://app.shop.test',
  'https://api.shop.test',
  'https://api.other.test',
  'http://app.shop.test',
  'https://id.provider.test',
] as const
const paths = [
  ...['/', '/login', '/account', '/me', '/logout', '/session', '/oauth/token', '/auth/refresh', '/2fa', '/cart'],
  ...['/callback?code=hush&state=hush', '/auth/callback', '/callback?error=x&state=hush'],
  '/authorize?client_id=a&state=hush&redirect_uri=https%3A%2F%2Fapp.shop.test%2Fcallback',
] as unknown as readonly [string, ...string[]]
const lines = [
  ...[
    'sid=hush; Path=/',
    'sid=hush; Path=/; Secure; HttpOnly; SameSite=Lax',
    'sid=hush; SameSite=None',
    'sid=; Max-Age=0',
  ],
  ...[
    'auth_token=hush; Domain=shop.test; Path=/',
    'session.0=hush; Path=/',
    'XSRF-TOKEN=hush',
    'oauth_state=hush; Path=/',
  ],
  ...['=', 'x=hush; HttpOnly; Secure; SameSite=Strict', 'sid=hush; Domain=other.test', 'sid=hush; Max-Age=60'],
] as unknown as readonly [string, ...string[]]

let at = 0
const plausible = (): Row => {
  at += random(5)
  const url = pick(origins) + pick(paths)
  const isScript = chance(50)
  const status = pick([200, 200, 200, 201, 204, 302, 303, 307, 400, 401, 403, 419, 431, 500, 0])
  const row: RequestRow = {
    request: `${pick(['GET', 'GET', 'POST', 'OPTIONS', 'DELETE'])} ${url}`,
    status,
    at,
    set: status === 0 ? [] : some(3, () => pick(lines)),
    ...(isScript && { from: `${pick(origins)}/login` }),
    ...(status >= 300 && status < 400 && { location: pick(origins) + pick(paths) }),
    ...(chance(30) && { requestHeaders: { Authorization: 'Bearer hush' } }),
    ...(status === 0 && { error: 'net::ERR_FAILED' }),
    ...(chance(10) && { state: pick(['pending', 'failed', 'unfinished']) }),
    ...(chance(10) && { fromCache: true }),
    ...(chance(10) && { lost: true }),
    ...(chance(20) && { body: { password: chance(50), opaqueTokens: chance(50) ? ['access_token'] : [] } }),
    ...(chance(10) && { reload: true }),
    ...(chance(10) && { credentials: 'omit' as const }),
  }
  return row
}

const texts = [
  ...[
    '',
    ' ',
    '`',
    '``',
    '\u202e',
    '\u0000',
    '\n',
    '"',
    '<img src=x onerror=alert(1)>',
    '\ud800',
    '\u{1f36a}',
    '__proto__',
  ],
  ...[
    'https://',
    'https://[',
    'https://a:99999/',
    'data:,x',
    'about:blank',
    'null',
    'javascript:alert(1)',
    'blob:https://a/b',
  ],
  ...[
    'https://app.shop.test/login',
    'http://127.0.0.1/login',
    'https://app.shop.test/callback?code=1&state=2',
    '%'.repeat(99),
    '/'.repeat(5000),
  ],
  ...[
    'a-'.repeat(3000),
    'x'.repeat(20_000),
    `https://app.shop.test/${'log-in/'.repeat(500)}`,
    `https://a.test/?${'code=1&'.repeat(500)}`,
  ],
  ...[tokenWith({ iss: '`\u202e' }), `${part({ alg: '`' })}.${part({})}.x`, 'ey..', 'Bearer ', 'Basic abc'],
] as unknown as readonly [string, ...string[]]
const text = (): string => (chance(80) ? pick(texts) : pick(texts) + pick(texts))
const numbers = [0, 1, -1, 200, 302, 401, 431, Number.NaN, Number.POSITIVE_INFINITY, 1e300, 1_795_000_000_000] as const

const cookie = (): StoredCookie => ({
  name: chance(50) ? pick(['sid', 'session', 'auth_token']) : text(),
  value: SECRET + text(),
  domain: text(),
  hostOnly: chance(50),
  path: text(),
  secure: chance(50),
  httpOnly: chance(50),
  sameSite: pick(['lax', 'strict', 'unspecified', 'no_restriction']),
  session: chance(50),
  ...(chance(50) && { expirationDate: pick(numbers) }),
})
const header = (): Header => ({
  name: chance(60)
    ? pick(['Location', 'Set-Cookie', 'Authorization', 'Content-Type', 'Origin', 'Access-Control-Request-Method'])
    : text(),
  value: text(),
})
const reason = () => ({
  id: pick(['NotOnPath', 'DomainMismatch', 'SecureOnly']),
  title: 'The cookie: what to do',
  explanation: 'x',
  spec: 'x',
})
const line = (): SetCookieVerdict => ({
  line: `${text()}=${SECRET}`,
  cookie: chance(30) ? null : cookie(),
  outcome: pick(['stored', 'removed', 'blocked', 'unknown']),
  reasons: some(2, reason),
  warnings: some(1, reason),
})
const observed = (): Observed => ({
  operation: pick(['set', 'send']),
  index: random(5) - 1,
  agreement: pick(['confirmed', 'predicted', 'contradicted', 'unexplained']),
  evidence: 'never appeared in the store',
})
const body = (): BodyFacts => ({ password: chance(50), renews: chance(10), tokens: [], opaqueTokens: some(2, text) })
const exchange = (): Exchange => ({
  url: text(),
  method: chance(60) ? pick(['POST', 'GET', 'OPTIONS']) : text(),
  resourceType: chance(80) ? pick(['main_frame', 'xmlhttprequest', 'sub_frame', 'websocket']) : text(),
  initiator: chance(30) ? null : text(),
  frames: some(3, text),
  ...(chance(40) && { redirectChain: some(40, text) }),
  requestHeaders: some(4, header),
  status: pick([0, -1, 101, 200, 204, 302, 303, 401, 431, 500, 99_999]),
  responseHeaders: some(4, header),
  time: pick(numbers),
})
let ids = 0
const hostile = (): Seen => ({
  id: chance(5) ? 'same' : `h${ids++}`,
  exchange: exchange(),
  verdict: {
    setCookies: some(4, line),
    cookies: some(4, () => ({
      cookie: cookie(),
      outcome: pick(['sent', 'blocked', 'unknown']),
      reasons: some(2, reason),
    })),
  },
  observed: some(3, observed),
  fromCache: chance(10),
  started: pick(numbers),
  state: pick(['pending', 'complete', 'failed', 'unfinished']),
  ...(chance(30) && { error: text() }),
  ...(chance(30) && { body: body() }),
})

const diagnosis = (seen: readonly Seen[]): Diagnosis => ({
  id: pick(['ProxyHidesHttps', 'SessionRejected', 'BearerMissing', 'Unheard', '__proto__', 'constructor']),
  title: 'The server does not know the session',
  explanation: 'It was seen.',
  confidence: pick(['seen', 'likely', 'possible']),
  exchanges: chance(80) ? [seen[random(seen.length)]?.id ?? 'gone'] : [],
  ...(chance(80) && { rank: pick(['blocks-now', 'blocks-next', 'odd']) }),
})

const told = (recording: Recording): Story | null => {
  const { seen } = recording
  const evidence = evidenceOf(recording, chance(30) ? (seen[random(seen.length)]?.id ?? 'gone') : null)
  for (const one of seen) tokensOf(one)
  return tell(
    evidence,
    some(3, () => diagnosis(seen)),
  )
}

const expectSound = (story: Story, { seen }: Recording): void => {
  const known = new Set(seen.map(({ id }) => id))
  const { steps, arrows, parties, checks, why, sentence } = story
  for (const id of [
    story.login,
    ...steps.flatMap(({ exchanges }) => exchanges),
    ...arrows.map((arrow) => arrow.exchange),
  ])
    expect(known.has(id) || id === 'gone', id).toBe(true)
  expect(steps.map(({ id }) => id)).toEqual([
    'page',
    'request',
    'set-cookie',
    'stored',
    'redirects',
    'sent',
    'accepted',
    'reload',
    'navigation',
  ])
  expect(steps.filter(({ mark }) => mark === 'broken').length).toBe(story.outcome === 'broken' ? 1 : 0)
  expect(arrows.length).toBeLessThanOrEqual(14)
  expect(arrows.filter(({ broken }) => broken).length).toBeLessThanOrEqual(1)
  for (const { party } of arrows) expect(parties.some(({ id }) => id === party)).toBe(true)
  const words = [
    sentence,
    ...why,
    ...steps.flatMap(({ title, detail }) => [title, detail]),
    ...checks.flatMap(({ title, detail }) => [title, detail]),
    ...arrows.map(({ label }) => label),
  ]
  for (const one of words) {
    expect(one).not.toMatch(/\p{C}|[\p{Zl}\p{Zp}]|undefined|NaN|Infinity|\[object/u)
    expect(one.split('`').length % 2, one).toBe(1)
    expect(one.length).toBeLessThan(800)
    expect(one).not.toContain(SECRET)
  }
  expect(sentence).toMatch(/^\S.*\.$/)
}

describe('whatever the log holds', () => {
  it('a story of requests that may be is sound', () => {
    let stories = 0
    for (let i = 0; i < 150; i++) {
      at = 0
      const recording = recordingOf(some(25, plausible), { thirdPartyCookies: pick(['allowed', 'blocked']) })
      const story = told(recording)
      if (story === null) continue
      stories++
      expectSound(story, recording)
    }
    expect(stories).toBeGreaterThan(75)
  })

  it('a story of what makes no sense is sound', () => {
    let stories = 0
    for (let i = 0; i < 150; i++) {
      const sane = chance(50)
        ? recordingOf(some(10, () => ({ ...(plausible() as RequestRow), id: `p${ids++}` }))).seen
        : []
      const seen = [...some(20, hostile), ...sane, ...some(5, hostile)]
      const recording: Recording = {
        browser: pick(['chromium', 'firefox', 'safari']),
        page: text(),
        seen,
        storeWrites: [],
        thirdPartyCookies: 'unknown',
      }
      const story = told(recording)
      if (story === null) continue
      stories++
      expectSound(story, recording)
    }
    expect(stories).toBeGreaterThan(40)
  })
})

describe('cost', () => {
  const many = (make: (n: number) => Row): Recording => {
    const { seen, ...rest } = recordingOf(Array.from({ length: 50 }, (_, n) => make(n)))
    // The same over and over, each an exchange of its own: 4,000 of them.
    const all = Array.from({ length: 80 }, (_, round) =>
      seen.map((one, n) => ({ ...one, id: `${round}-${n}`, exchange: { ...one.exchange } })),
    )
    return { ...rest, seen: all.flat() }
  }
  const app = 'https://app.shop.test'
  it.each<[string, (n: number) => Row]>([
    ['nothing of a login', (n) => ({ request: `GET ${app}/items/${n}`, from: `${app}/`, set: 'sid=1; Path=/' })],
    ['nothing but logins', (n) => ({ request: `POST ${app}/login?${n}`, from: `${app}/`, set: `sid=${n}; Path=/` })],
    [
      'nothing but tokens',
      (n) => ({ request: `POST ${app}/oauth/token`, from: `${app}/`, status: n % 7 === 0 ? 401 : 200 }),
    ],
    [
      'refused and accepted in turn',
      (n) => ({ request: `GET ${app}/me/${n % 5}`, from: `${app}/`, status: n % 2 === 0 ? 401 : 200 }),
    ],
    [
      'trips and nothing else',
      (n) => ({
        request:
          n % 2 === 0
            ? `GET https://id.provider.test/authorize?client_id=a&redirect_uri=${app}/cb&state=1`
            : `GET ${app}/cb?code=1&state=1`,
      }),
    ],
    ['redirects without end', (n) => ({ request: `GET ${app}/login?${n}`, status: 302, location: `/login?${n + 1}` })],
  ])('4,000 exchanges: %s', (_, make) => {
    const recording = many(make)
    const started = performance.now()
    tell(evidenceOf(recording), [])
    tell(evidenceOf(recording), [])
    // Some 200 on an idle machine; what is quadratic takes minutes.
    expect(performance.now() - started).toBeLessThan(10_000)
  })
})
