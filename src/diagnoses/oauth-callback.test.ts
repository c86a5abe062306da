/** Returns from an identity provider to the wrong address, as a whole: what is named first, the fix, and the story around it. */
import { describe, expect, it } from 'vitest'
import { tell } from '../story/tell.ts'
import { evidenceIn, type Row } from '../story/testing/recording.ts'
import { diagnose, toDiagnosis } from './diagnose.ts'

const app = 'https://app.shop.test'
const dev = 'http://localhost:3000'
const idp = 'https://id.provider.test'
const state = 'oauth_state=hush-s; Path=/; HttpOnly; Secure; SameSite=Lax; Max-Age=600'
const sid = 'connect.sid=hush-1; Path=/; HttpOnly; Secure; SameSite=Lax'
const code = 'code=hush-c&state=hush-s'

const authorize = (back: string, host = idp): string =>
  `${host}/authorize?response_type=code&client_id=shop&redirect_uri=${encodeURIComponent(`${back}/callback`)}&state=hush-s`

interface Trip {
  back: string
  from?: string
  set?: string
  /** Where the provider's form posts to. */
  posts?: string
}

const tripTo = ({ back, from = app, set = state, posts = `${idp}/signin` }: Trip): Row[] => [
  `GET ${from}/login`,
  { request: `GET ${from}/auth`, status: 302, location: authorize(back), ...(set !== '' && { set }) },
  `GET ${authorize(back)}`,
  { request: `POST ${posts}`, initiator: idp, status: 302, location: `${back}/callback?${code}` },
]
const asked = (back: string, more: object): Row => ({
  request: `GET ${back}/callback?${code}`,
  initiator: idp,
  ...more,
})
/** As Chromium has it, that asks again by itself: each time a navigation of its own. */
const unanswered = (back: string, times: number): Row[] =>
  Array.from({ length: times }, () => asked(back, { status: 0, error: 'net::ERR_CONNECTION_REFUSED' }))
const turnedAway = (back: string): Row[] => [
  asked(back, { status: 302, location: '/login?error=state_mismatch' }),
  { request: `GET ${back}/login?error=state_mismatch`, initiator: idp },
]
const taken = (back: string): Row[] => [
  asked(back, { status: 302, location: '/account', set: sid }),
  { request: `GET ${back}/account`, initiator: idp },
  { request: `GET ${back}/account`, reload: true },
]

const toldOf = (rows: readonly Row[], pick?: string) => {
  const evidence = evidenceIn(rows, pick === undefined ? {} : { pick })
  const found = diagnose(evidence)
  const story = tell(evidence, found.map(toDiagnosis))
  return {
    evidence,
    story,
    first: found[0] ?? null,
    blocking: found.flatMap(({ id, rank }) => (rank === 'odd' ? [] : [id])),
    fixes: found[0]?.actions.filter(({ action }) => action === 'public-url') ?? [],
    words: JSON.stringify([story, found.map(toDiagnosis)]),
  }
}

interface Wrong {
  name: string
  rows: readonly Row[]
  /** Of the request that is told of. */
  login: string
  title: string
  says: readonly string[]
}

const http = 'http://app.shop.test'
const toDevelopment = 'to return to a development machine'
const toHttp = 'to return to http, while visitors are on https'
const form = (back: string): string => authorize(back)
const noAnswer = ['`GET localhost:3000/callback` got no answer', 'ERR_CONNECTION_REFUSED']

const wrong: readonly Wrong[] = [
  {
    name: 'localhost, where nothing listens; the provider’s form posts to its own address',
    rows: [...tripTo({ back: dev, posts: form(dev) }), ...unanswered(dev, 4)],
    login: '5',
    title: toDevelopment,
    says: noAnswer,
  },
  {
    name: 'localhost, where nothing listens; the provider’s form posts elsewhere',
    rows: [...tripTo({ back: dev }), ...unanswered(dev, 3)],
    login: '5',
    title: toDevelopment,
    says: noAnswer,
  },
  {
    name: 'localhost, where nothing listens, and no state cookie',
    rows: [...tripTo({ back: dev, set: '', posts: form(dev) }), ...unanswered(dev, 4)],
    login: '5',
    title: toDevelopment,
    says: noAnswer,
  },
  {
    name: 'localhost, asked once',
    rows: [...tripTo({ back: dev }), ...unanswered(dev, 1)],
    login: '5',
    title: toDevelopment,
    says: noAnswer,
  },
  {
    name: 'localhost, where the provider’s form posts to another of its hosts',
    rows: [
      ...tripTo({ back: dev }).slice(0, 3),
      { request: `POST ${authorize(dev, 'https://login.provider.test')}`, initiator: idp },
      ...unanswered(dev, 2),
    ],
    login: '5',
    title: toDevelopment,
    says: noAnswer,
  },
  {
    name: 'localhost, where another server answers',
    rows: [...tripTo({ back: dev }), ...turnedAway(dev)],
    login: '5',
    title: toDevelopment,
    says: ['The answer to `GET localhost:3000/callback` was a redirect (302)'],
  },
  {
    name: 'localhost, where another server answers at last',
    rows: [...tripTo({ back: dev }), ...unanswered(dev, 2), ...turnedAway(dev)],
    login: '7',
    title: toDevelopment,
    says: ['The answer to `GET localhost:3000/callback` was a redirect (302)'],
  },
  {
    name: 'localhost, after a trip that was broken off',
    rows: [...tripTo({ back: dev }).slice(0, 3), ...tripTo({ back: dev, posts: form(dev) }), ...unanswered(dev, 2)],
    login: '8',
    title: toDevelopment,
    says: noAnswer,
  },
  {
    name: 'http; the provider’s form posts to its own address',
    rows: [...tripTo({ back: http, posts: form(http) }), ...turnedAway(http)],
    login: '5',
    title: toHttp,
    says: ['a Secure state cookie would not come along'],
  },
  {
    name: 'http; the provider’s form posts elsewhere',
    rows: [...tripTo({ back: http }), ...turnedAway(http)],
    login: '5',
    title: toHttp,
    says: ['a Secure state cookie would not come along'],
  },
  {
    name: 'http on another port; the provider has no state to go by',
    rows: [
      `GET ${app}/login`,
      { request: `GET ${app}/auth`, status: 302, location: authorize(`${http}:8080`).replace(/&state.*/, '') },
      `GET ${authorize(`${http}:8080`).replace(/&state.*/, '')}`,
      {
        request: `POST ${authorize(`${http}:8080`).replace(/&state.*/, '')}`,
        initiator: idp,
        status: 302,
        location: `${http}:8080/callback?${code}`,
      },
      ...turnedAway(`${http}:8080`),
    ],
    login: '5',
    title: toHttp,
    says: [],
  },
]

