import { expect, it } from 'vitest'
import { evidenceOf } from '../story/evidence-of.ts'
import { tell } from '../story/tell.ts'
import { type Row, recordingOf } from '../story/testing/recording.ts'
import { diagnose, toDiagnosis } from './diagnose.ts'
import rule from './session-replaced.ts'
import { testDiagnosis } from './testing.ts'

const app = 'https://app.shop.test'
const sid = (value: string, name = 'sid') => `${name}=hush-${value}; Path=/; HttpOnly; Secure; SameSite=Lax`
const call = (request: string, more: object = {}): Row => ({ request, from: `${app}/`, ...more })
const me = (status = 200, more: object = {}): Row => call(`GET ${app}/api/me`, { status, ...more })
const home: Row = { request: `GET ${app}/`, at: 0 }
const signIn: Row = call(`POST ${app}/api/login`, { set: sid('v'), body: { password: true }, at: 5 })
/** Asked by the page before anybody logged in. */
const cart = (set: string | string[], more: object = {}): Row =>
  call(`GET ${app}/api/cart`, { set, asked: 1, at: 6, ...more })
const account: Row = `GET ${app}/account`

const form: Row[] = [
  `GET ${app}/login`,
  { request: `POST ${app}/login`, status: 302, location: '/account', set: sid('v', 'connect.sid') },
]
const toLogin = (path: string, more: object = {}): Row => ({
  request: `GET ${app}${path}`,
  status: 302,
  location: '/login',
  ...more,
})
const blog = (more: object = {}): Row => ({ request: `GET ${app}/blog/`, set: sid('b', 'connect.sid'), ...more })

testDiagnosis(rule, {
  finds: [
    {
      name: 'a slow answer to a visitor who was not logged in yet',
      rows: [home, signIn, cart(sid('c')), me(401), account, me(401)],
      rank: 'blocks-now',
      confidence: 'seen',
      says: [
        '`GET /api/cart` replaced `sid` after the login',
        'had been asked before',
        '`GET /api/me` was answered 401',
      ],
      silent: ['secret', 'instance'],
      fix: ['no-anonymous-session'],
      shownBy: '3',
    },
    {
      name: 'the same, and a page of the login’s own is shown to anybody',
      rows: [home, signIn, cart(sid('c')), account, call(`GET ${app}/api/config`), me(401)],
      rank: 'blocks-now',
      confidence: 'seen',
    },
    {
      name: 'another app on the host that uses the same name',
      rows: [...form, account, blog(), toLogin('/account'), `GET ${app}/login`],
      rank: 'blocks-now',
      confidence: 'likely',
      says: ['`GET /blog/` replaced `connect.sid` after the login', '`GET /account` was accepted with it'],
      fix: ['own-cookie-name', 'no-anonymous-session', 'share-session'],
      shownBy: '4',
    },
    {
      name: 'the same, whose own scripts it knows',
      rows: [
        ...form,
        account,
        blog(),
        { request: `GET ${app}/blog/api/readers`, from: `${app}/blog/` },
        toLogin('/account'),
      ],
      rank: 'blocks-now',
      confidence: 'likely',
    },
  ],
  passes: [
    {
      name: 'a new value that the app’s own scripts are answered with, before the session ends',
      rows: [
        ...form,
        account,
        blog(),
        { request: `GET ${app}/api/orders`, from: `${app}/account` },
        toLogin('/account'),
      ],
    },
    { name: 'a slow answer that sets nothing', rows: [home, signIn, cart([]), me(401)] },
    { name: 'a slow answer whose session is as good', rows: [home, signIn, cart(sid('c')), me(), account, me()] },
    {
      name: 'the same, and one thing that is not for this visitor',
      rows: [home, signIn, cart(sid('c')), me(), account, call(`GET ${app}/api/admin`, { status: 401 })],
    },
    { name: 'a slow answer that sets another cookie', rows: [home, signIn, cart(sid('c', 'cart_session')), me(401)] },
    { name: 'a slow answer that came before the login', rows: [home, cart(sid('c'), { at: 4 }), signIn, me(401)] },
    {
      name: 'a new value at the login, and with each answer',
      rows: [
        { request: `GET ${app}/login`, set: sid('0') },
        { request: `POST ${app}/login`, status: 302, location: '/account', set: sid('1') },
        { request: `GET ${app}/account`, set: sid('2') },
        { request: `GET ${app}/account`, reload: true, set: sid('3') },
        { request: `GET ${app}/orders`, set: sid('4') },
      ],
    },
    {
      name: 'the same, and the session is ended by the server',
      rows: [
        { request: `GET ${app}/login`, set: sid('0') },
        { request: `POST ${app}/login`, status: 302, location: '/account', set: sid('1') },
        { request: `GET ${app}/account`, set: sid('2') },
        { request: `GET ${app}/orders`, set: sid('3') },
        toLogin('/account'),
      ],
    },
    {
      name: 'a message once, and a session that is idle for an hour',
      rows: [...form, account, blog(), toLogin('/account', { at: 4000 })],
    },
    {
      name: 'a value that the login’s own app refuses as well',
      rows: [...form, toLogin('/account'), blog(), toLogin('/account')],
    },
    {
      name: 'another app that leaves the cookie alone',
      rows: [...form, account, blog({ set: [] }), toLogin('/account')],
    },
    {
      name: 'another app with a path of its own',
      rows: [...form, account, blog({ set: `${sid('b', 'connect.sid').replace('Path=/', 'Path=/blog/')}` }), account],
    },
    { name: 'a page that gives the session a new value, which is good', rows: [...form, account, blog(), account] },
    {
      name: 'an answer that was itself a refusal',
      rows: [...form, account, toLogin('/orders', { set: sid('b', 'connect.sid') }), toLogin('/account')],
    },
    {
      name: 'another login after it',
      rows: [...form, account, blog(), ...form, account],
    },
    {
      name: 'a logout',
      rows: [...form, account, { request: `POST ${app}/logout`, set: sid('n', 'connect.sid') }, toLogin('/account')],
    },
  ],
})

