import { describe, expect, it } from 'vitest'
import { type Bodies, bodyFactsOf } from './bodies.ts'
import { tokenWith } from './testing/token.ts'

const nothing: Bodies = { requestType: null, requestBody: null, responseType: null, responseBody: null }
const form = (requestBody: string): Bodies => ({
  ...nothing,
  requestType: 'application/x-www-form-urlencoded; charset=utf-8',
  requestBody,
})
const sends = (value: unknown): Bodies => ({
  ...nothing,
  requestType: 'application/json',
  requestBody: JSON.stringify(value),
})
const answers = (value: unknown, responseType = 'application/json'): Bodies => ({
  ...nothing,
  responseType,
  responseBody: JSON.stringify(value),
})
const deep = (levels: number): unknown => (levels === 0 ? { password: 'x' } : { a: deep(levels - 1) })

describe('a password', () => {
  it.each<[string, Bodies, boolean]>([
    ['nothing', nothing, false],
    ['in a form', form('name=a&password=b'), true],
    ['of Rails', form('user%5Bemail%5D=a&user%5Bpassword%5D=b'), true],
    ['of Spring', form('j_username=a&j_password=b'), true],
    ['of WordPress', form('log=a&pwd=b'), true],
    ['of ASP.NET', form('Input.Email=a&Input.Password=b'), true],
    ['no other field', form('compass=north&bypass2=1&passage=2'), false],
    ['the value of a field', form('q=password'), false],
    ['in JSON', sends({ email: 'a', password: 'b' }), true],
    ['in JSON as text', { ...sends({ password: 'b' }), requestType: 'text/plain;charset=UTF-8' }, true],
    ['deep in JSON', sends({ variables: { input: { password: 'b' } } }), true],
    ['too deep', sends(deep(12)), false],
    ['in a GraphQL query', sends({ query: 'mutation { login(name: "a", password: "b") { token } }' }), true],
    ['of a sign-up', form('password=a&password_confirmation=a'), true],
    ['to be changed', form('current_password=a&password=b&password_confirmation=b'), false],
    ['to be changed, in JSON', sends({ oldPassword: 'a', newPassword: 'b' }), false],
    [
      'multipart',
      {
        ...nothing,
        requestType: 'multipart/form-data; boundary=x',
        requestBody: '--x\r\nContent-Disposition: form-data; name="password"\r\n\r\nb\r\n--x--',
      },
      true,
    ],
    ['broken JSON', { ...sends({}), requestBody: '{"password":' }, false],
    ['of an unknown type', { ...nothing, requestType: 'application/octet-stream', requestBody: 'password=a' }, false],
    ['in too long a JSON', sends({ password: 'x'.repeat(70_000) }), false],
  ])('%s', (_, bodies, expected) => expect(bodyFactsOf(bodies).password).toBe(expected))
})

it.each<[string, Bodies, boolean]>([
  ['a grant', form('grant_type=refresh_token&refresh_token=a'), true],
  ['a field', sends({ refreshToken: 'a' }), true],
  ['another grant', form('grant_type=authorization_code&code=a'), false],
])('a renewal: %s', (_, bodies, expected) => expect(bodyFactsOf(bodies).renews).toBe(expected))

it.each<[string, Bodies, boolean]>([
  ['of Rails', form('authenticity_token=a&user%5Bpassword%5D=b'), true],
  ['of Django', form('csrfmiddlewaretoken=a&password=b'), true],
  ['of Laravel', form('_token=a&password=b'), true],
  ['of Symfony', form('_csrf_token=a&_password=b'), true],
  ['of ASP.NET', form('__RequestVerificationToken=a&Input.Password=b'), true],
  ['of Flask-WTF, in JSON', sends({ csrf_token: 'a', password: 'b' }), true],
  ['none', form('token=a&password=csrf'), false],
])('a CSRF token: %s', (_, bodies, expected) => expect(bodyFactsOf(bodies).csrf).toBe(expected))

