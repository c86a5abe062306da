import { describe, expect, it } from 'vitest'
import type { JudgeOptions, SetCookieVerdict, StoredCookie } from '../contract.ts'
import { cookieOf, crossSite, exchangeOf, now, type RequestRow } from '../rules/testing.ts'
import { judge } from './judge.ts'

const run = (row: RequestRow, ...lines: string[]) => {
  const options: JudgeOptions = {
    browser: 'chromium',
    jar: row.jar ?? [],
    ...(row.thirdPartyCookies && { thirdPartyCookies: row.thirdPartyCookies }),
  }
  const exchange = exchangeOf(row)
  exchange.responseHeaders.push(...lines.map((value) => ({ name: 'Set-Cookie', value })))
  return judge(exchange, options)
}
const line = (row: RequestRow, text: string): SetCookieVerdict => {
  const [verdict] = run(row, text).setCookies
  if (verdict === undefined) throw new Error('no verdict')
  return verdict
}
const idsOf = (row: RequestRow, text: string): string[] => line(row, text).reasons.map(({ id }) => id)

const http = { url: 'http://shop.test/' }
const blocked = { ...crossSite, thirdPartyCookies: 'blocked' } as const
const secureTwin = cookieOf({ secure: true })

describe('reasons, the decisive layer first, then what the later ones would say', () => {
  it.each<[string, RequestRow, string, string[]]>([
    ['nothing', {}, 'sid=1', []],
    ['content, then a prefix cannot be', {}, '; SameSite=None', ['NoCookieContent', 'SameSiteNoneInsecure']],
    [
      'size before characters',
      {},
      `sid=\u0001${'x'.repeat(4096)}`,
      ['NameValuePairExceedsMaxSize', 'DisallowedCharacter'],
    ],
    ['characters before the domain', {}, 'sid=\u0001; Domain=other.test', ['DisallowedCharacter', 'InvalidDomain']],
    ['domain and prefix', {}, '__Host-sid=1; Domain=other.test', ['InvalidDomain', 'InvalidPrefix']],
    ['the silent ones', {}, '=a=b; Partitioned', ['InvalidPartitioned', 'AmbiguousSerialization']],
    ['a prefix in a silent one', {}, '=__Secure-x=1', ['InvalidPrefix', 'AmbiguousSerialization']],
    // What third-party blocking hides is listed behind it.
    ['hidden defects', blocked, 'sid=1; SameSite=None', ['UserPreferences', 'SameSiteNoneInsecure']],
    ['hidden SameSite', blocked, 'sid=1; SameSite=Lax', ['UserPreferences', 'SchemefulSameSiteLax']],
    [
      'before the setting',
      blocked,
      'sid=1; Domain=com',
      ['InvalidDomain', 'UserPreferences', 'SchemefulSameSiteUnspecifiedTreatedAsLax'],
    ],
    [
      'Partitioned escapes the setting, not the rest',
      blocked,
      'sid=1; Partitioned; Secure',
      ['SchemefulSameSiteUnspecifiedTreatedAsLax'],
    ],
    ['several at once', { ...http, jar: [secureTwin] }, 'sid=1; Secure', ['SecureOnly', 'OverwriteSecure']],
    [
      'several at once, cross-site',
      {
        ...crossSite,
        url: 'http://shop.test/',
        initiator: 'http://other.test',
        frames: ['http://other.test/'],
        jar: [secureTwin],
      },
      'sid=1; Secure; SameSite=Strict',
      ['SecureOnly', 'SchemefulSameSiteStrict', 'OverwriteSecure'],
    ],
    ['None on http', http, 'sid=1; SameSite=None', ['SameSiteNoneInsecure']],
    // The request itself comes before all.
    [
      'credentials',
      { ...blocked, credentials: 'omit' },
      'sid=1; SameSite=None',
      ['CredentialsOmitted', 'UserPreferences', 'SameSiteNoneInsecure'],
    ],
    [
      'preflight',
      { ...crossSite, method: 'OPTIONS', requestHeaders: { 'Access-Control-Request-Method': 'GET' } },
      'sid=1; Secure; SameSite=None',
      ['CorsPreflight'],
    ],
  ])('%s', (_what, row, text, ids) => expect(idsOf(row, text)).toEqual(ids))
})

