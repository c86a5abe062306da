import { describe, expect, it } from 'vitest'
import type { StackId } from '../stack.ts'
import { stackOf } from './index.ts'

describe('the line that deletes a cookie', () => {
  // Browsers refuse one that does not keep what such a name promises.
  it.each<[StackId, string, string]>([
    ['express', '__Host-x', "res.clearCookie('__Host-x', { path: '/', secure: true })"],
    ['express', '__Host-Http-x', "res.clearCookie('__Host-Http-x', { path: '/', httpOnly: true, secure: true })"],
    ['fastapi', '__Http-x', 'response.delete_cookie("__Http-x", path="/", httponly=True, secure=True)'],
    ['symfony', 'x', "$response->headers->clearCookie('x', path: '/');"],
    ['symfony', '__Secure-x', "$response->headers->clearCookie('__Secure-x', path: '/', secure: true);"],
    ['laravel', 'x', "Cookie::expire('x', '/');"],
    ['laravel', '__Host-x', "Cookie::queue(cookie('__Host-x', '', -1, path: '/', secure: true));"],
    ['php', '__Http-x', "    'httponly' => true,"],
    ['spring', '__Host-x', '        .secure(true)'],
    [
      'aspnet',
      '__Host-x',
      'context.Response.Cookies.Delete("__Host-x", new CookieOptions { Path = "/", Secure = true });',
    ],
  ])('of %s, %s', (id, name, line) => {
    const host = 'shop.test'
    const answer = stackOf(id).answers['delete-cookie']({
      action: 'delete-cookie',
      name,
      host,
      domain: null,
      path: '/',
    })
    expect(answer.kind === 'snippet' && answer.lines.split('\n')).toContain(line)
  })
})

it('ASP.NET Core believes a proxy no other host than the one that visitors see', () => {
  const answer = stackOf('aspnet').answers['trust-proxy']({ action: 'trust-proxy', host: 'shop.test:8443' })
  expect(answer).toMatchObject({ lines: expect.stringContaining('options.AllowedHosts.Add("shop.test");') })
})

it('a session of ASP.NET Core lives as long on the server as its cookie', () => {
  const answer = stackOf('aspnet').answers['session-lifetime']({
    ...{ action: 'session-lifetime', name: '.AspNetCore.Session', seconds: 60 },
  })
  for (const option of ['IdleTimeout', 'Cookie.MaxAge']) {
    expect(answer).toMatchObject({ lines: expect.stringContaining(`options.${option} = TimeSpan.FromSeconds(86400);`) })
  }
})

it.each([
  [null, 'X-XSRF-TOKEN', ['csrf.spa()']],
  [
    'csrf',
    'X-CSRF',
    ['setCookieName("csrf")', 'setHeaderName("X-CSRF")', 'csrf.spa().csrfTokenRepository(repository)'],
  ],
])('Spring reads a CSRF cookie %s and the header %s', (name, header, parts) => {
  const answer = stackOf('spring').answers['readable-csrf-cookie']({ action: 'readable-csrf-cookie', name, header })
  for (const part of parts) expect(answer).toMatchObject({ lines: expect.stringContaining(part) })
})

describe('an origin that is let in is no pattern', () => {
  const credentials = (id: StackId, origin: string) =>
    stackOf(id).answers['allow-credentials']({ action: 'allow-credentials', origin, headers: [] })

  it('of NelmioCorsBundle, whatever its defaults say', () =>
    expect(credentials('symfony', 'https://www.shop.test')).toMatchObject({
      lines: expect.stringContaining('origin_regex: false'),
    }))

  it('of Flask-CORS, which takes brackets for one', () => {
    expect(credentials('flask', 'https://www.shop.test').kind).toBe('snippet')
    expect(credentials('flask', 'http://[::1]:3000').kind).toBe('generic')
  })
})
