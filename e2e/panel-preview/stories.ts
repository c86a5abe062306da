import type { StoryArrow, StoryCookie, StoryParty, StoryStep } from '../../src/contract.ts'
import type { FoundDiagnosis } from '../../src/diagnoses/diagnosis.ts'
import type { LogEntry } from '../../src/panel/session.ts'
import type { Told } from '../../src/panel/told.ts'
import { entry, SECRET, START } from './entries.ts'

/** Made-up stories, as the panel may be told them. */

export interface StoryScene {
  readonly entries: readonly LogEntry[]
  readonly told: Told
}

const APP: StoryParty = { id: 'https://app.shop.test', kind: 'app' }
const API: StoryParty = { id: 'https://api.shop.test', kind: 'api' }
const PROVIDER: StoryParty = { id: 'https://accounts.identity.example', kind: 'provider' }

const step = (
  id: StoryStep['id'],
  mark: StoryStep['mark'],
  title: string,
  detail: string,
  ...exchanges: string[]
): StoryStep => ({ id, mark, title, detail, exchanges })

/** `sid sent, csrf withheld`. */
const cookies = (text: string): StoryCookie[] =>
  text === ''
    ? []
    : text.split(', ').map((one) => {
        const [name = '', fate = 'sent'] = one.split(' ')
        return { name, fate: fate as StoryCookie['fate'] }
      })

const arrow = (
  exchange: string,
  party: StoryParty,
  label: string,
  status: number,
  sent = '',
  set = '',
  broken = false,
): StoryArrow => ({
  ...{ exchange, party: party.id, label, status, sent: cookies(sent), set: cookies(set) },
  ...(broken && { broken }),
})

const proxyHidesHttps: FoundDiagnosis = {
  id: 'ProxyHidesHttps',
  rank: 'blocks-now',
  confidence: 'likely',
  title: 'The API thinks that it is on http, and leaves `Secure` out',
  seen: '`https://api.shop.test` answered over https, but set `sid` with `SameSite=None` and without `Secure`, and redirected to `http://api.shop.test/account`.',
  matters:
    'Chromium and Firefox drop a `SameSite=None` cookie without `Secure`, so that the session is lost before it began.',
  actions: [
    { action: 'trust-proxy', host: 'api.shop.test' },
    { action: 'forward-proto', host: 'api.shop.test' },
    { action: 'set-attribute', attribute: 'Secure' },
  ],
  check: 'Log in again: the Set-Cookie line of `POST /auth/login` then has `Secure`, and its verdict is “stored”.',
  exchanges: ['r3', 'r5'],
}
const corsNext: FoundDiagnosis = {
  id: 'CorsBlocksCredentials',
  rank: 'blocks-next',
  confidence: 'seen',
  title: 'The answers of `api.shop.test` do not allow credentials',
  seen: 'Its answers lack `Access-Control-Allow-Credentials: true`.',
  matters: 'Scripts of `https://app.shop.test` may not read an answer to a request with cookies.',
  actions: [{ action: 'allow-credentials', origin: 'https://app.shop.test', headers: ['content-type'] }],
  check: 'The preflight and the answer to `GET /me` both have the two headers.',
  exchanges: ['r4', 'r7'],
}
const sessionOnly: FoundDiagnosis = {
  id: 'SessionLifetime',
  rank: 'odd',
  confidence: 'possible',
  title: 'The session ends when the browser is closed',
  seen: '`sid` has neither `Max-Age` nor `Expires`.',
  matters: 'Visitors log in again after each restart, which may be what you want.',
  actions: [{ action: 'session-lifetime', name: 'sid', seconds: null }],
  check: 'Close the browser, open it again: the page still knows you.',
  exchanges: ['r3'],
}