describe('the outcome of a line', () => {
  it.each<[string, RequestRow, string, SetCookieVerdict['outcome']]>([
    ['stored', {}, 'sid=1', 'stored'],
    ['removed, there or not', {}, 'sid=; Max-Age=0', 'removed'],
    ['removed by date', {}, 'sid=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT', 'removed'],
    ['not removed: Max-Age decides', {}, 'sid=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=60', 'stored'],
    ['a deletion that is blocked', {}, '__Host-sid=; Max-Age=0', 'blocked'],
    ['open', { ...crossSite, thirdPartyCookies: 'unknown' }, 'sid=1; Secure; SameSite=None', 'unknown'],
    // What blocks in any case leaves nothing open.
    ['blocked whatever is open', { ...crossSite, thirdPartyCookies: 'unknown' }, 'sid=1', 'blocked'],
  ])('%s', (_what, row, text, outcome) => {
    const verdict = line(row, text)
    expect(verdict.outcome).toBe(outcome)
    expect(verdict.reasons.length > 0).toBe(outcome === 'blocked' || outcome === 'unknown')
  })

  it('open says what is missing, and of which reason it would be', () => {
    const [reason] = line({ ...crossSite, thirdPartyCookies: 'unknown' }, 'sid=1; Secure; SameSite=None').reasons
    expect(reason?.id).toBe('UserPreferences')
    expect(reason?.title).toMatch(/^Not certain: /)
    expect(reason?.title.length).toBeLessThan(120)
    expect(reason?.explanation).toMatch(/was not seen.* If that is the reason: /)
    expect(reason?.fix?.setCookie).toBeUndefined()
  })
})

describe('the cookie of a line', () => {
  it('is what the browser makes of it', () => {
    const text = 'sid=1; Domain=.SHOP.test; Path=/x; Max-Age=99999999; Secure; HttpOnly; SameSite=Lax; Partitioned'
    expect(line({ url: 'https://www.shop.test/' }, text).cookie).toEqual({
      name: 'sid',
      value: '1',
      domain: '.shop.test',
      hostOnly: false,
      path: '/x',
      secure: true,
      httpOnly: true,
      sameSite: 'lax',
      session: false,
      expirationDate: now / 1000 + 34_560_000,
      partitionKey: { topLevelSite: 'https://shop.test', hasCrossSiteAncestor: false },
      creation: now,
    })
    expect(line({}, 'sid').cookie).toMatchObject({ name: '', value: 'sid', domain: 'shop.test', path: '/account' })
  })

  it('is none where the line itself is at fault, and there where only the store refuses it', () => {
    for (const text of [
      '',
      'a=\u0001',
      `a=${'x'.repeat(4096)}`,
      'a=1; Domain=x',
      '__Host-a=1',
      '=a=b',
      'a=1; Partitioned',
    ])
      expect(line({}, text).cookie).toBeNull()
    for (const text of ['a=1; SameSite=None', 'a=1']) expect(line(blocked, text).cookie?.name).toBe('a')
    for (const text of ['a=1; Domain=x', '; SameSite=None']) expect(line(blocked, text).cookie).toBeNull()
  })
})

describe('fixes', () => {
  it('give every reason that a line can mend the same line, with all mended', () => {
    const { reasons } = line({}, '__Host-sid=1; Domain=shop.test; SameSite=None; Path=/x')
    expect(reasons.map(({ id, fix }) => [id, fix?.setCookie])).toEqual([
      ['InvalidPrefix', '__Host-sid=1; SameSite=None; Path=/; Secure'],
      ['SameSiteNoneInsecure', '__Host-sid=1; SameSite=None; Path=/; Secure'],
    ])
  })

  it('give none to a reason that no line can mend', () => {
    const { reasons } = line({ ...crossSite, credentials: 'omit' }, 'sid=1; SameSite=None')
    expect(reasons.map(({ id, fix }) => [id, fix?.setCookie !== undefined])).toEqual([
      ['CredentialsOmitted', false],
      ['SameSiteNoneInsecure', true],
    ])
    const preflight = { method: 'OPTIONS', requestHeaders: { 'Access-Control-Request-Method': 'GET' } }
    expect(line({ ...crossSite, ...preflight }, 'sid=1; SameSite=None').reasons[0]?.fix).toBeUndefined()
  })

  it('say that https is needed where the corrected line needs it', () => {
    const { reasons } = line({ ...crossSite, url: 'http://api.other.test/' }, 'sid=1; SameSite=Lax')
    expect(reasons[0]?.fix?.setCookie).toBe('sid=1; SameSite=None; Secure')
    expect(reasons[0]?.fix?.notes.join()).toContain('over https')
  })

  it('do not turn a deletion into anything else', () => {
    expect(line({}, '__Secure-sid=; Max-Age=0').reasons[0]?.fix?.setCookie).toBe('__Secure-sid=; Max-Age=0; Secure')
  })
})

