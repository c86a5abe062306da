import { describe, expect, it } from 'vitest'
import type { Agreement, CookieVerdict, Reason, SetCookieVerdict, StoredCookie } from '../contract.ts'
import { ProblemIndex, type ProblemInput, problemsOf } from './problems.ts'

const reason = (id: string): Reason => ({ id, title: id, explanation: '', spec: '5.7' })

const cookie = (name: string, over: Partial<StoredCookie> = {}): StoredCookie => ({
  name,
  value: 'v',
  domain: 'shop.test',
  hostOnly: true,
  path: '/',
  secure: true,
  httpOnly: true,
  sameSite: 'lax',
  session: true,
  ...over,
})

const set = (line: string, over: Partial<SetCookieVerdict> & { as?: Partial<StoredCookie> } = {}): SetCookieVerdict => {
  const { as, ...rest } = over
  const name = line.slice(0, line.indexOf('='))
  return { line, cookie: cookie(name, as), outcome: 'stored', reasons: [], warnings: [], ...rest }
}
const sent = (name: string, as?: Partial<StoredCookie>): CookieVerdict => ({
  cookie: cookie(name, as),
  outcome: 'sent',
  reasons: [],
})
const withheld = (name: string, reasons: string[], as?: Partial<StoredCookie>): CookieVerdict => ({
  cookie: cookie(name, as),
  outcome: 'blocked',
  reasons: reasons.map(reason),
})

interface Draft {
  url?: string
  type?: string
  /** Of the page around it. */
  page?: string
  method?: string
  status?: number
  location?: string
  authorization?: boolean
  sets?: SetCookieVerdict[]
  cookies?: CookieVerdict[]
  observed?: [operation: 'set' | 'send', index: number, agreement: Agreement][]
}
const entry = (id: string, draft: Draft = {}): ProblemInput => ({
  id,
  exchange: {
    url: draft.url ?? 'https://shop.test/',
    frames: draft.page === undefined ? [] : [draft.page],
    method: draft.method ?? 'GET',
    resourceType: draft.type ?? 'main_frame',
    status: draft.status ?? 200,
    requestHeaders: draft.authorization === true ? [{ name: 'Authorization', value: 'Bearer v' }] : [],
    responseHeaders: draft.location ? [{ name: 'Location', value: draft.location }] : [],
  },
  verdict: { setCookies: draft.sets ?? [], cookies: draft.cookies ?? [] },
  observed: (draft.observed ?? []).map(([operation, index, agreement]) => ({
    operation,
    index,
    agreement,
    evidence: '',
  })),
})

const kinds = (index: ProblemIndex, id: string) =>
  index.problems(id).map(({ operation, index: at, kind }) => `${operation} ${at} ${kind}`)
const feed = (...entries: ProblemInput[]) => {
  const index = new ProblemIndex()
  for (const one of entries) index.update(one)
  return index
}
const login = entry('login', { method: 'POST', sets: [set('sid=1')] })

describe('lines', () => {
  it.each<[string, Draft, string[]]>([
    ['a stored line is none', { sets: [set('a=1')] }, []],
    ['a removed line is none', { sets: [set('a=', { outcome: 'removed' })] }, []],
    ['a blocked line', { sets: [set('a=1', { outcome: 'blocked' })] }, ['set 0 blocked']],
    ['a blocked line of an image', { type: 'image', sets: [set('a=1', { outcome: 'blocked' })] }, ['set 0 blocked']],
    [
      'a blocked line of an image on a page of its own site',
      { type: 'image', page: 'https://www.shop.test/', sets: [set('a=1', { outcome: 'blocked' })] },
      ['set 0 blocked'],
    ],
    [
      '… on a page of another: someone’s statistics',
      {
        type: 'image',
        page: 'https://other.test/',
        sets: [set('a=1', { outcome: 'blocked' }), set('b=1', { outcome: 'unknown' })],
      },
      [],
    ],
    [
      '… where rules and browser disagree',
      { type: 'image', page: 'https://other.test/', sets: [set('a=1')], observed: [['set', 0, 'unexplained']] },
      ['set 0 unexplained'],
    ],
    [
      'a blocked line of a script’s request to another site',
      { type: 'xmlhttprequest', page: 'https://other.test/', sets: [set('a=1', { outcome: 'blocked' })] },
      ['set 0 blocked'],
    ],
    ['an unknown line', { sets: [set('b=1'), set('a=1', { outcome: 'unknown' })] }, ['set 1 unknown']],
    ['a confirmed line is none', { sets: [set('a=1')], observed: [['set', 0, 'confirmed']] }, []],
    [
      'a contradicted line, though it was stored',
      { sets: [set('a=1')], observed: [['set', 0, 'contradicted']] },
      ['set 0 contradicted'],
    ],
    [
      'disagreement outranks the verdict, once a line',
      { sets: [set('a=1', { outcome: 'blocked' })], observed: [['set', 0, 'unexplained']] },
      ['set 0 unexplained'],
    ],
    [
      'a contradicted cookie of an image',
      { type: 'image', cookies: [sent('a')], observed: [['send', 0, 'contradicted']] },
      ['send 0 contradicted'],
    ],
  ])('%s', (_name, draft, expected) => {
    expect(kinds(feed(entry('x', draft)), 'x')).toEqual(expected)
  })
})