/** Of the preview's broken login. */
const broken = (diagnoses: FoundDiagnosis[]): Told => ({
  story: {
    login: 'r3',
    picked: 'found',
    why: [
      'It is a POST to `/auth/login`.',
      'Its answer sets `sid`, which looks like a session.',
      'Right after it the page asked for `/me`.',
    ],
    outcome: 'broken',
    sentence:
      'The login breaks at step 4: Chromium dropped `sid`, because `SameSite=None` needs `Secure`. The API seems to believe that it is on http.',
    steps: [
      step('page', 'ok', 'GET /login', 'The login page came.', 'r1'),
      step('request', 'ok', 'POST /auth/login 200', 'The answer says that the login worked.', 'r3'),
      step('set-cookie', 'ok', '`sid` set', 'The answer sets `sid` and `csrf`.', 'r3'),
      step(
        'stored',
        'broken',
        '`sid` not stored',
        '`SameSite=None` needs `Secure`: the browser dropped the line.',
        'r3',
      ),
      step('redirects', 'skipped', 'no redirect', ''),
      step('sent', 'broken', '`GET /me` without it', 'The next request to the API went without `sid`.', 'r4'),
      step('accepted', 'broken', '401', 'The API turned the visitor away.', 'r4', 'r7'),
      step('reload', 'open', 'reload', 'The page was not loaded again yet.'),
      step('navigation', 'open', 'next visit', 'No other page was visited yet.'),
    ],
    parties: [APP, API],
    arrows: [
      arrow('r1', APP, 'GET /login', 200, 'theme'),
      arrow('r2', API, 'OPTIONS /auth/login', 204),
      arrow('r3', API, 'POST /auth/login', 200, 'theme', 'sid refused, csrf stored', true),
      arrow('r4', API, 'GET /me', 401, 'theme, csrf withheld'),
      arrow('r5', APP, 'GET /account', 302),
    ],
    checks: [],
  },
  diagnoses,
  cookie: 'sid',
})

const oauthEntries: LogEntry[] = [
  entry('o1', 'GET https://app.shop.test/login', 200),
  entry('o2', 'GET https://app.shop.test/auth/start', 302),
  entry('o3', `GET https://accounts.identity.example/authorize?client_id=shop&state=${SECRET}`, 200),
  entry('o4', 'POST https://accounts.identity.example/signin', 302),
  entry('o5', `GET https://app.shop.test/auth/callback?code=${SECRET}&state=${SECRET}`, 302),
  entry('o6', 'GET https://app.shop.test/account', 200),
  entry('o7', 'GET https://api.shop.test/me', 200),
  entry('o8', 'GET https://app.shop.test/account', 200),
]

const healthySteps = (login: string, page: string, next: string): StoryStep[] => [
  step('page', 'ok', 'GET /login', 'The login page came.', page),
  step('request', 'ok', 'login 302', 'The answer says that the login worked.', login),
  step('set-cookie', 'ok', '`__Host-session` set', 'One line that looks like a session.', login),
  step('stored', 'ok', 'stored', 'The store has it.', login),
  step('redirects', 'ok', 'to /account', 'The redirects led to a page.', next),
  step('sent', 'ok', 'sent', 'The next request carried it.', next),
  step('accepted', 'ok', 'accepted', 'The answer was 200.', next),
  step('reload', 'ok', 'after reload', 'Still logged in after the page was loaded again.', next),
  step('navigation', 'ok', 'next visit', 'Still logged in on the next page.', next),
]