describe('a return to the wrong address', () => {
  for (const { name, rows, login, title, says } of wrong) {
    it(name, () => {
      const told = toldOf(rows)
      expect(told.blocking).toEqual(['OAuthRedirectUriWrong'])
      expect(told.first?.confidence).toBe('seen')
      expect(told.fixes).toEqual([{ action: 'public-url', url: app, callbackPath: '/callback' }])
      expect(told.story?.sentence).toContain(title)
      expect(told.evidence.login?.request.id).toBe(login)
      expect(told.evidence.login?.page?.exchange.url).toBe(`${app}/login`)
      expect(told.story?.steps.map(({ id, mark }) => `${id} ${mark}`).slice(0, 2)).toEqual([
        'page ok',
        'request broken',
      ])
      for (const text of says) expect(told.words).toContain(text)
      expect(told.words).not.toMatch(/was 0\b|second tab|hush/)
    })
    it(`${name}: by hand too`, () => {
      const picked = toldOf(
        rows,
        toldOf(rows).evidence.seen.findLast(({ exchange }) => exchange.url.includes(code))?.id,
      )
      expect(picked.blocking).toEqual(['OAuthRedirectUriWrong'])
      expect(picked.fixes).toEqual([{ action: 'public-url', url: app, callbackPath: '/callback' }])
      expect(picked.evidence.login?.page?.exchange.url).toBe(`${app}/login`)
    })
  }
})

describe('a return to the right address', () => {
  const healthy: readonly { name: string; rows: readonly Row[]; login: string }[] = [
    {
      name: 'all on localhost',
      rows: [...tripTo({ back: dev, from: dev, posts: form(dev) }), ...taken(dev)],
      login: '5',
    },
    {
      name: 'all on localhost, where the server came up after the browser had asked',
      rows: [...tripTo({ back: dev, from: dev }), ...unanswered(dev, 3), ...taken(dev)],
      login: '8',
    },
    {
      name: 'two ports of localhost',
      rows: [...tripTo({ back: dev, from: 'http://localhost:5173' }), ...taken(dev)],
      login: '5',
    },
    {
      name: 'https, where the provider’s form posts to its own address',
      rows: [...tripTo({ back: app, posts: form(app) }), ...taken(app)],
      login: '5',
    },
    {
      name: 'https, the second time that the browser asked',
      rows: [...tripTo({ back: app }), ...unanswered(app, 1), ...taken(app)],
      login: '6',
    },
  ]
  for (const { name, rows, login } of healthy)
    it(name, () => {
      const told = toldOf(rows)
      expect(told.blocking).toEqual([])
      expect(told.story?.outcome).toBe('healthy')
      expect(told.evidence.login?.request.id).toBe(login)
      expect(told.evidence.login?.page?.id).toBe('1')
      expect(told.evidence.login?.next).toBeNull()
    })

  it('a tool on the visitor’s machine takes the answer', () => {
    const tool = 'http://127.0.0.1:8085'
    const told = toldOf([...tripTo({ back: tool, set: '' }), asked(tool, {})])
    expect(told.blocking).toEqual([])
    expect(told.story?.outcome).toBe('open')
  })

  it('all on localhost, where nothing listens any more: no answer came, and no cookie is to blame', () => {
    const told = toldOf([...tripTo({ back: dev, from: dev }), ...unanswered(dev, 3)])
    expect(told.blocking).toEqual([])
    expect(told.story?.sentence).toContain('no answer to `GET /callback` came')
    expect(told.evidence.login?.page?.id).toBe('1')
  })

  it('nothing that got no answer is the page of a login', () => {
    const rows: Row[] = [
      `GET ${dev}/login`,
      { request: `GET ${dev}/login`, reload: true, status: 0, error: 'net::ERR_CONNECTION_REFUSED' },
      { request: `POST ${dev}/login`, initiator: dev, status: 303, location: '/account', set: sid },
    ]
    expect(toldOf(rows).evidence.login?.page?.id).toBe('1')
  })
})