describe('withheld cookies', () => {
  const lax = withheld('sid', ['SchemefulSameSiteLax'])
  const path = withheld('sid', ['NotOnPath'])
  const yes = ['send 0 withheld']
  it.each<[string, ProblemInput[], Draft, string[]]>([
    ['SameSite withholds what this log set', [login], { type: 'xmlhttprequest', cookies: [lax] }, yes],
    ['… on an image', [login], { type: 'image', cookies: [lax] }, []],
    ['… on a ping', [login], { type: 'ping', cookies: [lax] }, []],
    ['… on a preflight', [login], { type: 'xmlhttprequest', method: 'OPTIONS', cookies: [lax] }, []],
    [
      '… where its twin went instead',
      [login],
      { cookies: [lax, sent('sid', { domain: '.shop.test', hostOnly: false })] },
      [],
    ],
    ['the path withholds what this log set', [login], { type: 'xmlhttprequest', cookies: [path] }, yes],
    [
      '… which went elsewhere since',
      [login, entry('me', { cookies: [sent('sid')] })],
      { type: 'xmlhttprequest', cookies: [path] },
      [],
    ],
    [
      '… which went elsewhere since, but this request was refused',
      [login, entry('me', { cookies: [sent('sid')] })],
      { type: 'xmlhttprequest', status: 401, cookies: [path] },
      yes,
    ],
    [
      '… which went elsewhere since, but this one was sent back to the login',
      [login, entry('me', { cookies: [sent('sid')] })],
      { status: 302, location: '/users/sign_in?next=%2F', cookies: [path] },
      yes,
    ],
    [
      '… redirected to a lesson',
      [login, entry('me', { cookies: [sent('sid')] })],
      { status: 302, location: '/lesson/1', cookies: [path] },
      [],
    ],
    [
      '… which went only before it was set again',
      [entry('again', { sets: [set('sid=2')], cookies: [sent('sid')] })],
      { cookies: [path] },
      yes,
    ],
    [
      'a refresh token with a path of its own, beside a session that went',
      [entry('login', { sets: [set('access=1; Path=/'), set('sid=1; Path=/refresh', { as: { path: '/refresh' } })] })],
      { cookies: [withheld('sid', ['NotOnPath'], { path: '/refresh' }), sent('access')] },
      [],
    ],
    [
      'the same without a path of its own',
      [entry('login', { sets: [set('access=1; Path=/'), set('sid=1', { as: { path: '/refresh' } })] })],
      { cookies: [withheld('sid', ['NotOnPath'], { path: '/refresh' }), sent('access')] },
      yes,
    ],
    [
      'a refresh token with a path of its own, on what the access token opens',
      [entry('login', { sets: [set('sid=1; Path=/refresh', { as: { path: '/refresh' } })] })],
      { type: 'xmlhttprequest', authorization: true, cookies: [withheld('sid', ['NotOnPath'], { path: '/refresh' })] },
      [],
    ],
    [
      '… or does not open any more',
      [entry('login', { sets: [set('sid=1; Path=/refresh', { as: { path: '/refresh' } })] })],
      {
        type: 'xmlhttprequest',
        status: 401,
        authorization: true,
        cookies: [withheld('sid', ['NotOnPath'], { path: '/refresh' })],
      },
      [],
    ],
    [
      '… on the page of another host',
      [entry('login', { sets: [set('sid=1; Path=/refresh', { as: { path: '/refresh' } })] })],
      { cookies: [withheld('sid', ['DomainMismatch', 'NotOnPath'], { path: '/refresh' })] },
      [],
    ],
    [
      'a session with a path of its own, where the answer is 401',
      [entry('login', { sets: [set('sid=1; Path=/login', { as: { path: '/login' } })] })],
      { type: 'xmlhttprequest', status: 401, cookies: [withheld('sid', ['NotOnPath'], { path: '/login' })] },
      yes,
    ],
    [
      'a session of another host, where the answer is 401',
      [login],
      { type: 'xmlhttprequest', status: 401, cookies: [withheld('sid', ['DomainMismatch'])] },
      yes,
    ],
    ['… where it is none', [login], { type: 'xmlhttprequest', cookies: [withheld('sid', ['DomainMismatch'])] }, []],
    ['a cookie older than the log on the page itself', [], { cookies: [lax] }, yes],
    ['… on a fetch', [], { type: 'xmlhttprequest', cookies: [lax] }, []],
    ['… on a refused fetch', [], { type: 'xmlhttprequest', status: 403, cookies: [lax] }, yes],
    ['… on the page, beside one that went', [], { cookies: [lax, sent('other')] }, []],
    ['… out of scope', [], { cookies: [path] }, []],
    ['… out of scope, refused, and the only one', [], { status: 401, cookies: [path] }, yes],
    ['… out of scope, refused, one of two', [], { status: 401, cookies: [path, withheld('b', ['NotOnPath'])] }, []],
    ['set under another path', [entry('l', { sets: [set('sid=1', { as: { path: '/x' } })] })], { cookies: [path] }, []],
    [
      'set in another partition',
      [entry('l', { sets: [set('sid=1', { as: { partitionKey: { topLevelSite: 'https://a.test' } } })] })],
      { type: 'xmlhttprequest', cookies: [lax] },
      [],
    ],
  ])('%s', (_name, before, draft, expected) => {
    expect(kinds(feed(...before, entry('x', draft)), 'x')).toEqual(expected)
  })
})

