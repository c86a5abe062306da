import { describe, expect, it } from 'vitest'
import type { AttributeAction } from '../action.ts'
import { cookieAtHand } from '../cookie-at-hand.ts'
import type { AttributeChange, StackId } from '../stack.ts'
import { stackOf, stacks } from './index.ts'

describe('attributes', () => {
  const none: AttributeAction[] = [
    { action: 'set-attribute', attribute: 'SameSite', value: 'None' },
    { action: 'set-attribute', attribute: 'Secure' },
  ]
  const domain: AttributeAction[] = [{ action: 'set-attribute', attribute: 'Domain', value: 'shop.test' }]
  const hostOnly: AttributeAction[] = [{ action: 'remove-attribute', attribute: 'Domain' }]
  const partitioned: AttributeAction[] = [{ action: 'set-attribute', attribute: 'Partitioned' }]

  it.each<[StackId, AttributeChange, string]>([
    ['express', { cookie: 'connect.sid', changes: none }, "    cookie: { secure: true, sameSite: 'none' },"],
    ['express', { cookie: 'sid', changes: domain }, "    name: 'sid',"],
    ['express', { cookie: 'theme', changes: none }, "res.cookie('theme', value, { secure: true, sameSite: 'none' })"],
    ['express', { cookie: 'theme', changes: hostOnly }, "res.cookie('theme', value, { domain: undefined })"],
    ['nextjs', { cookie: 'sid', changes: none }, "cookieStore.set('sid', value, { secure: true, sameSite: 'none' })"],
    [
      'authjs',
      { cookie: '__Secure-authjs.session-token.0', changes: none },
      "  cookies: { sessionToken: { options: { secure: true, sameSite: 'none' } } },",
    ],
    [
      'authjs',
      { cookie: 'authjs.state', changes: none },
      "  cookies: { state: { options: { secure: true, sameSite: 'none' } } },",
    ],
    ['hono', { cookie: 'sid', changes: none }, "setCookie(c, 'sid', value, { secure: true, sameSite: 'None' })"],
    ['fastify', { cookie: 'sessionId', changes: none }, "  cookie: { secure: true, sameSite: 'none' },"],
    [
      'nestjs',
      { cookie: 'theme', changes: none },
      "response.cookie('theme', value, { secure: true, sameSite: 'none' })",
    ],
    ['supabase', { cookie: 'sb-a-auth-token', changes: domain }, "    cookieOptions: { domain: 'shop.test' },"],
    ['django', { cookie: 'sessionid', changes: none }, 'SESSION_COOKIE_SAMESITE = "None"'],
    ['django', { cookie: 'csrftoken', changes: none }, 'CSRF_COOKIE_SECURE = True'],
    ['django', { cookie: 'sessionid', changes: hostOnly }, 'SESSION_COOKIE_DOMAIN = None'],
    ['django', { cookie: 'theme', changes: none }, 'response.set_cookie("theme", value, secure=True, samesite="None")'],
    ['flask', { cookie: 'session', changes: none }, '    SESSION_COOKIE_SAMESITE="None",'],
    ['flask', { cookie: 'session', changes: partitioned }, '    SESSION_COOKIE_PARTITIONED=True,'],
    ['fastapi', { cookie: 'session', changes: none }, '    same_site="none",'],
    [
      'rails',
      { cookie: '_shop_session', changes: none },
      'Rails.application.config.session_store :cookie_store, key: "_shop_session", secure: true, same_site: :none',
    ],
    ['rails', { cookie: 'theme', changes: hostOnly }, 'cookies["theme"] = { value: value, domain: nil }'],
    ['laravel', { cookie: 'laravel_session', changes: none }, 'SESSION_SAME_SITE=none'],
    ['laravel', { cookie: 'laravel_session', changes: hostOnly }, 'SESSION_DOMAIN=null'],
    ['symfony', { cookie: 'PHPSESSID', changes: none }, '        cookie_samesite: none'],
    ['php', { cookie: 'PHPSESSID', changes: none }, "    'samesite' => 'None',"],
    // PHP refuses the one without the other.
    ['php', { cookie: 'PHPSESSID', changes: partitioned }, "    'secure' => true,"],
    ['php', { cookie: 'theme', changes: partitioned }, "    'partitioned' => true,"],
    ['spring', { cookie: 'JSESSIONID', changes: none }, '        same-site: none'],
    ['aspnet', { cookie: '.AspNetCore.Cookies', changes: none }, '    options.Cookie.SameSite = SameSiteMode.None;'],
    [
      'aspnet',
      { cookie: '.AspNetCore.Identity.Application', changes: partitioned },
      '    options.Cookie.Extensions.Add("Partitioned");',
    ],
    ...(
      [
        ['.AspNetCore.Session', 'builder.Services.AddSession(options =>'],
        ['.AspNetCore.Antiforgery.x', 'builder.Services.AddAntiforgery(options =>'],
        ['.AspNetCore.Identity.Application', 'builder.Services.ConfigureApplicationCookie(options =>'],
        ['.AspNetCore.Identity.External', 'builder.Services.ConfigureExternalCookie(options =>'],
        [
          '.AspNetCore.Identity.TwoFactorUserId',
          'builder.Services.Configure<CookieAuthenticationOptions>(IdentityConstants.TwoFactorUserIdScheme, options =>',
        ],
        [
          '.AspNetCore.Mvc.CookieTempDataProvider',
          'builder.Services.Configure<CookieTempDataProviderOptions>(options =>',
        ],
        ['.AspNetCore.Correlation.x', '    options.CorrelationCookie.SameSite = SameSiteMode.None;'],
        ['.AspNetCore.OpenIdConnect.Nonce.x', '    options.NonceCookie.SecurePolicy = CookieSecurePolicy.Always;'],
        [
          '.AspNetCore.Culture',
          'context.Response.Cookies.Append(".AspNetCore.Culture", value, new CookieOptions { Secure = true, SameSite = SameSiteMode.None });',
        ],
      ] as const
    ).map(([cookie, line]): [StackId, AttributeChange, string] => ['aspnet', { cookie, changes: none }, line]),
    ['go', { cookie: 'sid', changes: none }, '\tSameSite: http.SameSiteNoneMode,'],
    ['nginx', { cookie: 'sid', changes: none }, 'proxy_cookie_flags sid secure samesite=none;'],
    [
      'apache',
      { cookie: 'connect.sid', changes: none },
      'Header edit Set-Cookie "^(connect\\.sid=.*)$" "$1; Secure; SameSite=None"',
    ],
    [
      'caddy',
      { cookie: 'connect.sid', changes: none },
      '\tSet-Cookie "^(connect[.]sid=.*)$" "$1; Secure; SameSite=None"',
    ],
    ...(
      [
        ['apache', 'Header edit Set-Cookie "^(token=.*)$" "$1; Path=/"'],
        ['caddy', '\tSet-Cookie "^(token=.*)$" "$1; Path=/"'],
      ] as const
    ).map(([id, line]): [StackId, AttributeChange, string] => [
      id,
      { cookie: 'token', changes: [{ action: 'set-attribute', attribute: 'Path', value: '/' }] },
      line,
    ]),
  ])('%s: %o', (id, change, line) => {
    const answer = stackOf(id).answers.attributes(change)
    expect(answer.kind === 'snippet' && answer.lines.split('\n')).toContain(line)
  })

  it.each<[StackId, AttributeChange]>([
    ['django', { cookie: 'sessionid', changes: partitioned }],
    ['symfony', { cookie: 'PHPSESSID', changes: partitioned }],
    ['nginx', { cookie: 'sid', changes: domain }],
    ['traefik', { cookie: 'sid', changes: none }],
    ['supabase', { cookie: 'sb-a-auth-token', changes: [{ action: 'set-attribute', attribute: 'HttpOnly' }] }],
  ])('%s says that it can not: %o', (id, change) => {
    expect(stackOf(id).answers.attributes(change).kind).toBe('does-not-apply')
  })

  it('an unknown value of SameSite changes nothing', () => {
    const changes: AttributeAction[] = [{ action: 'set-attribute', attribute: 'SameSite', value: 'Sometimes' }]
    for (const { answers } of stacks) expect(answers.attributes({ cookie: 'sid', changes }).kind).not.toBe('snippet')
  })
})