it('warns of accepted lines only, each warning with its own corrected line', () => {
  const text = 'sid=1; Path=account; Max-Age=1e9; SameSite=foo; Secure=false'
  const verdict = line({}, text)
  expect(verdict.outcome).toBe('stored')
  expect(verdict.warnings.map(({ id, fix }) => [id, fix?.setCookie])).toEqual([
    ['PathIgnored', 'sid=1; Path=/; Max-Age=1e9; SameSite=foo; Secure=false'],
    ['ExpiryIgnored', undefined],
    ['SameSiteNotRecognised', 'sid=1; Path=account; Max-Age=1e9; SameSite=Lax; Secure=false'],
    ['FlagWithValue', undefined],
  ])
  expect(line(crossSite, text).warnings).toEqual([])
})

it('offers no corrected line where cookies are folded into one: it would lose all but the first', () => {
  const warned = line({}, 'sid=abc; Path=/; SameSite=Lax, b=2; Path=/')
  expect(warned.warnings.map(({ id, fix }) => [id, fix?.setCookie])).toEqual([
    ['FoldedLines', undefined],
    ['SameSiteNotRecognised', undefined],
  ])
  expect(warned.warnings.every(({ fix }) => fix?.notes.length === 1)).toBe(true)
  const blocked = line({}, 'sid=abc; Path=/, b=2; Path=/; Domain=other.test')
  expect(blocked.reasons.map(({ id, fix }) => [id, fix?.setCookie])).toEqual([['InvalidDomain', undefined]])
  // A comma alone folds nothing.
  expect(line({}, 'sid=a,b; SameSite=Laxx').warnings[0]?.fix?.setCookie).toBe('sid=a,b; SameSite=Lax')
})

describe('Set-Cookie lines', () => {
  it('are the headers of that name in any case, in order', () => {
    const exchange = exchangeOf({ responseHeaders: { 'set-cookie': 'a=1', 'Set-Cookie2': 'b=1', 'SET-COOKIE': 'c=1' } })
    const { setCookies } = judge(exchange, { browser: 'chromium', jar: [] })
    expect(setCookies.map((verdict) => verdict.line)).toEqual(['a=1', 'c=1'])
  })

  it('are judged against the jar before the response, not against each other', () => {
    expect(run(http, 'sid=1; Secure', 'sid=2').setCookies.map(({ outcome }) => outcome)).toEqual(['blocked', 'stored'])
    expect(run({}, 'sid=1; Secure', 'sid=2').setCookies.map(({ outcome }) => outcome)).toEqual(['stored', 'stored'])
  })
})

describe('cookies of the jar', () => {
  const sent = (row: RequestRow): [string, string, string[]][] =>
    run(row).cookies.map(({ cookie, outcome, reasons }) => [cookie.name, outcome, reasons.map(({ id }) => id)])
  const of = (name: string, over: Partial<StoredCookie> = {}) => cookieOf({ name, ...over })

  it('are those of the same registrable domain', () => {
    const jar = [
      of('host'),
      of('parent', { domain: '.shop.test', hostOnly: false }),
      of('sibling', { domain: 'www.shop.test' }),
      of('other', { domain: 'other.test' }),
      of('lookalike', { domain: 'myshop.test' }),
    ]
    expect(sent({ jar }).map(([name]) => name)).toEqual(['host', 'parent', 'sibling'])
    expect(sent({ jar, url: 'https://api.shop.test/' }).map(([name]) => name)).toEqual(['host', 'parent', 'sibling'])
    expect(sent({ jar, url: 'https://b.github.io/' })).toEqual([])
    expect(sent({ jar: [of('a', { domain: 'localhost' })], url: 'http://127.0.0.1/' })).toEqual([])
  })

  it('stand in the order of the Cookie header, and the jar is left as it was', () => {
    const jar = [of('new', { creation: 9 }), of('old', { creation: 1 }), of('deep', { path: '/account', creation: 9 })]
    expect(sent({ jar }).map(([name]) => name)).toEqual(['deep', 'old', 'new'])
    expect(jar.map(({ name }) => name)).toEqual(['new', 'old', 'deep'])
  })

  it('are each sent, blocked by all reasons that hold, or open', () => {
    const jar = [
      of('fine'),
      of('many', { domain: 'www.shop.test', path: '/x', secure: true, expirationDate: 1 }),
      of('strict', { sameSite: 'strict' }),
    ]
    const row = { jar, url: 'http://shop.test/account', initiator: 'https://idp.test', method: 'POST' }
    expect(sent(row)).toEqual([
      [
        'many',
        'blocked',
        ['DomainMismatch', 'Expired', 'NotOnPath', 'SecureOnly', 'SchemefulSameSiteUnspecifiedTreatedAsLax'],
      ].toSpliced(2, 1, ['DomainMismatch', 'Expired', 'NotOnPath', 'SecureOnly']),
      ['fine', 'unknown', ['SchemefulSameSiteUnspecifiedTreatedAsLax']],
      ['strict', 'blocked', ['SchemefulSameSiteStrict']],
    ])
  })

  it('get a line that would set them so that they are sent', () => {
    const jar = [of('sid', { path: '/api', sameSite: 'strict', httpOnly: true, expirationDate: now / 1000 + 60 })]
    const [verdict] = run({ jar, initiator: 'https://idp.test' }).cookies
    for (const reason of verdict?.reasons ?? []) {
      expect(reason.fix?.setCookie).toBe(
        'sid=hush-hush; Path=/; Expires=Sat, 21 Nov 2026 00:01:00 GMT; HttpOnly; SameSite=Lax',
      )
    }
    expect(verdict?.reasons).toHaveLength(2)
  })
})

