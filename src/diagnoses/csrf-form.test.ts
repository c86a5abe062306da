import type { Row } from '../story/testing/recording.ts'
import rule from './csrf-refused.ts'
import { testDiagnosis } from './testing.ts'

const app = 'https://app.shop.test'
const page = `${app}/login`
const open = (...set: string[]): Row => ({ request: `GET ${page}`, set })
const csrf = 'csrftoken=hush-t; Path=/; Secure; SameSite=Lax'
const session = '_shop_session=hush-s; Path=/; Secure; HttpOnly; SameSite=Lax'
const origin = { requestHeaders: { Origin: app } }
const post = (status: number, more: object = {}): Row => ({ request: `POST ${page}`, status, ...origin, ...more })
const action = (status: number, more: object = {}): Row =>
  post(status, {
    from: page,
    requestHeaders: { Origin: app, 'Next-Action': '40aa' },
    body: { password: true },
    ...more,
  })
const provider = 'https://id.other.test'
const redirectUri = encodeURIComponent(`${app}/oauth/callback`)
const trip = (...last: Row[]): Row[] => [
  open(),
  {
    request: `GET ${app}/oauth/start`,
    status: 302,
    location: `${provider}/authorize?redirect_uri=${redirectUri}&state=hush-a&response_type=code&response_mode=form_post`,
    set: 'oauth_state=hush-a; Path=/; Secure; HttpOnly; SameSite=None',
  },
  `GET ${provider}/authorize?redirect_uri=${redirectUri}&state=hush-a&response_type=code&response_mode=form_post`,
  ...last,
]
const callback = (status: number, more: object = {}): Row => ({
  request: `POST ${app}/oauth/callback`,
  status,
  requestHeaders: { Origin: provider },
  ...more,
})

testDiagnosis(rule, {
  finds: [
    {
      name: 'a form of Django, whose host is another to it',
      rows: [open(csrf), post(403)],
      rank: 'blocks-now',
      confidence: 'possible',
      says: ['`POST /login` was answered 403', '`https://app.shop.test`'],
      fix: ['trust-proxy', 'forward-proto', 'trust-origin', 'share-session'],
      shownBy: '2',
    },
    {
      name: 'a form of Rails, whose session is of another secret',
      rows: [open(session), post(422)],
      rank: 'blocks-now',
      confidence: 'possible',
    },
    {
      name: 'the form of the identity provider',
      rows: trip(callback(403)),
      rank: 'blocks-now',
      confidence: 'possible',
      says: ['`https://id.other.test`'],
      fix: ['trust-origin'],
    },
    {
      name: 'a server action behind a proxy that asks for another host',
      rows: [open(), action(500)],
      rank: 'blocks-now',
      confidence: 'possible',
      fix: ['forward-proto', 'trust-origin'],
    },
  ],
  passes: [
    {
      name: 'a wrong password, with a page that writes to the session',
      rows: [open(session), post(422, { set: session })],
    },
    { name: 'a wrong password, as 401', rows: [open(csrf), post(401)] },
    { name: 'a server action that answers', rows: [open(), action(200, { set: session })] },
    { name: 'a script that fails', rows: [open(), action(500, { requestHeaders: { Origin: app } })] },
    {
      name: 'the form of the identity provider, whose state is not known',
      rows: trip(callback(400)),
    },
    { name: 'no cookie that a token could belong to', rows: [open(), post(403)] },
  ],
})