const mended = 'sid=8f2d11; Path=/app; Domain=shop.test; HttpOnly; Secure; SameSite=None; Partitioned'
const linesOf = (id: StackId, change: AttributeChange): string[] => {
  const answer = stackOf(id).answers.attributes(change)
  if (answer.kind !== 'snippet') return []
  return [answer.lines, ...(answer.instead === undefined ? [] : [answer.instead.lines])]
}

describe('what a line says beside its changes', () => {
  const sameSite: AttributeAction[] = [{ action: 'set-attribute', attribute: 'SameSite', value: 'None' }]
  const names = ['sid', 'connect.sid', 'theme', 'csrftoken', 'sb-a-auth-token', '.AspNetCore.Cookies', 'authjs.state']
  const at = cookieAtHand(mended)

  it.each(stacks.map(({ id }) => id))('%s: no SameSite=None and no Partitioned without Secure', (id) => {
    for (const cookie of names) {
      const partitioned: AttributeAction[] = [{ action: 'set-attribute', attribute: 'Partitioned' }]
      for (const changes of [sameSite, partitioned]) {
        for (const of of [
          { cookie, changes },
          { cookie, changes, at: { ...at, name: cookie } },
        ])
          for (const lines of linesOf(id, of)) expect(lines, `${cookie}\n${lines}`).toMatch(/secure|https_only=True/i)
      }
    }
  })

  // What is pasted replaces the options that were there.
  it.each<[StackId, cookie: string]>([
    ['express', 'connect.sid'],
    ['express', 'sid'],
    ['nestjs', 'connect.sid'],
    ['nestjs', 'sid'],
    ['nextjs', 'sid'],
    ['authjs', 'authjs.session-token'],
    ['hono', 'sid'],
    ['fastify', 'sessionId'],
    ['fastify', 'theme'],
    ['django', 'theme'],
    ['flask', 'theme'],
    ['fastapi', 'theme'],
    ['rails', '_shop_session'],
    ['rails', 'theme'],
    ['laravel', 'theme'],
    ['symfony', 'theme'],
    ['php', 'PHPSESSID'],
    ['php', 'theme'],
    ['spring', 'theme'],
    ['aspnet', 'theme'],
    ['go', 'sid'],
  ])('%s writes all of %s’s line', (id, cookie) => {
    const [lines = ''] = linesOf(id, { cookie, changes: sameSite, at: { ...at, name: cookie } })
    for (const part of [/secure/i, /http_?only/i, /same_?site/i, /path\b/i, /shop\.test/, /\/app/])
      expect(lines).toMatch(part)
    const noPartitioned: readonly StackId[] = ['django', 'laravel']
    if (!noPartitioned.includes(id)) expect(lines).toMatch(/partitioned/i)
  })

  it('writes nothing where nothing changes', () => {
    for (const { id } of stacks) expect(linesOf(id, { cookie: 'sid', changes: [], at })).toEqual([])
  })

  it('is said of the session at hand where an action names attributes alone', () => {
    const answer = stackOf('express').answers['widen-domain'](
      { action: 'widen-domain', from: 'a.shop.test', to: 'b.shop.test', domain: 'shop.test' },
      cookieAtHand('sid=s%3Aa.b; Path=/; HttpOnly; Secure; SameSite=Lax'),
    )
    expect(answer).toMatchObject({
      lines: expect.stringContaining(
        "cookie: { path: '/', domain: 'shop.test', httpOnly: true, secure: true, sameSite: 'lax' }",
      ),
    })
    expect(answer).toMatchObject({ lines: expect.stringContaining("name: 'sid'") })
  })
})

