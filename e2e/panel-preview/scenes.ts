import type { Gap, StoreWrite } from '../../src/contract.ts'
import { type LogBounds, logBounds } from '../../src/panel/log-entries.ts'
import type { LogEntry } from '../../src/panel/session.ts'
import type { Told } from '../../src/panel/told.ts'
import { cookie, entry, line, reason, SECRET, START, seen, sent, withheld, write } from './entries.ts'
import { STORIES } from './stories.ts'

const page = { resourceType: 'main_frame', initiator: null, frames: [] }

const none = `sid=${SECRET}; Path=/; HttpOnly; SameSite=None`
const noneReason = reason(
  'SameSiteNoneInsecure',
  '`SameSite=None` needs `Secure` | This line asks for a cookie that is also sent from other sites, and Chromium and Firefox accept that only from lines marked Secure. The response came over https, so adding Secure costs nothing.',
  {
    in: [none, 'SameSite=None'],
    fix: {
      setCookie: `${none}; Secure`,
      notes: ['Also consider `SameSite=Lax`: `app.shop.test` and `api.shop.test` are one site.'],
    },
  },
)
const held = reason(
  'NotOnPath',
  '`csrf` is for `/auth` and what is below it, not for this path | The line that set it at `/auth/login` had no Path, so that browsers took the directory of that URL: `/auth`.',
  { spec: 'RFC 6265bis 5.8.3', fix: { notes: ['Set it with `Path=/`.'] } },
)
const csrf = line('csrf=8f2d11; Secure; SameSite=Lax', { cookie: { path: '/auth' } })
const elsewhere = (domain: string) =>
  reason(
    'DomainMismatch',
    `It belongs to \`${domain}\` only | The line that set it had no Domain, so that it goes to exactly the host that set it.`,
    { spec: 'RFC 6265bis 5.8' },
  )
const theme = sent('theme', { domain: '.shop.test', hostOnly: false, value: 'dark' })
const lost = withheld('csrf', [held], { path: '/auth', value: '8f2d11' })

/** One login that breaks, as in the picture of the intent. */
const login: LogEntry[] = [
  entry('r1', 'GET https://app.shop.test/login', 200, { sets: [], cookies: [theme], exchange: page }),
  entry('r2', 'OPTIONS https://api.shop.test/auth/login', 204),
  entry('r3', 'POST https://api.shop.test/auth/login', 200, {
    exchange: {
      responseHeaders: [
        { name: 'X-Powered-By', value: 'Express' },
        { name: 'Server', value: 'nginx' },
      ],
    },
    sets: [line(none, { reasons: [noneReason] }), csrf],
    cookies: [
      theme,
      withheld('cart', [elsewhere('app.shop.test')], { domain: 'app.shop.test' }),
      withheld('_seen', [elsewhere('www.shop.test')], { domain: 'www.shop.test' }),
    ],
    observed: [
      seen('set', 0, 'confirmed', 'never appeared in the store'),
      seen('set', 1, 'confirmed', 'appeared in the store'),
      seen('send', 0, 'confirmed', 'in the Cookie header'),
    ],
  }),
  entry('r4', 'GET https://api.shop.test/me', 401, {
    cookies: [theme, lost],
    observed: [seen('send', 1, 'confirmed', 'not in the Cookie header')],
  }),
  entry('r5', 'GET https://app.shop.test/account?next=%2Forders%2F2026%2F11%2Foverview&lang=en', 302, {
    exchange: page,
  }),
  entry('r6', 'GET https://app.shop.test/login', 200, {
    cookies: [theme],
    exchange: { ...page, redirectChain: ['https://app.shop.test/account'] },
  }),
  entry('r7', 'GET https://api.shop.test/cart', 401, { cookies: [theme, lost] }),
  entry('r8', 'POST https://stats.other.test/collect', 204, {
    sets: [line('visit=1; Path=/; Secure; SameSite=None', { cookie: { domain: 'stats.other.test' } })],
    observed: [seen('set', 0, 'confirmed', 'appeared in the store')],
  }),
]

const several = `__Host-sid=${SECRET}${SECRET}; Domain=shop.example; Path=/api; SameSite=None; Priority=High`
const control = `token=abc\x01def\x7f${SECRET}; Path=/; Secure`
const partitioned = `widget=${SECRET}; Path=/; SameSite=None; Partitioned; Secure; Expires=Wed, 21 Oct 2037 07:28:00 GMT; Domain=.shop.test; Max-Age=99999999`