describe('credentials that were left out', () => {
  const jar = [cookieOf({ domain: 'api.shop.test' })]
  const fetched = {
    ...crossSite,
    url: 'https://api.shop.test/me',
    credentials: 'unknown',
    jar,
    requestHeaders: { 'Sec-Fetch-Mode': 'cors', Origin: 'https://www.shop.test' },
  } as const
  const outcomes = (row: RequestRow) => {
    const { cookies, setCookies } = run(row, 'new=1')
    return [...cookies, ...setCookies].map(({ outcome, reasons }) => [outcome, reasons.map(({ id }) => id).join()])
  }
  const omitted = ['blocked', 'CredentialsOmitted']
  const noCors = { 'Sec-Fetch-Mode': 'no-cors', 'Sec-Fetch-Dest': 'image' }

  it('are inferred from cookies that nothing withholds, and that were not sent', () => {
    expect(outcomes(fetched)).toEqual([omitted, omitted])
    expect(outcomes({ ...fetched, initiator: 'https://api.shop.test' })).toEqual([omitted, omitted])
    expect(outcomes({ ...fetched, resourceType: 'script' })).toEqual([omitted, omitted])
  })

  it.each<[string, RequestRow]>([
    ['a Cookie header', { requestHeaders: { 'Sec-Fetch-Mode': 'cors', Cookie: 'other=1' } }],
    ['a storage access header', { requestHeaders: { 'Sec-Fetch-Mode': 'cors', 'Sec-Fetch-Storage-Access': 'active' } }],
    ['what the exchange states', { credentials: 'include' }],
    ['a navigation', { resourceType: 'main_frame', frames: [], requestHeaders: { 'Sec-Fetch-Mode': 'navigate' } }],
    [
      'an image of its own origin',
      { initiator: 'https://api.shop.test', resourceType: 'image', requestHeaders: noCors },
    ],
  ])('are not, against %s', (_what, row) => {
    expect(outcomes({ ...fetched, ...row })).toEqual([
      ['sent', ''],
      ['stored', ''],
    ])
  })

  it('may be missing where the page or the frame decides on them', () => {
    const image = { ...fetched, resourceType: 'image', requestHeaders: noCors } as const
    const open = ['unknown', 'CredentialsOmitted']
    expect(outcomes(image)).toEqual([open, open])
    const frame = ['unknown', 'AnonymousContext']
    const own = {
      ...image,
      initiator: 'https://api.shop.test',
      frames: ['https://api.shop.test/', 'https://api.shop.test/'],
    }
    expect(outcomes(own)).toEqual([frame, frame])
    const document = { ...own, resourceType: 'sub_frame', requestHeaders: { 'Sec-Fetch-Mode': 'navigate' } }
    expect(outcomes(document)).toEqual([frame, frame])
    const told = ['blocked', 'AnonymousContext']
    expect(outcomes({ ...document, credentials: 'omit' })).toEqual([told, told])
  })

  it.each<[string, RequestRow]>([
    ['no header was seen', { requestHeaders: {} }],
    ['no cookie could have been sent', { jar: [cookieOf({ domain: 'api.shop.test', path: '/x' })] }],
    ['the jar is empty', { jar: [] }],
  ])('stay open where %s', (_what, row) =>
    expect(outcomes({ ...fetched, ...row }).at(-1)).toEqual(['unknown', 'CredentialsOmitted']),
  )
})

it('is pure', () => {
  const exchange = exchangeOf({ ...crossSite, responseHeaders: { 'Set-Cookie': 'a=1; SameSite=None' } })
  const options: JudgeOptions = { browser: 'chromium', jar: [cookieOf({ domain: 'api.other.test' })] }
  const before = structuredClone({ exchange, options })
  expect(judge(exchange, options)).toEqual(judge(structuredClone(exchange), structuredClone(options)))
  expect({ exchange, options }).toEqual(before)
})