describe('who set the cookie', () => {
  const changes: AttributeAction[] = [{ action: 'set-attribute', attribute: 'Secure' }]
  const jwt = `sid=${btoa('{"alg":"HS256"}').replaceAll('=', '')}.e30.c2ln; Path=/`

  it.each<[line: string, first: RegExp, instead: RegExp | null]>([
    ['connect.sid=s%3Aa.b; Path=/', /session\(/, null],
    ['sid=s%3Aa.b; Path=/', /session\(/, /^res\.cookie\('sid'/],
    ['sid=8f2d11; Path=/', /^res\.cookie\('sid'/, null],
    [jwt, /^res\.cookie\('sid'/, null],
  ])('Express: %s', (line, first, instead) => {
    const at = cookieAtHand(line)
    const [one = '', other] = linesOf('express', { cookie: at.name, changes, at })
    expect(one).toMatch(first)
    if (instead === null) expect(other).toBeUndefined()
    else expect(other).toMatch(instead)
    const [nest = ''] = linesOf('nestjs', { cookie: at.name, changes, at })
    expect(nest).toMatch(first.source.startsWith('^') ? /^response\.cookie/ : first)
  })

  it('a token that the app made is no session of the framework’s, and no store knows of it', () => {
    const at = { ...cookieAtHand(jwt), name: 'session' }
    for (const { id, answers } of stacks) {
      for (const lines of linesOf(id, { cookie: 'session', changes, at }))
        expect(lines, id).not.toMatch(
          /session\(\{|fastifySession|SESSION_COOKIE|SessionMiddleware|session_name|session_store/,
        )
      const share = answers['share-session']({ action: 'share-session' }, at)
      if (share.kind === 'snippet') expect(share.lines, id).not.toMatch(/redis|store|driver|SESSION_ENGINE/i)
    }
  })

  it('shares the session that there is', () => {
    const at = cookieAtHand('sid=s%3Aa.b; Path=/; HttpOnly; Secure; SameSite=None')
    const share = stackOf('express').answers['share-session']({ action: 'share-session' }, at)
    for (const line of ["name: 'sid',", "cookie: { path: '/', httpOnly: true, secure: true, sameSite: 'none' },"])
      expect(share).toMatchObject({ lines: expect.stringContaining(`    ${line}`) })
  })

  it('an id that express-session would have signed is in no store of its', () => {
    const share = stackOf('express').answers['share-session']({ action: 'share-session' }, cookieAtHand('sid=8f2d11'))
    expect(share.kind).toBe('generic')
  })
})