/** What else can happen to a cookie. */
const cases: LogEntry[] = [
  entry('c1', 'POST https://api.shop.test/v2/sessions?return_to=https%3A%2F%2Fapp.shop.test%2Faccount', 200, {
    sets: [
      line(several, {
        cookie: null,
        reasons: [
          reason(
            'InvalidPrefix',
            'A `__Host-` name must not have a Domain, needs `Path=/` and `Secure` | The name `__Host-sid` promises a cookie of this host alone. This line has `Domain=shop.example`, `Path=/api` and no Secure.',
            {
              in: [several, 'Path=/api'],
              spec: 'draft-ietf-httpbis-layered-cookies 3.2',
              fix: {
                setCookie: `__Host-sid=${SECRET}${SECRET}; Path=/; SameSite=None; Priority=High; Secure`,
                notes: ['Leave Domain out: the cookie then belongs to exactly the host that sets it.'],
              },
            },
          ),
          reason(
            'InvalidDomain',
            '`Domain=shop.example` does not cover `api.shop.test` | A host may set cookies for itself and the domains above it.',
            {
              in: [several, 'Domain=shop.example'],
              fix: {
                setCookie: `__Host-sid=${SECRET}${SECRET}; Path=/api; SameSite=None; Priority=High`,
                notes: ['Or `Domain=shop.test`, which covers all its sub-domains.'],
              },
            },
          ),
          reason(
            'SameSiteNoneInsecure',
            '`SameSite=None` needs `Secure` | Browsers accept None only from lines marked Secure.',
            {
              in: [several, 'SameSite=None'],
            },
          ),
        ],
      }),
    ],
    observed: [seen('set', 0, 'confirmed', 'never appeared in the store')],
  }),
  entry('c2', 'GET https://api.shop.test/profile', 200, {
    sets: [
      line(`prefs=${SECRET}; Path=/`, {}),
      line(`flag=on; Path=/; SameSite=None; Secure`, {
        reasons: [
          reason('UserPreferences', 'This browser blocks third-party cookies | A setting, not a mistake in the line.'),
        ],
      }),
      line(`ghost=${SECRET}; Path=/; Secure`),
      line(`fog=${SECRET}; Path=/; Secure`, {
        outcome: 'unknown',
        reasons: [
          reason(
            'UserPreferences',
            'It may be a third-party cookie here | Whether this browser blocks those is not known yet.',
          ),
        ],
      }),
    ],
    cookies: [sent('seen_before'), sent('left_out')],
    observed: [
      seen('set', 0, 'confirmed', 'appeared in the store'),
      seen('set', 1, 'contradicted', 'it appeared in the store 4 ms after the response'),
      seen('set', 2, 'unexplained', 'it did not appear in the store'),
      seen('send', 0, 'confirmed', 'in the Cookie header'),
      seen('send', 1, 'unexplained', 'not in the Cookie header'),
    ],
  }),
  entry('c3', 'PUT https://api.shop.test/settings', 200, {
    sets: [
      line(partitioned, {
        cookie: {
          domain: '.shop.test',
          hostOnly: false,
          session: false,
          expirationDate: 1829290000,
          partitionKey: { topLevelSite: 'https://shop.test' },
        },
        warnings: [
          reason('WarnAttributeRepeated', '`Max-Age` wins over `Expires` | Both are given; browsers read Max-Age.', {
            in: [partitioned, 'Expires=Wed, 21 Oct 2037 07:28:00 GMT'],
          }),
          reason('WarnExpiryCapped', 'Kept for 400 days at most | 99,999,999 seconds are more than browsers allow.', {
            in: [partitioned, 'Max-Age=99999999'],
            fix: { setCookie: partitioned.replace('99999999', '34560000'), notes: [] },
          }),
        ],
      }),
    ],
    observed: [seen('set', 0, 'predicted', '')],
  }),
  entry('c4', 'GET https://api.shop.test/down', 0, { state: 'failed', error: 'net::ERR_CONNECTION_REFUSED' }),
  entry('c5', 'GET https://api.shop.test/stream', 0, { state: 'pending' }),
  entry('c6', 'POST https://api.shop.test/cors', 200, {
    state: 'failed',
    error: 'net::ERR_FAILED',
    sets: [csrf],
    observed: [seen('set', 0, 'confirmed', 'appeared in the store')],
  }),
  entry('c7', 'DELETE https://api.shop.test/session', 204, {
    sets: [
      line('sid=; Path=/; Max-Age=0', { outcome: 'removed' }),
      line('', {
        cookie: null,
        reasons: [reason('NoCookieContent', 'The line is empty | There is neither a name nor a value.')],
      }),
    ],
  }),
  entry(
    'c8',
    `GET https://cdn.shop.test/assets/${'very-long-segment/'.repeat(40)}app.js?cache=${'0123456789'.repeat(30)}`,
    304,
    {
      fromCache: true,
      exchange: { resourceType: 'script' },
    },
  ),
  entry('c9', 'GET https://app.shop.test/images/logo.svg', 200, { exchange: { resourceType: 'image' } }),
]

