import { expect, it } from 'vitest'
import { tell } from './tell.ts'
import { evidenceIn } from './testing/recording.ts'

it('names each cause of which nothing tells whether it is the one', () => {
  const from = 'https://app.shop.test/login'
  const story = tell(
    evidenceIn(
      [
        `GET ${from}`,
        {
          request: 'POST https://api.other.test/login',
          from,
          set: 'sid=hush; Path=/; Secure; SameSite=None',
          type: 'xmlhttprequest',
        },
        { request: 'GET https://api.other.test/me', from, status: 401 },
      ],
      { browser: 'firefox', thirdPartyCookies: 'unknown' },
    ),
    [],
  )
  expect(story?.steps.find(({ id }) => id === 'stored')).toMatchObject({
    mark: 'open',
    detail:
      'Not certain: the browser may have dropped `sid`, because the request was made without credentials, or because the browser blocks third-party cookies.',
  })
})
