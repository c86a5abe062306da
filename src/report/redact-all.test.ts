import { expect, it } from 'vitest'
import { toJson } from './json.ts'
import { toReport } from './report.ts'
import { cookieOf, exchangeOf, inputOf, lineOf, observedOf, reasonOf } from './testing/build.ts'
import { Random } from './testing/random.ts'

it('holds no secret, whatever it is and wherever it stands', async () => {
  const random = new Random(20261121)
  const alphabets = [
    'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789',
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.',
    'abcdef0123456789+/=',
    '日本語éèüабв🍪',
    '!#$%()*:<>@[]^`{|}',
  ]
  for (let round = 0; round < 150; round++) {
    const secrets: string[] = []
    const secret = () => {
      const text = `${random.text(random.pick(alphabets), 4 + random.integer(40))}X7`
      secrets.push(text)
      return text
    }
    const names = ['sid', 'theme', '__Host-x', 'csrf']
    const name = () => random.pick(names)
    const url = () =>
      `https://${random.chance(0.3) ? `${encodeURIComponent(secret())}:${encodeURIComponent(secret())}@` : ''}shop.test/a?q=${encodeURIComponent(secret())}#${encodeURIComponent(secret())}`
    const line = () => `${name()}=${secret()}; Path=/; SameSite=None${random.chance(0.3) ? `; extra=${secret()}` : ''}`
    const setCookie = line()
    const value = secret()
    const exchange = exchangeOf({
      url: url(),
      frames: [url()],
      redirectChain: [url()],
      requestHeaders: [
        { name: 'Cookie', value: `${name()}=${secret()}; ${name()}=${value}` },
        { name: 'Authorization', value: `Bearer ${secret()}` },
        { name: 'X-CSRF-Token', value: secret() },
        { name: 'Referer', value: url() },
        { name: 'X-Other', value: `one two eyJhbGciOiJIUzI1NiJ9.${random.text('abcXYZ019-_', 30)}.abc` },
      ],
      responseHeaders: [
        { name: 'Set-Cookie', value: setCookie },
        { name: 'Location', value: url() },
      ],
      verdict: {
        setCookies: [
          lineOf(setCookie, {
            cookie: cookieOf(name(), value),
            reasons: [reasonOf('X', { explanation: '', fix: { setCookie: line(), notes: [] } })],
          }),
        ],
        cookies: [{ cookie: cookieOf(name(), secret()), outcome: 'blocked', reasons: [] }],
      },
      observed: [observedOf({ evidence: '', cookie: cookieOf(name(), secret()) })],
    })
    const [reason] = exchange.verdict.setCookies[0]?.reasons ?? []
    if (reason)
      reason.explanation = `The cookie \`${name()}\` with ${random.pick(secrets.filter(({ length }) => length >= 8))} was seen at ${url()}`
    const report = await toReport(inputOf([exchange], { page: url() }))
    const everything = strings(report)
    for (const one of secrets) {
      for (const form of [one, encodeURIComponent(one)]) {
        const found = everything.find((text) => text.includes(form))
        expect(found && { secret: form, found }).toBeUndefined()
      }
    }
    expect(toJson(report)).not.toContain('eyJhbGciOiJIUzI1NiJ9')
  }
})

// Were the work to grow with what is known already, it would not end in the time that a test has.
it('keeps up with a long log', async () => {
  const entries = Array.from({ length: 3000 }, (_, i) =>
    exchangeOf({
      id: `${i}`,
      url: `https://api.shop.test/items?page=${i}`,
      requestHeaders: [
        { name: 'Cookie', value: `sid=session-${i % 10}-0123456789abcdef; csrf=token-${i}-0123456789` },
        { name: 'X-Filler', value: 'a header of some length that has nothing to do with cookies at all '.repeat(4) },
      ],
      verdict: { setCookies: [lineOf(`sid=session-${i}-0123456789; Path=/`)], cookies: [] },
    }),
  )
  const { exchanges } = await toReport(inputOf(entries))
  expect(exchanges).toHaveLength(3000)
})

/** Every string in a plain JSON value. */
function strings(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(strings) : []
}
