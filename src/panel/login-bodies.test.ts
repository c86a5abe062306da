import { describe, expect, it } from 'vitest'
import { entryOf as harEntryOf, type RequestBodies, type RequestKey } from '../capture/request-bodies.ts'
import type { BodyFacts } from '../story/body-facts.ts'
import { LoginBodies, mayHaveLoginBody } from './login-bodies.ts'
import { entryOf, setOf } from './testing/entries.ts'

const url = 'https://shop.test/api/login'
const login = (id = 'a', exchange = {}) => entryOf(id, { exchange: { url, method: 'POST', ...exchange } })

const widget = (resourceType: string, ...names: string[]) => ({
  ...login('a', { url: 'https://id.test/widget', resourceType }),
  verdict: { setCookies: names.map((name) => setOf(name, 'blocked')), cookies: [] },
})

it.each([
  ['a POST to where logins go', login(), true],
  ['one that makes a token', login('a', { url: 'https://shop.test/oauth/token' }), true],
  ['one to GraphQL', login('a', { url: 'https://shop.test/api/graphql' }), true],
  ['another POST', login('a', { url: 'https://shop.test/cart' }), false],
  ['a form in a frame that sets a cookie', widget('sub_frame', 'wsid'), true],
  ['a form that sets a cookie, at the page’s own address', widget('main_frame', 'shop_session'), true],
  ['a form that sets none', widget('sub_frame'), false],
  ['a form that sets what is for statistics', widget('sub_frame', '_ga'), false],
  ['a script that sets a cookie', widget('xmlhttprequest', 'wsid'), false],
  ['a GET', login('a', { method: 'GET' }), false],
  ['an image', login('a', { resourceType: 'image' }), false],
  ['one that is under way', { ...login('a', { status: 0 }), state: 'pending' as const }, false],
  ['one that the cache answered', { ...login(), fromCache: true }, false],
])('asks for the bodies of %s: %o', (_name, entry, expected) => {
  expect(mayHaveLoginBody(entry)).toBe(expected)
})

/** @param answers what DevTools answers, each time it is asked; the last one goes on */
function setUp(...answers: (RequestBodies | null)[]) {
  const asked: RequestKey[] = []
  const waited: number[] = []
  const facts: [string, BodyFacts][] = []
  const bodies = new LoginBodies(
    async (key) => {
      asked.push(key)
      return answers[Math.min(asked.length, answers.length) - 1] ?? null
    },
    (id, found) => void facts.push([id, found]),
    async (ms) => void waited.push(ms),
  )
  return { bodies, asked, waited, facts }
}

const sent = { requestType: 'application/json', requestBody: '{"password":"x"}' }
const unanswered: RequestBodies = { ...sent, responseBody: null }
const answered: RequestBodies = { ...sent, responseBody: '{"access_token":"opaque-one"}' }