it.each<[string, readonly Row[], string, string]>([
  [
    'before any use',
    [home, signIn, cart(sid('c')), me(401), { request: `GET ${app}/account`, initiator: null }, me(401)],
    'Your login broke at step 5: `GET /api/cart` replaced `sid` after the login.',
    '`GET /api/me` carried `sid` with the value that `GET /api/cart` had given it after the login, and was turned away (401).',
  ],
  [
    'after the login was shown to work',
    [...form, account, blog(), toLogin('/account'), `GET ${app}/login`],
    'Your login broke at step 9: `GET /blog/` replaced `connect.sid` after the login.',
    '`GET /account` was turned away. It carried `connect.sid` with the value that `GET /blog/` had given it after the login.',
  ],
])('the story says so, and blames no instance: %s', (_, rows, sentence, detail) => {
  const evidence = evidenceOf(recordingOf(rows), null)
  const found = diagnose(evidence).map(toDiagnosis)
  const story = tell(evidence, found)
  expect(story?.sentence).toBe(sentence)
  expect(story?.steps.find(({ mark }) => mark === 'broken')?.detail).toBe(detail)
  expect(found.filter(({ rank }) => rank !== 'odd').map(({ id }) => id)).toEqual(['SessionReplaced'])
  expect(found.map(({ id }) => id)).not.toContain('SessionRejected')
  expect(JSON.stringify([story, found])).not.toMatch(/hush|browser did its part|session itself holds/)
  // Without a diagnosis the steps know it as well.
  expect(tell(evidence, [])?.sentence).toContain('after the login')
})

it('is in the diagram, too', () => {
  const evidence = evidenceOf(recordingOf([home, signIn, cart(sid('c')), me(401), account, me(401)]))
  const story = tell(evidence, diagnose(evidence).map(toDiagnosis))
  expect(story?.arrows.map(({ label }) => label)).toContain('GET /api/cart')
})