describe('streaming', () => {
  const pending = entry('login', { method: 'POST' })
  const page = entry('page', { type: 'xmlhttprequest', cookies: [withheld('sid', ['SchemefulSameSiteLax'])] })

  it('names the exchanges that changed, and keeps the others as they are', () => {
    const index = new ProblemIndex()
    expect(index.update(pending)).toEqual([])
    expect(index.update(page)).toEqual([])
    expect(index.update(login)).toEqual(['page'])
    const problems = index.problems('page')
    expect(problems).toHaveLength(1)
    expect(index.update(login)).toEqual([])
    expect(index.problems('page')).toBe(problems)
    expect(index.update(pending)).toEqual(['page'])
    expect(index.problems('page')).toEqual([])
  })

  it('takes back what was only a matter of scope once the cookie is in use', () => {
    const lacking = entry('page', { cookies: [withheld('sid', ['NotOnPath'])] })
    const refused = entry('refused', { status: 401, cookies: [withheld('sid', ['NotOnPath'])] })
    const index = feed(login, lacking, refused)
    expect(kinds(index, 'page')).toEqual(['send 0 withheld'])
    expect(index.update(entry('api', { cookies: [sent('sid')] }))).toEqual(['page'])
    expect(kinds(index, 'page')).toEqual([])
    expect(kinds(index, 'refused')).toEqual(['send 0 withheld'])
  })

  it('takes back a refusal without a cookie of its own path, once that path is asked for with it: a refresh token', () => {
    const own = entry('login', { sets: [set('sid=1; Path=/auth', { as: { path: '/auth' } })] })
    const without = (id: string, reason: string) =>
      entry(id, { status: 401, cookies: [withheld('sid', [reason], { path: '/auth' })] })
    const index = feed(own, without('refused', 'NotOnPath'), without('foreign', 'DomainMismatch'))
    expect(kinds(index, 'refused')).toEqual(['send 0 withheld'])
    const renewal = entry('renewal', {
      cookies: [{ ...sent('sid'), cookie: { ...sent('sid').cookie, path: '/auth' } }],
    })
    expect(index.update(renewal)).toEqual(['refused'])
    expect(kinds(index, 'refused')).toEqual([])
    expect(kinds(index, 'foreign')).toEqual(['send 0 withheld'])
  })

  it('clears', () => {
    const index = feed(login, page)
    index.clear()
    expect(index.problems('page')).toEqual([])
    index.update(page)
    expect(index.problems('page')).toEqual([])
  })

  it('ends, whatever the interleaving, in what the final log says', () => {
    const random = seeded(7)
    const names = ['a', 'b', 'c']
    const draft = (): Draft => ({
      type: random() < 0.7 ? 'xmlhttprequest' : 'main_frame',
      status: random() < 0.2 ? 401 : 200,
      sets: names.filter(() => random() < 0.3).map((name) => set(`${name}=1${random() < 0.5 ? '; Path=/' : ''}`)),
      cookies: names.map((name) =>
        random() < 0.4 ? sent(name) : withheld(name, [random() < 0.6 ? 'NotOnPath' : 'SchemefulSameSiteLax']),
      ),
    })
    for (let round = 0; round < 200; round++) {
      const ids = Array.from({ length: 8 }, (_, i) => `e${i}`)
      const final = ids.map((id) => entry(id, draft()))
      const index = feed(...ids.map((id) => entry(id)))
      for (let step = 0; step < 12; step++) index.update(entry(ids[Math.floor(random() * 8)] ?? 'e0', draft()))
      for (const one of [...final].sort(() => random() - 0.5)) index.update(one)
      const fresh = feed(...final)
      for (const id of ids) expect(kinds(index, id)).toEqual(kinds(fresh, id))
    }
  })

  // Were the work to grow with the log, it would not end in the time that a test has.
  it('takes a long log in one go', () => {
    const index = new ProblemIndex()
    for (let i = 0; i < 20_000; i++) {
      const cookies = [i % 2 === 0 ? withheld('sid', ['NotOnPath']) : sent('sid'), withheld('old', ['SecureOnly'])]
      index.update(entry(`r${i}`, { sets: i % 3 === 0 ? [set('sid=1')] : [], cookies }))
    }
    expect(kinds(index, 'r4')).toEqual(['send 1 withheld'])
  })
})

