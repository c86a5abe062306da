import { describe, expect, it } from 'vitest'
import { detectStacks, type Traced } from './detect-stack.ts'

const answer = (headers: Record<string, string>, ...cookieNames: string[]): Traced => ({
  headers: Object.entries(headers).map(([name, value]) => ({ name, value })),
  cookieNames,
})

describe('detectStacks', () => {
  it.each<[string, Traced[], string[]]>([
    ['express-session', [answer({}, 'connect.sid')], ['express']],
    ['Express', [answer({ 'X-Powered-By': 'Express' })], ['express']],
    ['Next.js', [answer({ 'x-powered-by': 'Next.js' })], ['nextjs']],
    ['Next.js, by a header', [answer({ 'x-nextjs-cache': 'HIT' })], ['nextjs']],
    ['Auth.js', [answer({}, '__Secure-authjs.session-token')], ['authjs']],
    ['NextAuth 4', [answer({}, 'next-auth.csrf-token')], ['authjs']],
    ['Auth.js in Next.js', [answer({ 'X-Powered-By': 'Next.js' }, 'authjs.session-token')], ['authjs', 'nextjs']],
    [
      'Supabase in Next.js',
      [answer({ 'X-Powered-By': 'Next.js' }, 'sb-abcdefgh-auth-token.0', '__prerender_bypass')],
      ['supabase', 'nextjs'],
    ],
    ['@fastify/session', [answer({}, 'sessionId')], ['fastify']],
    ['Django', [answer({}, 'csrftoken'), answer({}, 'sessionid')], ['django']],
    ['Flask', [answer({ Server: 'Werkzeug/3.1.3 Python/3.13.1' })], ['flask']],
    ['Rails', [answer({}, '_shop_session')], ['rails']],
    ['Laravel', [answer({ 'X-Powered-By': 'PHP/8.3.4' }, 'laravel_session', 'XSRF-TOKEN')], ['laravel', 'php']],
    ['Laravel, by its session alone', [answer({ 'X-Powered-By': 'PHP/8.3' }, 'laravel_session')], ['laravel', 'php']],
    ['Laravel, with a name of its own', [answer({}, 'XSRF-TOKEN', 'shop-session')], ['laravel']],
    ['Symfony', [answer({ 'X-Debug-Token': '110e1e' }, 'PHPSESSID')], ['symfony', 'php']],
    ['PHP', [answer({}, 'PHPSESSID')], ['php']],
    ['Spring', [answer({}, 'JSESSIONID')], ['spring']],
    ['ASP.NET Core', [answer({ Server: 'Kestrel' }, '.AspNetCore.Identity.Application')], ['aspnet']],
    ['nginx', [answer({ Server: 'nginx/1.27.4' })], ['nginx']],
    ['Apache', [answer({ Server: 'Apache/2.4.62 (Debian)' })], ['apache']],
    ['Caddy, as Server', [answer({ Server: 'Caddy' })], ['caddy']],
    ['Caddy, as Via', [answer({ Via: '1.1 Caddy' })], ['caddy']],
    ['Cloudflare', [answer({ Server: 'cloudflare', 'CF-RAY': '230b030023ae2822-SJC' })], ['cloudflare']],
    ['Gunicorn', [answer({ Server: 'gunicorn' })], ['gunicorn']],
    ['uvicorn', [answer({ server: 'uvicorn' })], ['uvicorn']],
    [
      'an app and its proxy',
      [answer({ Server: 'nginx', 'X-Powered-By': 'Express' }, 'connect.sid')],
      ['express', 'nginx'],
    ],
    [
      'two apps: the one that makes the session first',
      [answer({ 'X-Powered-By': 'Next.js' }), answer({ 'X-Powered-By': 'Next.js' }), answer({}, 'connect.sid')],
      ['express', 'nextjs'],
    ],
    [
      'two apps with a header each: the one seen more often first',
      [
        answer({ 'X-Powered-By': 'Express' }),
        answer({ 'X-Powered-By': 'Next.js' }),
        answer({ 'X-Powered-By': 'Next.js' }),
      ],
      ['nextjs', 'express'],
    ],
  ])('%s', (_, responses, expected) => {
    expect(detectStacks(responses).map(({ stack }) => stack)).toEqual(expected)
  })

  it.each<[string, Traced]>([
    ['nothing', answer({})],
    ['a name that anyone might use', answer({}, 'session', 'sid', 'token', 'auth')],
    ['half of a pair', answer({}, 'csrftoken')],
    ['the other half', answer({}, 'sessionid')],
    ['a token for any script', answer({}, 'XSRF-TOKEN')],
    ['a name within a name', answer({}, 'my-connect.sid', 'connect.sid2', 'PHPSESSID_old', 'x_session')],
    ['the same letters in another case', answer({}, 'SessionID', 'phpsessid')],
    ['a server that says nothing', answer({ Server: 'web', 'X-Powered-By': 'magic', Via: '1.1 vegur' })],
    ['a server that speaks of another', answer({ Server: 'not-nginx', 'X-Powered-By': 'ASP.NET' })],
  ])('claims nothing of %s', (_, response) => {
    expect(detectStacks([response])).toEqual([])
  })

  it.each<[Traced, string]>([
    [answer({}, 'connect.sid'), 'There is a cookie `connect.sid`.'],
    [answer({}, 'sessionid', 'csrftoken'), 'There are cookies `csrftoken` and `sessionid`.'],
    [answer({ 'x-powered-by': 'Next.js' }), 'An answer says `X-Powered-By: Next.js`.'],
    [answer({ 'CF-RAY': '1-SJC' }), 'An answer has the header `cf-ray`.'],
  ])('says why: %o', (response, why) => {
    expect(detectStacks([response])).toMatchObject([{ why }])
  })

  it('takes any text, quickly', () => {
    const hostile = `_${'a-'.repeat(50_000)}_session`
    const responses = Array.from({ length: 500 }, (_, index) =>
      answer(
        { Server: `nginx\`\n${index}${'x'.repeat(10_000)}`, [`x-${index}`]: hostile },
        hostile,
        `${index}`,
        '',
        '\0',
      ),
    )
    const from = performance.now()
    const found = detectStacks(responses)
    expect(performance.now() - from).toBeLessThan(1000)
    expect(found.map(({ stack }) => stack)).toEqual(['nginx'])
    expect(found[0]?.why).not.toMatch(/\p{C}/u)
    expect(found[0]?.why.split('`')).toHaveLength(3)
  })
})