describe('tokens in the answer', () => {
  const jwt = tokenWith({ iss: 'a' })
  it.each<[string, Bodies, string[], string[]]>([
    ['none', answers({ ok: true }), [], []],
    ['one', answers({ access_token: jwt, token_type: 'Bearer' }), ['access_token'], []],
    ['under any name', answers({ data: { x: jwt } }), ['data.x'], []],
    ['in a list', answers([{ token: jwt }]), ['0.token'], []],
    ['opaque', answers({ data: { accessToken: 'a1b2c3d4e5' }, refresh_token: 'r1r2r3r4r5' }), [], ['data.accessToken']],
    ['too short', answers({ token: 'short' }), [], []],
    ['others', answers({ csrf_token: 'a1b2c3d4e5', nextPageToken: 'a1b2c3d4e5', token_type: 'BearerBearer' }), [], []],
    ['not of HTML', answers({ access_token: jwt }, 'text/html'), [], []],
    ['of a problem type', answers({ token: jwt }, 'application/vnd.api+json'), ['token'], []],
    ['not of too long an answer', answers({ token: jwt, x: 'x'.repeat(300_000) }), [], []],
    [
      'ten at most',
      answers(Array.from({ length: 50 }, () => jwt)),
      Array.from({ length: 10 }, (_, i) => String(i)),
      [],
    ],
  ])('%s', (_, bodies, tokens, opaque) => {
    const facts = bodyFactsOf(bodies)
    expect(facts.tokens.map(({ field }) => field)).toEqual(tokens)
    expect(facts.opaqueTokens).toEqual(opaque)
  })
})

it('keeps no value', () => {
  const facts = bodyFactsOf({
    ...form('password=hush-1'),
    ...answers({ token: 'hush-2-opaque', jwt: tokenWith({ sub: 'hush-3' }) }),
    requestType: 'application/x-www-form-urlencoded',
    requestBody: 'password=hush-1',
  })
  expect(JSON.stringify(facts)).not.toContain('hush')
})

it('takes little time whatever comes', () => {
  const started = performance.now()
  const nested = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
  const wide = `{${Array.from({ length: 20_000 }, (_, i) => `"k${i}":"${i}"`).join(',')}}`
  for (const body of [
    nested,
    wide,
    '-'.repeat(60_000),
    'a='.repeat(30_000),
    'content-disposition: form-data; name="'.repeat(1_500),
  ]) {
    for (const type of ['application/json', 'application/x-www-form-urlencoded', 'multipart/form-data'])
      bodyFactsOf({ requestType: type, requestBody: body, responseType: type, responseBody: body })
  }
  expect(performance.now() - started).toBeLessThan(2_000)
})

/** As React Router 7.18 answers them. */
it.each<[string, string, boolean]>([
  [
    'to the login',
    '[{"_1":2,"_3":4,"_5":6,"_7":6,"_8":6},"redirect","/login?error=1","status",302,"revalidate",false,"reload","replace"]\n',
    true,
  ],
  [
    'elsewhere',
    '[{"_1":2,"_3":4,"_5":6,"_7":8,"_9":8},"redirect","/account","status",302,"revalidate",true,"reload",false,"replace"]\n',
    false,
  ],
  ['to a provider\u2019s login', '[{"_1":2,"_3":4},"redirect","https://id.other.test/login","status",302]', false],
  ['data of that name', '[{"_1":2},"data",{"_3":4},"redirect","/login"]', false],
  ['what is cut off', '[{"_1":2,"redirect', false],
  ['no list', '{"redirect":"/login"}', false],
  ['places that are none', '[{"_1":"2"},"redirect","/login"]', false],
])('an action that leads %s', (_, responseBody, expected) => {
  const told = { ...nothing, responseBody }
  expect(bodyFactsOf({ ...told, responseType: 'text/x-script' }).toLogin).toBe(expected ? true : undefined)
  expect(bodyFactsOf({ ...told, responseType: 'text/html' }).toLogin).toBeUndefined()
})