const oauth: Told = {
  story: {
    login: 'o5',
    picked: 'found',
    why: ['It came back from `accounts.identity.example` with a code and a state.'],
    outcome: 'healthy',
    sentence: 'The login works: `__Host-session` was set, stored and sent, and the server accepted it.',
    steps: healthySteps('o5', 'o1', 'o6'),
    parties: [APP, API, PROVIDER],
    arrows: [
      arrow('o1', APP, 'GET /login', 200),
      arrow('o2', APP, 'GET /auth/start', 302, '', 'oauth_state stored, pkce_verifier stored'),
      arrow('o3', PROVIDER, 'GET /authorize', 200, 'idp sent'),
      arrow('o4', PROVIDER, 'POST /signin', 302, 'idp sent', 'idp_session stored'),
      arrow(
        'o5',
        APP,
        'GET /auth/callback',
        302,
        'oauth_state, pkce_verifier',
        '__Host-session stored, oauth_state removed, pkce_verifier removed',
      ),
      arrow('o6', APP, 'GET /account', 200, '__Host-session'),
      arrow('o7', API, 'GET /me', 200, 'api_session'),
      arrow('o8', APP, 'GET /account', 200, '__Host-session'),
    ],
    checks: [
      {
        id: 'issued',
        mark: 'ok',
        title: 'Issued and valid.',
        detail: '`__Host-session` was set without a fault in the line.',
      },
      { id: 'stored', mark: 'ok', title: 'Stored.', detail: 'It appeared in the store 3 ms after the answer.' },
      {
        id: 'returned',
        mark: 'ok',
        title: 'Sent and accepted.',
        detail: '3 requests carried it; all were answered with 200.',
      },
      {
        id: 'reload',
        mark: 'ok',
        title: 'Survives a reload.',
        detail: 'The page was loaded again and still knew the visitor.',
      },
      {
        id: 'session-only',
        mark: 'risky',
        title: 'Kept until the browser is closed only.',
        detail: 'It has neither `Max-Age` nor `Expires`.',
      },
      {
        id: 'samesite',
        mark: 'risky',
        title: 'No `SameSite`.',
        detail: 'Chromium takes that for `Lax`, Firefox and Safari for `None`.',
      },
    ],
  },
  diagnoses: [],
  cookie: '__Host-session',
}

const token = {
  ...{ alg: 'RS256', kid: '2026-11', iss: 'https://issuer.shop.test/', aud: ['shop-web', 'shop-api'] },
  ...{ exp: START - 40_000, nbf: START - 340_000, iat: START - 340_000 },
}
const base64url = (value: unknown): string => btoa(JSON.stringify(value)).replaceAll('=', '')
const seconds = { exp: token.exp / 1000, nbf: token.nbf / 1000, iat: token.iat / 1000 }
const jwt = [
  base64url({ alg: token.alg, kid: token.kid }),
  base64url({ iss: token.iss, aud: token.aud, ...seconds }),
  SECRET,
].join('.')
const bearerEntries: LogEntry[] = [
  entry('b1', 'GET https://app.shop.test/login', 200),
  {
    ...entry('b2', 'POST https://api.shop.test/token', 200),
    body: {
      password: true,
      renews: false,
      tokens: [{ field: 'access_token', token }],
      opaqueTokens: ['refresh_token'],
    },
  },
  entry('b3', 'GET https://api.shop.test/me', 401, {
    exchange: {
      requestHeaders: [{ name: 'Authorization', value: `Bearer ${jwt}` }],
      responseHeaders: [{ name: 'Date', value: new Date(START - 62_000).toUTCString() }],
    },
  }),
]
const bearer: Told = {
  story: {
    login: 'b2',
    picked: 'found',
    why: ['Its answer holds a token (`access_token`).'],
    outcome: 'broken',
    sentence: 'The login breaks at step 4: the API refuses the token, which expired 40 seconds before it was used.',
    steps: [
      step('page', 'ok', 'GET /login', 'The login page came.', 'b1'),
      step('request', 'ok', 'POST /token 200', 'The answer holds a token.', 'b2'),
      step('sent', 'ok', 'token sent', 'GET /me carried it in Authorization.', 'b3'),
      step('accepted', 'broken', '401', 'The API turned it away.', 'b3'),
      step('reload', 'open', 'reload', 'Not seen yet.'),
    ],
    parties: [APP, API],
    arrows: [
      arrow('b1', APP, 'GET /login', 200),
      arrow('b2', API, 'POST /token', 200),
      arrow('b3', API, 'GET /me', 401, '', '', true),
    ],
    checks: [],
  },
  diagnoses: [
    {
      id: 'TokenNotValid',
      rank: 'blocks-now',
      confidence: 'seen',
      title: 'The token had expired when it was sent',
      seen: 'Its `exp` is 40 seconds before the request, by the clock of this computer.',
      matters: 'The API must refuse it.',
      actions: [{ action: 'renew-token' }, { action: 'sync-clock', host: 'api.shop.test', seconds: -62 }],
      check: 'Log in again: `GET /me` is answered with 200.',
      exchanges: ['b3', 'b2'],
    },
  ],
  cookie: null,
}

