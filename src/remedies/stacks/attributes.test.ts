import { describe, expect, it } from 'vitest'
import type { AttributeAction } from '../action.ts'
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
