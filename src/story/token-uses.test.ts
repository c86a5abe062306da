import { expect, it } from 'vitest'
import { decodeToken } from './decode-token.ts'
import { recordingOf } from './testing/recording.ts'
import { tokenWith } from './testing/token.ts'
import { tokensOf } from './token-uses.ts'

const url = 'https://app.shop.test/'
const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((iss) => tokenWith({ iss })) as [string, string, string, string]

it('are found wherever they are, and nothing else is', () => {
  const { seen } = recordingOf(
    [
      {
        request: `GET ${url}`,
        requestHeaders: { Authorization: `bearer ${a}` },
        set: [`session=${c}; Path=/`, 'sid=opaque'],
        body: {
          tokens: [{ field: 'data.token', token: decodeToken(d) as NonNullable<ReturnType<typeof decodeToken>> }],
        },
      },
      { request: `GET ${url}`, requestHeaders: { Authorization: 'Basic YTpi' } },
    ],
    {
      earlier: [
        [url, `auth="${b}"; Path=/`],
        [url, 'theme=dark'],
      ],
    },
  )
  const uses = (at: number) => {
    const one = seen[at]
    return one === undefined ? [] : tokensOf(one).map(({ where, name, token }) => [where, name, token.iss])
  }
  expect(uses(0)).toEqual([
    ['authorization', 'Authorization', 'a'],
    ['cookie', 'auth', 'b'],
    ['set-cookie', 'session', 'c'],
    ['body', 'data.token', 'd'],
  ])
  expect(uses(1)).toEqual([
    ['cookie', 'auth', 'b'],
    ['cookie', 'session', 'c'],
  ])
})