const evil = '<img src=x onerror=alert(1)>`**[x](javascript:1)'
const hostileName = `${evil}\u202egnp.${'n'.repeat(200)}`
const hostile = (entries: readonly LogEntry[]): StoryScene => {
  const party: StoryParty = { id: `https://${'long-label-of-a-host.'.repeat(8)}test`, kind: 'app' }
  const told = broken([
    { ...proxyHidesHttps, title: `${evil} is refused`, seen: `\`${evil}\`\u2066 was sent by \`${'x'.repeat(300)}\`` },
  ])
  if (told.story === null) throw new Error('a story without a story')
  return {
    entries,
    told: {
      ...told,
      cookie: hostileName,
      story: {
        ...told.story,
        sentence: `The login breaks at step 4: \`${evil}\` was dropped. ${'Wordwithoutanend'.repeat(10)}`,
        steps: told.story.steps.map((one) =>
          one.id === 'stored' ? { ...one, title: hostileName, detail: hostileName } : one,
        ),
        parties: [party, API],
        arrows: [
          arrow('r1', party, `GET /${evil}${'/deep'.repeat(40)}`, 200),
          {
            ...arrow('r3', API, 'POST /auth/login', 200, '', '', true),
            sent: [
              { name: hostileName, fate: 'withheld' },
              { name: '', fate: 'sent' },
            ],
            set: Array.from({ length: 30 }, (_, i) => ({
              name: `${'c'.repeat(30)}${i}`,
              fate: i === 20 ? 'refused' : 'stored',
            })),
          },
        ],
      },
    },
  }
}

const long = (entries: readonly LogEntry[]): StoryScene => {
  if (oauth.story === null) throw new Error('a story without a story')
  const { arrows } = oauth.story
  return {
    entries: [...oauthEntries, ...entries],
    told: { ...oauth, story: { ...oauth.story, arrows: [...arrows, ...arrows].slice(0, 14), arrowsLeftOut: 12 } },
  }
}

const open: Told = {
  ...broken([]),
  story: {
    login: 'r3',
    picked: 'by-hand',
    why: ['You picked it.'],
    outcome: 'open',
    sentence: 'So far, so good: `sid` was set and stored. What comes next was not seen yet.',
    steps: [
      step('page', 'ok', 'GET /login', '', 'r1'),
      step('request', 'ok', 'POST /auth/login 200', '', 'r3'),
      step('stored', 'ok', '`sid` stored', '', 'r3'),
      step('sent', 'open', 'sent with the next request', ''),
      step('accepted', 'open', 'accepted', ''),
    ],
    parties: [APP, API],
    arrows: [arrow('r1', APP, 'GET /login', 200), arrow('r3', API, 'POST /auth/login', 0)],
    checks: [{ id: 'stored', mark: 'ok', title: 'Stored.', detail: 'It appeared in the store.' }],
  },
}

/** By the name of their scene; `login`: the entries of the preview's broken login. */
export const STORIES: Readonly<Record<string, (login: readonly LogEntry[]) => StoryScene>> = {
  'story-broken': (entries) => ({ entries, told: broken([proxyHidesHttps, corsNext, sessionOnly]) }),
  'story-verdict': (entries) => ({ entries, told: broken([sessionOnly]) }),
  'story-healthy': () => ({ entries: oauthEntries, told: oauth }),
  'story-odd': () => ({
    entries: oauthEntries,
    told: { ...oauth, diagnoses: [{ ...sessionOnly, exchanges: ['o5'] }] },
  }),
  'story-open': (entries) => ({ entries, told: open }),
  'story-bearer': () => ({ entries: bearerEntries, told: bearer }),
  'story-hostile': hostile,
  'story-long': long,
  'story-none': (entries) => ({ entries, told: { story: null, diagnoses: [], cookie: null } }),
}