describe('reads bodies', () => {
  it('once, and keeps facts of them only', async () => {
    const { bodies, asked, waited, facts } = setUp(answered)
    await bodies.take(login())
    await bodies.take(login())
    expect(asked).toEqual([{ url, method: 'POST', started: 0 }])
    expect(waited).toEqual([])
    expect(facts.map(([id, { password }]) => [id, password])).toEqual([['a', true]])
    expect(JSON.stringify(facts)).not.toContain('"x"')
  })

  it('and takes the type of the answer from its head', async () => {
    const type = { name: 'Content-Type', value: 'application/json' }
    const { bodies, facts } = setUp(answered)
    await bodies.take(login('a', { responseHeaders: [type] }))
    await bodies.take(login('b'))
    expect(facts.map(([, { opaqueTokens }]) => opaqueTokens)).toEqual([['access_token'], []])
  })

  it('again where the answer’s is still on its way, but not for ever', async () => {
    const late = setUp(null, unanswered, answered)
    await late.bodies.take(login())
    expect(late.asked).toHaveLength(3)
    expect(late.facts).toHaveLength(2)
    const never = setUp(unanswered)
    await never.bodies.take(login())
    expect(never.waited).toEqual([300, 1_000, 3_000])
  })

  it('of a redirect the request’s alone', async () => {
    const { bodies, asked } = setUp(unanswered)
    await bodies.take(login('a', { status: 302 }))
    expect(asked).toHaveLength(1)
  })

  it('of an address that tells nothing only twice', async () => {
    const nothing = { requestType: null, requestBody: '', responseBody: '{}' }
    const quiet = setUp(nothing)
    for (let i = 0; i < 9; i++) await quiet.bodies.take(login(`q${i}`, { url: `${url}?n=${i}` }))
    expect(quiet.asked).toHaveLength(2)
    const telling = setUp(answered)
    for (let i = 0; i < 9; i++) await telling.bodies.take(login(`t${i}`))
    expect(telling.asked).toHaveLength(9)
  })

  it('of GraphQL only where a password is sent, which may be late', async () => {
    const graphQl = (id: string) => login(id, { url: 'https://shop.test/graphql' })
    const type = { name: 'Content-Type', value: 'application/json' }
    const query = { requestType: 'application/json', requestBody: '{"query":"{ me { token } }"}' }
    const other = setUp({ ...query, responseBody: '{"token":"opaque-one"}' })
    for (let i = 0; i < 30; i++) await other.bodies.take(graphQl(`q${i}`))
    expect(other.facts).toEqual([])
    expect(other.asked).toHaveLength(10)
    expect(other.waited).toEqual([])

    const half = { requestType: null, requestBody: null, responseBody: '{"access_token":"opaque-one"}' }
    const found = setUp(half, answered)
    await found.bodies.take(login('a', { url: 'https://shop.test/graphql', responseHeaders: [type] }))
    expect(found.facts.map(([, { password, opaqueTokens }]) => [password, opaqueTokens])).toEqual([
      [true, ['access_token']],
    ])
  })

  it('of a form only where a password is sent', async () => {
    const form = { requestType: 'application/x-www-form-urlencoded', responseBody: '{"access_token":"opaque-one"}' }
    const other = setUp({ ...form, requestBody: 'note=x' })
    await other.bodies.take(widget('sub_frame', 'wsid'))
    expect(other.facts).toEqual([])
    const found = setUp({ ...form, requestBody: 'email=a&password=x' })
    await found.bodies.take(widget('sub_frame', 'wsid'))
    expect(found.facts.map(([, { password }]) => password)).toEqual([true])
  })

  it('of GraphQL whatever was asked before, where the answer sets a cookie', async () => {
    const query = { requestType: 'application/json', requestBody: '{"query":"{ me }"}', responseBody: '{}' }
    const { bodies, asked } = setUp(query)
    const graphQl = { url: 'https://shop.test/graphql' }
    for (let i = 0; i < 12; i++) await bodies.take(login(`q${i}`, graphQl))
    expect(asked).toHaveLength(10)
    await bodies.take({ ...login('a', graphQl), verdict: { setCookies: [setOf('sid', 'stored')], cookies: [] } })
    expect(asked).toHaveLength(11)
  })

  it('and says when others went to the same address, those under way too', async () => {
    const { bodies, asked } = setUp(answered)
    await bodies.take({ ...login('a'), started: 5 })
    await bodies.take({ ...login('b'), started: 20, state: 'pending' })
    await bodies.take({ ...login('c', { url: `${url}/x` }), started: 25 })
    await bodies.take({ ...login('d'), started: 30 })
    await bodies.take({ ...login('d'), started: 30 })
    expect(asked.map(({ rivals }) => rivals)).toEqual([undefined, undefined, [5, 20]])
  })

  it('of a few at a time', async () => {
    const { bodies, asked } = setUp(answered)
    await Promise.all(Array.from({ length: 20 }, (_, i) => bodies.take(login(`l${i}`))))
    expect(asked).toHaveLength(4)
    await bodies.take(login('later'))
    expect(asked).toHaveLength(5)
  })
})

describe('finds a request in what DevTools lists', () => {
  const at = (ms: number, method = 'POST', of = url) => ({
    startedDateTime: new Date(1_000_000 + ms).toISOString(),
    request: { url: of, method },
  })
  const key = { url, method: 'POST', started: 1_000_000 }
  it('by method, URL and time', () => {
    const [far, near, get, other] = [at(-900), at(40), at(0, 'GET'), at(0, 'POST', 'https://shop.test/')]
    expect(harEntryOf([far, near, get, other], key)).toBe(near)
  })
  it('whatever its fragment', () => {
    expect(harEntryOf([at(0, 'POST', `${url}#x`)], key)).not.toBe(null)
  })
  it('and none that is nearer to another of its address: its own may not be listed yet', () => {
    const rivals = [1_000_000 - 900, 1_000_000 + 40]
    expect(harEntryOf([at(-898)], { ...key, rivals })).toBe(null)
    expect(harEntryOf([at(-898), at(12), at(41)], { ...key, rivals })).toEqual(at(12))
  })
  it('and no other one', () => {
    expect(harEntryOf([], key)).toBe(null)
    expect(harEntryOf([at(60_000), at(0, 'PUT')], key)).toBe(null)
  })
})
