import { describe, expect, it } from 'vitest'
import type { Diagnosis } from '../contract.ts'
import { tell } from './tell.ts'
import { evidenceIn, type RecordingOptions, type Row } from './testing/recording.ts'
import {
  account,
  api,
  app,
  bearer,
  expectTold,
  form,
  good,
  link,
  marksOf,
  me,
  page,
  refresh,
  reload,
  script,
  spa,
  token,
  toLogin,
  told,
} from './testing/tell-rows.ts'

describe('a login in steps', () => {
  it.each<[string, readonly Row[], string, string, RecordingOptions?]>([
    [
      'a form that works',
      [page, form(good), `GET ${account}`, reload, `GET ${app}/cart`],
      '+++++++++',
      'This login works: `sid` was issued, stored, sent back and accepted, after a reload too.',
    ],
    [
      'a script that works',
      [page, script(good), `GET ${account}`, me(), reload, me()],
      '++++++++?',
      'This login works: `sid` was issued, stored, sent back and accepted, after a reload too.',
    ],
    [
      'a script that changes the address, and a reload there',
      [
        page,
        { request: `GET ${app}/api/me`, from: `${app}/login`, status: 401 },
        spa,
        { request: `GET ${app}/api/me`, from: `${app}/login` },
        { request: `GET ${account}`, initiator: app },
        { request: `GET ${app}/api/me`, from: account },
      ],
      '+++++++-+',
      'This login works: `sid` was issued, stored, sent back and accepted, on the next page too.',
    ],
    [
      'the same, and a reload there once more',
      [
        page,
        spa,
        { request: `GET ${app}/api/me`, from: `${app}/login` },
        { request: `GET ${account}`, initiator: app },
        reload,
      ],
      '+++++++++',
      'This login works: `sid` was issued, stored, sent back and accepted, after a reload too.',
    ],
    [
      'a script that changes the address, and the user\u2019s reload there before anything was asked for',
      [page, told, { request: `GET ${account}`, initiator: app }, { request: `GET ${app}/api/me`, from: account }],
      '++++-+++?',
      'This login works: `sid` was issued, stored, sent back and accepted, after a reload too.',
    ],
    [
      'the same of a page that was linked to, long after the login',
      [
        { request: page, requestHeaders: { Referer: `${app}/shop` } },
        told,
        { request: `GET ${account}`, initiator: app, requestHeaders: { Referer: `${app}/shop` }, at: 60 },
      ],
      '++++-+++?',
      'This login works: `sid` was issued, stored, sent back and accepted, after a reload too.',
    ],
    [
      'a reload that goes without the session',
      [
        page,
        { ...told, set: `${good}; Max-Age=1` },
        { request: `GET ${account}`, initiator: app, at: 9, status: 302, location: '/login' },
        page,
      ],
      '++++-X???',
      'Your login broke at step 5: `GET /account` went without `sid`, because the cookie has expired.',
    ],
    [
      'a script that goes on to a page which its session was not asked for before',
      [page, spa, { request: `GET ${account}`, initiator: app }, { request: `GET ${app}/api/me`, from: account }],
      '+++++++??',
      'So far, so good: now reload the page to see whether the login lasts.',
    ],
    [
      'a script whose session is not accepted where the address is loaded',
      [
        page,
        spa,
        { request: `GET ${app}/api/me`, from: `${app}/login` },
        { request: `GET ${account}`, initiator: app, status: 302, location: '/login' },
        page,
      ],
      '+++++X!??',
      'Your login broke at step 6: the server did not accept `sid` and sent `GET /account` back to the login.',
    ],
    [
      'a link from a mail',
      [page, `POST ${app}/login`, link(good), `GET ${account}`, reload, `GET ${app}/cart`],
      '-++++++++',
      'This login works: `sid` was issued, stored, sent back and accepted, after a reload too.',
    ],
    [
      'a link from a mail whose cookie is dropped',
      [page, `POST ${app}/login`, link('sid=hush; Path=/; Domain=app.shop.test.'), toLogin(account), page],
      '-++X!????',
      'Your login broke at step 3: the browser dropped `sid`, because its Domain is not a host name.',
    ],
    [
      'another page instead of a reload',
      [page, form(good), `GET ${account}`, `GET ${app}/cart`],
      '+++++++?+',
      'This login works: `sid` was issued, stored, sent back and accepted, on the next page too.',
    ],
    [
      'a token',
      [
        page,
        script([], token),
        me({ requestHeaders: bearer }),
        { request: page, reload: true },
        me({ from: `${app}/login`, requestHeaders: bearer }),
      ],
      '+++--+++?',
      'This login works: the token was issued, sent and accepted, after a reload too.',
    ],
    [
      'a token, and a cookie to renew it that was not needed yet',
      [
        page,
        script(refresh, token),
        me({ requestHeaders: bearer }),
        { request: page, reload: true },
        me({ requestHeaders: bearer }),
      ],
      '++++-+++?',
      'This login works: the token was sent and accepted, after a reload too; `refresh` was issued and stored.',
    ],
    [
      'the same, and the token renewed',
      [
        page,
        script(refresh, token),
        me({ requestHeaders: bearer }),
        { request: page, reload: true },
        me({ requestHeaders: bearer, status: 401 }),
        me({ request: `POST ${api}/auth/refresh` }),
        me({ requestHeaders: bearer }),
      ],
      '++++-+++?',
      'This login works: the token was sent and accepted, after a reload too; `refresh` was issued, stored, sent back and accepted.',
    ],
    [
      'a session, and a cookie to renew it that was not needed yet',
      [page, form([good, refresh]), `GET ${account}`, reload],
      '++++++++?',
      'This login works: `sid` was issued, stored, sent back and accepted, after a reload too.',
    ],
    [
      'a session that was there before',
      [{ request: page, set: '_shop_session=0; Path=/; HttpOnly' }, form([]), `GET ${account}`, reload],
      '+++-++++?',
      'This login works: `_shop_session` was kept, sent back and accepted, after a reload too.',
    ],
    [
      'before the reload',
      [page, form(good), `GET ${account}`],
      '+++++++??',
      'So far, so good: now reload the page to see whether the login lasts.',
    ],
    [
      'before the next request',
      [page, script(good)],
      '++++-????',
      'So far, so good: `sid` is there. Now open a page that needs the login.',
    ],
    [
      'before the answer',
      [page, form([], { state: 'pending', status: 0 })],
      '+??--????',
      'The login was sent, and has not been answered yet.',
    ],
    [
      'without the page',
      [form(good), `GET ${account}`],
      '-++++++??',
      'So far, so good: now reload the page to see whether the login lasts.',
    ],
  ])('%s', (_, rows, marks, sentence, options) => expectTold(rows, marks, sentence, options))
})