/** Nothing here may be taken at its word. */
const hostileName = '<img src=x onerror=alert(1)>\u202Etset\u202C`|**x**'
const hostileLine = `${hostileName}=<script>alert(document.domain)</script>${'A'.repeat(3000)}; Path=/<b>; Secure`
const hostile: LogEntry[] = [
  entry('h1', 'GET https://evil.test/<b>bold</b>?q=<script>alert(1)</script>&x=%E2%80%AE', 200, {
    sets: [
      line(hostileLine, {
        reasons: [
          reason(
            'InvalidDomain',
            `\`${hostileName.replaceAll('`', "'")}\` is refused | <b>Not bold</b> \u2066isolated\u2069 \x00\x1b[31m.`,
            { in: [hostileLine, 'Path=/<b>'] },
          ),
        ],
      }),
      line(control, {
        reasons: [
          reason('DisallowedCharacter', 'Control characters are not allowed | Byte 0x01 at position 9.', {
            in: [control, '\x01'],
            fix: {
              setCookie: control.replace('\x01', '%01').replace('\x7f', '%7F'),
              notes: ['Percent-encode (or Base64-encode) the value before it goes into the header.'],
            },
          }),
        ],
      }),
      line(`${'n'.repeat(300)}=1; Path=/`, {}),
      line('nameless', { cookie: { name: '', value: 'nameless' } }),
      line('caf\xc3\xa9=\xe2\x82\xac5; Path=/', {}),
      line('bytes=\xff\xfe; Path=/', {}),
    ],
    cookies: [sent(hostileName, { value: hostileName }), sent('n'.repeat(300)), sent('empty', { value: '' })],
    observed: [seen('set', 0, 'confirmed', 'never appeared in the store')],
  }),
]

const lines200 = entry('t1', 'GET https://api.shop.test/many', 200, {
  sets: Array.from({ length: 200 }, (_, i) => {
    const text = `c${i}=${SECRET}; Path=/; SameSite=None`
    return i % 25 === 7
      ? line(text, {
          reasons: [
            {
              ...noneReason,
              fix: { setCookie: `${text}; Secure`, notes: [] },
              part: { start: text.length - 13, end: text.length },
            },
          ],
        })
      : line(`${text}; Secure`)
  }),
  cookies: Array.from({ length: 180 }, (_, i) =>
    i % 3 === 0 ? withheld(`j${i}`, [elsewhere('www.shop.test')]) : sent(`j${i}`),
  ),
})

/** A long session: a broken login every so often, mostly quiet requests. */
function many(n: number): LogEntry[] {
  return Array.from({ length: n }, (_, i) => {
    const original = i % 50 === 17 ? login[2] : i % 50 === 18 ? login[3] : undefined
    if (original) return { ...original, id: `m${i}` }
    return entry(`m${i}`, `GET https://app.shop.test/assets/chunk-${i}.js`, i % 97 === 0 ? 404 : 200, {
      exchange: { resourceType: i % 3 ? 'script' : 'xmlhttprequest' },
      cookies:
        i % 3
          ? []
          : [
              sent('theme', { value: 'dark' }),
              { cookie: cookie('lang', { domain: 'app.shop.test' }), outcome: 'sent', reasons: [] },
            ],
    })
  })
}

/** What the session of a preview begins with. */
export interface Scene {
  readonly entries: readonly LogEntry[]
  readonly writes?: readonly StoreWrite[]
  readonly gaps?: readonly Pick<Gap, 'kind' | 'from' | 'to'>[]
  readonly bounds?: LogBounds
  /** What is told of it; nothing if left out. */
  readonly told?: Told
}

/** A login with what happened beside its requests. */
const events: Scene = {
  entries: login,
  writes: [
    write('w1', 300, 'consent', { domain: '.shop.test', hostOnly: false, httpOnly: false, value: 'all' }),
    ...Array.from({ length: 34 }, (_, i) =>
      write(`beat${i}`, 900 + i, 'heartbeat', { httpOnly: false, domain: 'app.shop.test', value: String(i) }),
    ),
    write('w2', 720, 'csrf', { path: '/auth', value: '8f2d11' }, 'explicit'),
    write('w3', 1000, 'cart', { domain: 'app.shop.test' }, 'evicted'),
    write('w4', 1250, 'promo', { domain: '.shop.test', hostOnly: false }, 'expired'),
    write('w5', 1260, hostileName, { domain: 'app.shop.test', value: hostileName }),
    write('w6', 1261, '', { domain: 'app.shop.test' }),
  ],
  gaps: [
    { kind: 'not-recording', from: START - 78_000, to: START - 2_000 },
    { kind: 'no-host-access', from: START + 640, to: START + 680 },
    { kind: 'tab-crashed', from: START + 1100, to: START + 1200 },
    { kind: 'connection-lost', from: START + 60_000, to: null },
  ],
}

export const SCENES: Readonly<Record<string, () => Scene>> = {
  login: () => ({ entries: login }),
  healthy: () => ({ entries: login.filter(({ id }) => !['r3', 'r4', 'r7'].includes(id)) }),
  cases: () => ({ entries: cases }),
  hostile: () => ({ entries: hostile }),
  lines200: () => ({ entries: [...login, lines200] }),
  many: () => ({ entries: many(10_000) }),
  full: () => ({ entries: many(12_500), bounds: { ...logBounds, exchanges: 10_000 } }),
  events: () => events,
  gaps: () => ({ entries: [], gaps: [{ kind: 'not-recording', from: START, to: null }] }),
  empty: () => ({ entries: [] }),
  ...Object.fromEntries(Object.entries(STORIES).map(([name, scene]) => [name, () => scene(login)])),
}
