import { expect, it } from 'vitest'
import { evidenceOf } from './evidence-of.ts'
import { tell } from './tell.ts'
import { type Row, recordingOf } from './testing/recording.ts'

const app = 'https://app.shop.test'
const idp = 'https://id.provider.test'
const sid = 'sid=1; Path=/; HttpOnly; Secure; SameSite=Lax'
const back = `${app}/auth/callback?code=c&state=s`
const authorize = `${idp}/authorize?client_id=a&response_type=code&state=s&redirect_uri=${encodeURIComponent(`${app}/auth/callback`)}`

const pageIn = (rows: readonly Row[]) => tell(evidenceOf(recordingOf(rows)), [])?.steps.find(({ id }) => id === 'page')

const silent: Row = {
  request: `GET ${app}/silent-callback?error=login_required&state=x`,
  type: 'sub_frame',
  from: `${app}/`,
  initiator: app,
}
const trip: readonly Row[] = [
  { request: `GET ${app}/auth/google`, initiator: app, status: 302, location: authorize },
  `GET ${authorize}`,
  { request: `POST ${idp}/login`, status: 302, location: back },
  { request: `GET ${back}`, status: 302, location: '/', set: sid },
  `GET ${app}/`,
]

it.each<[string, readonly Row[]]>([
  ['on the way out', [`GET ${app}/`, silent, ...trip]],
  [
    'on the way back, the trip itself unseen',
    [`GET ${app}/`, silent, { ...(trip[3] as object), initiator: idp } as Row],
  ],
])('takes no hidden frame for the page that a navigation was sent from: %s', (_name, rows) => {
  expect(pageIn(rows)).toMatchObject({ title: 'GET / 200', detail: 'The page that the login was sent from.' })
})

it('takes a frame where there is no other page', () => {
  expect(pageIn([silent, ...trip])?.title).toMatch(/^GET \/silent-callback/)
})

it('tells of a wrong code whose answer is the form again', () => {
  const code = { request: `POST ${app}/2fa`, initiator: app }
  const rows: Row[] = [
    `GET ${app}/2fa`,
    { ...code, status: 401 },
    { ...code, status: 303, location: '/', set: sid },
    `GET ${app}/`,
  ]
  expect(pageIn(rows)).toMatchObject({ title: 'POST /2fa 401', detail: expect.stringContaining('refused with 401') })
})