describe('problemsOf', () => {
  it('lists the exchanges with problems in order', () => {
    const base = { url: 'https://shop.test/', initiator: null, frames: [], requestHeaders: [], time: 0 }
    const full = [login, entry('ok'), entry('page', { cookies: [withheld('sid', ['SecureOnly'])] })].map((one) => ({
      ...base,
      ...one.exchange,
      id: one.id,
      verdict: one.verdict,
      observed: [],
    }))
    expect(problemsOf(full)).toEqual([
      { id: 'page', problems: [{ operation: 'send', index: 0, kind: 'withheld', setBy: { id: 'login', index: 0 } }] },
    ])
  })
})

it('a line that is not known yet is no problem; one that stays unknown is', () => {
  const waiting = { operation: 'set', index: 0, agreement: 'predicted', evidence: '' } as const
  const asked = entry('login', { sets: [set('sid=1', { outcome: 'unknown' })] })
  const index = new ProblemIndex()
  index.update({ ...asked, observed: [{ ...waiting, pending: true }] })
  expect(index.problems('login')).toEqual([])
  index.update({ ...asked, observed: [waiting] })
  expect(index.problems('login')).toEqual([{ operation: 'set', index: 0, kind: 'unknown' }])
})

function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1664525 + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

describe('the state of a trip to an identity provider', () => {
  const path = { path: '/signin-oidc' }
  const line = set('.AspNetCore.Correlation.x=N; Path=/signin-oidc', { as: path })
  const begins = entry('begins', { status: 302, sets: [line] })
  const kept = withheld('.AspNetCore.Correlation.x', ['NotOnPath'], path)
  it.each<[string, Draft, boolean]>([
    ['a page that sends to the login', { url: 'https://shop.test/account', status: 302, location: '/login' }, false],
    ['a script that is refused', { type: 'xmlhttprequest', status: 401 }, false],
    ['the return by a form', { url: 'https://shop.test/other', method: 'POST', status: 401 }, true],
    ['the return by a redirect', { url: 'https://shop.test/other?code=c&state=s', status: 401 }, true],
  ])('is missed by the return alone: %s', (_, draft, isProblem) => {
    const index = feed(begins, entry('then', { ...draft, cookies: [kept] }))
    expect(kinds(index, 'then')).toEqual(isProblem ? ['send 0 withheld'] : [])
  })

  it('of a name that says nothing of a state is missed wherever the visitor is turned away', () => {
    const pending = set('mfa_pending=N; Path=/login', { as: { path: '/login' } })
    const refused = {
      status: 302,
      location: '/login',
      cookies: [withheld('mfa_pending', ['NotOnPath'], { path: '/login' })],
    }
    const index = feed(entry('a', { sets: [pending] }), entry('b', refused))
    expect(kinds(index, 'b')).toEqual(['send 0 withheld'])
  })
})