it('is null without a login', () => expect(tell(evidenceIn([page]), [])).toBeNull())

describe('with a diagnosis', () => {
  const diagnosis: Diagnosis = {
    id: 'ProxyHidesHttps',
    title: 'The app thinks it is on http, so it left Secure out',
    explanation: 'The login’s answer was seen.',
    confidence: 'likely',
    exchanges: ['login'],
    rank: 'blocks-now',
  }
  const dropped: readonly Row[] = [page, form('sid=hush; Path=/; SameSite=None')]
  const worksYet: readonly Row[] = [page, form(good), `GET ${account}`]
  const because = 'the browser dropped `sid`, because SameSite=None needs Secure.'

  it.each<[string, readonly Row[], Diagnosis[], string, string]>([
    ['it says why', dropped, [diagnosis], '+++X-????', 'the app thinks it is on http, so it left Secure out.'],
    ['what is merely possible does not', dropped, [{ ...diagnosis, confidence: 'possible' }], '+++X-????', because],
    [
      'nor what does not block',
      dropped,
      [
        { ...diagnosis, rank: 'blocks-next' },
        { ...diagnosis, rank: 'odd' },
      ],
      '+++X-????',
      because,
    ],
    [
      'it knows a step that looks whole',
      worksYet,
      [{ ...diagnosis, id: 'SessionRejected', title: 'Two servers take turns' }],
      '++++++X??',
      'two servers take turns.',
    ],
    [
      'its title’s own colon gives way, one that it quotes does not',
      worksYet,
      [{ ...diagnosis, id: 'SessionRejected', title: 'The answer says `Vary: *`: no cache keeps it' }],
      '++++++X??',
      'the answer says `Vary: *`; no cache keeps it.',
    ],
    [
      'an unheard one, where its exchange is',
      worksYet,
      [{ ...diagnosis, id: 'Unheard', title: 'A' }],
      '+X??+????',
      'A.',
    ],
  ])('%s', (_, rows, diagnoses, marks, end) => {
    const story = tell(evidenceIn(rows), diagnoses)
    expect(marksOf(story?.steps ?? [])).toBe(marks)
    expect(story?.sentence).toBe(`Your login broke at step ${marks.replaceAll('-', '').indexOf('X') + 1}: ${end}`)
    expect(story?.outcome).toBe('broken')
  })
})
