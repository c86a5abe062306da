import { describe, expect, it } from 'vitest'
import type { Agreement, JudgeOptions, StoredCookie } from '../contract.ts'
import { cookieOf, crossSite, exchangeOf, now, type RequestRow } from '../rules/testing.ts'
import { applyVerdict } from './apply-verdict.ts'
import { judge } from './judge.ts'
import { reconcile, type StoreChange, type StoreEvidence } from './reconcile.ts'

const stored = (cookie: Partial<StoredCookie>): StoreChange => ({
  removed: false,
  cause: 'explicit',
  cookie: cookieOf({ path: '/account', value: '1', ...cookie }),
  time: now,
})
const removed = (cause: string, cookie: Partial<StoredCookie> = {}): StoreChange => ({
  ...stored(cookie),
  removed: true,
  cause,
})

interface Row extends RequestRow {
  changes?: StoreChange[]
  /** null: not known. Default: as the verdict has it. */
  after?: StoredCookie[] | null
  settled?: boolean
  cut?: boolean
}
const observe = ({ changes = [], after, settled = true, cut = false, ...row }: Row, ...lines: string[]) => {
  const exchange = exchangeOf(row)
  exchange.responseHeaders = lines.map((value) => ({ name: 'Set-Cookie', value }))
  const { jar = [], thirdPartyCookies } = row
  const options: JudgeOptions = { browser: 'chromium', jar, ...(thirdPartyCookies && { thirdPartyCookies }) }
  const verdict = judge(exchange, options)
  const jarAfter = after === undefined ? applyVerdict(jar, verdict) : after
  const evidence: StoreEvidence = { changes, jarBefore: jar, jarAfter, settled, cut }
  return reconcile(exchange, verdict, evidence, 'chromium')
}
const setOf = (row: Row, ...lines: string[]): [Agreement, string][] =>
  observe(row, ...lines).flatMap(({ operation, agreement, evidence }) =>
    operation === 'set' ? [[agreement, evidence]] : [],
  )

const open = { settled: false, after: null } as const
const waiting = [['predicted', 'the store has not answered yet']]
const tooNear = [['predicted', 'another write of the same cookie came too near to tell them apart']]
const kept = cookieOf({ path: '/account', value: 'old' })

describe('a line that is stored', () => {
  it('is confirmed by the store’s event, settled or not', () => {
    for (const row of [{}, open]) {
      expect(setOf({ ...row, changes: [stored({})] }, 'sid=1')).toEqual([['confirmed', 'the store has it']])
    }
  })

  it('is not confirmed by the store alone: the browser tells of each write', () => {
    expect(setOf({}, 'sid=1')).toEqual([['predicted', 'the store has it, but who wrote it was not seen']])
    expect(observe({}, 'sid=1')[0]?.cookie).toMatchObject({ name: 'sid', path: '/account' })
    const same = { ...kept, value: '1' }
    expect(setOf({ jar: [same], after: [same] }, 'sid=1')).toEqual([
      ['unexplained', 'the store has had it from before and was not written, and no rule says why'],
    ])
  })

  it('is only predicted where the write may be another’s', () => {
    const doubtful = { ...stored({}), doubtful: true }
    expect(setOf({ changes: [doubtful] }, 'sid=1')).toEqual(tooNear)
    expect(setOf({ ...open, changes: [doubtful] }, 'sid=1')).toEqual(waiting)
    expect(setOf({ changes: [doubtful, stored({ secure: true })] }, 'sid=1')).toEqual(tooNear)
    expect(setOf({ changes: [doubtful, stored({})] }, 'sid=1')).toEqual([['confirmed', 'the store has it']])
    // Its time is not this line's.
    expect(
      setOf({ changes: [stored({ session: false, expirationDate: now / 1000 + 90 })] }, 'sid=1; Max-Age=60'),
    ).toEqual(tooNear)
  })

  it('stays open where recording ended first', () => {
    const words = 'recording ended before the store had answered'
    for (const line of ['sid=1', 'sid=; Max-Age=0', 'sid=1; SameSite=None'])
      expect(setOf({ ...open, cut: true }, line)).toEqual([['predicted', words]])
    expect(observe({ ...open, cut: true }, 'sid=1')[0]?.pending).toBeUndefined()
    expect(setOf({ ...open, cut: true, changes: [stored({})] }, 'sid=1')[0]?.[0]).toBe('confirmed')
  })

  it('waits until the store has answered', () => {
    expect(setOf(open, 'sid=1')).toEqual(waiting)
    expect(setOf({ settled: false }, 'sid=1')).toEqual(waiting)
    expect(setOf({ after: null }, 'sid=1')).toEqual(waiting)
  })

  it.each<[string, Row]>([
    ['nothing came', { after: [] }],
    ['another value', { after: [kept], changes: [stored({ value: '2' })] }],
    ['another path', { after: [], changes: [stored({ path: '/' })] }],
    ['a domain cookie', { after: [], changes: [stored({ domain: '.shop.test', hostOnly: false })] }],
    ['another partition', { after: [], changes: [stored({ partitionKey: { topLevelSite: 'https://a.test' } })] }],
    ['only a removal', { after: [], changes: [removed('overwrite')] }],
  ])('is unexplained where it never appeared: %s', (_what, row) => {
    expect(setOf(row, 'sid=1')).toEqual([['unexplained', 'never appeared in the store, and no rule says why']])
  })

  it('is contradicted by other flags than predicted, and shows what was seen', () => {
    const seen = stored({ secure: true, httpOnly: true })
    expect(observe({ after: [], changes: [seen] }, 'sid=1')[0]).toEqual({
      operation: 'set',
      index: 0,
      agreement: 'contradicted',
      evidence: 'the store has it, but with another secure, httpOnly',
      cookie: seen.cookie,
    })
    expect(setOf({ after: [], changes: [stored({ expirationDate: 1 })] }, 'sid=1')[0]?.[1]).toContain('session')
    expect(setOf({ after: [], changes: [stored({ sameSite: 'lax' })] }, 'sid=1')[0]?.[1]).toContain('sameSite')
  })

  it('is compared as bytes', () => {
    expect(setOf({ after: [], changes: [stored({ value: 'caf\u00e9' })] }, 'sid=caf\u00c3\u00a9')[0]?.[0]).toBe(
      'confirmed',
    )
  })

  it('may be replaced by a later line', () => {
    const later = [['predicted', 'a later line of this response writes the same cookie']]
    expect(setOf({ changes: [stored({ value: '2' })] }, 'sid=1', 'sid=2')).toEqual([
      ...later,
      ['confirmed', 'the store has it'],
    ])
    expect(setOf({ after: [] }, 'sid=1', 'sid=; Max-Age=0')[0]).toEqual(later[0])
    // A blocked line replaces nothing.
    expect(setOf({ after: [] }, 'sid=1', 'sid=2; SameSite=None')[0]?.[0]).toBe('unexplained')
    // Each of two lines of one value has its own flags.
    const changes = [stored({ httpOnly: true }), removed('overwrite'), stored({})]
    expect(setOf({ changes }, 'sid=1; HttpOnly', 'sid=1').map(([agreement]) => agreement)).toEqual([
      'confirmed',
      'confirmed',
    ])
    expect(setOf({ changes: [stored({})] }, 'sid=1; HttpOnly', 'sid=1')).toEqual([
      ...later,
      ['confirmed', 'the store has it'],
    ])
  })
})

describe('a line that removes', () => {
  const line = 'sid=; Max-Age=0'
  it.each<[string, Row, Agreement, string]>([
    [
      'what was there',
      { jar: [kept], changes: [removed('expired_overwrite', { value: 'old' })] },
      'confirmed',
      'the store removed it',
    ],
    [
      'what another removed',
      { jar: [kept], changes: [{ ...removed('explicit', { value: 'old' }), doubtful: true }] },
      'predicted',
      'another write of the same cookie came too near to tell them apart',
    ],
    ['unseen', { jar: [kept] }, 'predicted', 'the store has it no more, but who removed it was not seen'],
    ['what was not', {}, 'confirmed', 'the store had no such cookie, and has none now'],
    ['what stays', { jar: [kept], after: [kept] }, 'contradicted', 'the store still has it'],
    ['another path', { jar: [cookieOf()] }, 'confirmed', 'the store had no such cookie, and has none now'],
    ['before the store has answered', { ...open, jar: [kept] }, 'predicted', 'the store has not answered yet'],
    [
      'seen at once',
      { ...open, jar: [kept], changes: [removed('expired_overwrite')] },
      'confirmed',
      'the store removed it',
    ],
    // Writing anew begins with a removal too.
    [
      'not by a write',
      { ...open, jar: [kept], changes: [removed('overwrite')] },
      'predicted',
      'the store has not answered yet',
    ],
  ])('%s', (_what, row, agreement, evidence) => expect(setOf(row, line)).toEqual([[agreement, evidence]]))

  it('may be followed by one that sets', () => {
    expect(setOf({ jar: [kept], changes: [stored({ value: 'new' })] }, line, 'sid=new')).toEqual([
      ['predicted', 'a later line of this response writes the same cookie'],
      ['confirmed', 'the store has it'],
    ])
  })
})

describe('a line that is blocked', () => {
  const line = 'sid=1; SameSite=None'
  it.each<[string, Row, string, Agreement, string]>([
    ['nothing came', {}, line, 'confirmed', 'never appeared in the store'],
    ['the older one stays', { jar: [kept] }, line, 'confirmed', 'the store kept the cookie it had before'],
    [
      'the older one has the same value',
      { jar: [cookieOf({ path: '/account', value: '1' })] },
      line,
      'confirmed',
      'the store kept the cookie it had before',
    ],
    [
      'the line is no cookie',
      { jar: [kept] },
      'sid=1; Domain=x',
      'confirmed',
      'the store kept the cookie it had before',
    ],
    [
      'an older one elsewhere',
      { jar: [{ ...kept, domain: 'other.test' }] },
      'sid=1; Domain=x',
      'confirmed',
      'never appeared in the store',
    ],
    [
      'a deletion',
      { jar: [kept] },
      'sid=; Max-Age=0; Domain=x',
      'confirmed',
      'the store kept the cookie it had before',
    ],
    ['not yet', open, line, 'predicted', 'the store has not answered yet'],
    ['the store is not known', { after: null }, line, 'predicted', 'the store has not answered yet'],
    [
      'it came all the same',
      { changes: [stored({ sameSite: 'no_restriction' })] },
      line,
      'contradicted',
      'the store has it all the same',
    ],
    ['it came at once', { ...open, changes: [stored({})] }, line, 'contradicted', 'the store has it all the same'],
    [
      'it came, somewhere on the site',
      { changes: [stored({ domain: '.shop.test', hostOnly: false })] },
      'sid=1; Domain=x',
      'contradicted',
      'the store has it all the same',
    ],
    [
      'it came, perhaps by another',
      { changes: [{ ...stored({ sameSite: 'no_restriction' }), doubtful: true }] },
      line,
      'predicted',
      'another write of the same cookie came too near to tell them apart',
    ],
    ['another value came', { changes: [stored({ value: '2' })] }, line, 'confirmed', 'never appeared in the store'],
    [
      'another site’s came',
      { changes: [stored({ domain: 'other.test' })] },
      'sid=1; Domain=x',
      'confirmed',
      'never appeared in the store',
    ],
  ])('%s', (_what, row, text, agreement, evidence) => expect(setOf(row, text)).toEqual([[agreement, evidence]]))

  it('is not contradicted by what another line stores', () => {
    const row = { changes: [stored({})] }
    expect(setOf(row, 'sid=1; Domain=x', 'sid=1').map(([agreement]) => agreement)).toEqual(['confirmed', 'confirmed'])
    expect(setOf(row, 'sid=1', line).map(([agreement]) => agreement)).toEqual(['confirmed', 'confirmed'])
    // Nor did the store keep what that other line has written over.
    expect(setOf({ jar: [kept] }, line, 'sid=2')[0]).toEqual(['confirmed', 'never appeared in the store'])
  })
})

it('leaves an open line open', () => {
  const row = { ...crossSite, thirdPartyCookies: 'unknown' } as const
  expect(setOf(row, 'sid=1; SameSite=None; Secure')).toEqual([['predicted', 'not certain: see what is missing']])
})

describe('a cookie of the jar', () => {
  const sent = (row: RequestRow): [string, Agreement, string][] => {
    const exchange = exchangeOf(row)
    const verdict = judge(exchange, { browser: 'chromium', jar: row.jar ?? [] })
    const evidence = { changes: [], jarBefore: [], jarAfter: null, settled: false }
    return reconcile(exchange, verdict, evidence, 'chromium').map(({ operation, index, agreement, evidence: text }) => {
      expect(operation).toBe('send')
      return [verdict.cookies[index]?.cookie.name ?? '', agreement, text]
    })
  }
  const fine = cookieOf({ name: 'fine', value: '1' })
  const deep = cookieOf({ name: 'deep', value: '2', path: '/x' })
  const header = (Cookie: string): RequestRow => ({ requestHeaders: { Accept: '*/*', ...(Cookie && { Cookie }) } })

  it.each<[string, StoredCookie, string, Agreement, string]>([
    ['sent, and there', fine, 'fine=1', 'confirmed', 'it is in the Cookie header'],
    ['sent, among others', fine, 'a=b; fine=1; c', 'confirmed', 'it is in the Cookie header'],
    ['sent, and not there', fine, '', 'contradicted', 'it is not in the Cookie header'],
    ['sent, another value', fine, 'fine=12', 'contradicted', 'it is not in the Cookie header'],
    ['sent, another name', fine, 'xfine=1', 'contradicted', 'it is not in the Cookie header'],
    ['withheld, and not there', deep, 'fine=1', 'confirmed', 'it is not in the Cookie header'],
    ['withheld, and there', deep, 'deep=2', 'contradicted', 'it is in the Cookie header all the same'],
    ['without a name', cookieOf({ name: '', value: 'x' }), 'x', 'confirmed', 'it is in the Cookie header'],
    ['with = in its value', cookieOf({ name: 'a', value: 'b=c' }), 'a=b=c', 'confirmed', 'it is in the Cookie header'],
    [
      'as text',
      cookieOf({ name: 'a', value: 'caf\u00e9' }),
      'a=caf\u00c3\u00a9',
      'confirmed',
      'it is in the Cookie header',
    ],
    [
      'as text, beside bytes',
      cookieOf({ name: 'a', value: '\u20ac' }),
      'b=\u00ff; a=\u00e2\u0082\u00ac',
      'confirmed',
      'it is in the Cookie header',
    ],
    ['as bytes', cookieOf({ name: 'a', value: '\u00ff' }), 'a=\u00ff', 'confirmed', 'it is in the Cookie header'],
  ])('%s', (_what, cookie, text, agreement, evidence) => {
    expect(sent({ ...header(text), jar: [cookie] })).toEqual([[cookie.name, agreement, evidence]])
  })

  it('is only predicted where no header was seen', () => {
    expect(sent({ jar: [fine] })).toEqual([['fine', 'predicted', 'the request headers were not seen']])
  })

  it('that is open stays so, with what was seen', () => {
    const row = { initiator: 'https://other.test', method: 'POST', jar: [fine] }
    expect(sent({ ...row, ...header('') })).toEqual([['fine', 'predicted', 'it is not in the Cookie header']])
    expect(sent({ ...row, ...header('fine=1') })).toEqual([['fine', 'predicted', 'it is in the Cookie header']])
  })

  it('shares a pair of the header with none of the same name and value', () => {
    const twin = { ...fine, path: '/x' }
    expect(sent({ ...header('fine=1'), jar: [twin, fine] })).toEqual([
      ['fine', 'confirmed', 'it is not in the Cookie header'],
      ['fine', 'confirmed', 'it is in the Cookie header'],
    ])
    expect(sent({ ...header('fine=1; fine=1'), jar: [twin, fine] })[0]?.[1]).toBe('contradicted')
    const both = [fine, { ...fine, domain: '.shop.test', hostOnly: false }]
    expect(sent({ ...header('fine=1'), jar: both }).map(([, agreement]) => agreement)).toEqual([
      'confirmed',
      'contradicted',
    ])
    expect(sent({ ...header('fine=1; fine=1'), jar: both }).map(([, agreement]) => agreement)).toEqual([
      'confirmed',
      'confirmed',
    ])
  })
})

it('says no cookie’s value', () => {
  const secret = cookieOf({ value: 'hush-hush', path: '/account' })
  const lines = ['sid=hush-hush', 'sid=hush-hush; SameSite=None', 'x=hush-hush; Domain=x', 'sid=hush-hush; Max-Age=0']
  for (const after of [[], [secret], null]) {
    for (const { evidence } of observe({ jar: [secret], after, requestHeaders: { Cookie: 'sid=hush-hush' } }, ...lines))
      expect(evidence).not.toContain('hush')
  }
})

describe('a store that is too full', () => {
  const secure = Array.from({ length: 180 }, (_, index) => cookieOf({ name: `s${index}`, secure: true, creation: now }))
  const taken = 'the store took it, and deleted it at once to make room'
  const both = [stored({}), removed('evicted')]

  it('confirms a line whose cookie it takes and deletes at once', () => {
    for (const row of [{}, open])
      expect(setOf({ ...row, jar: secure, changes: both }, 'sid=1')).toEqual([['confirmed', taken]])
    expect(setOf({ jar: secure }, 'sid=1')).toEqual([['confirmed', 'the store does not have it']])
  })

  it('waits between the two', () => {
    expect(setOf({ ...open, jar: secure, changes: [stored({})] }, 'sid=1')).toEqual(waiting)
  })

  it('contradicts it where the cookie stays', () => {
    const after = [cookieOf({ path: '/account', value: '1' })]
    expect(setOf({ jar: secure, after, changes: [stored({})] }, 'sid=1')[0]?.[0]).toBe('contradicted')
  })

  it('confirms a stored line all the same where a later cookie pushes it out', () => {
    expect(setOf({ after: [], changes: both }, 'sid=1')).toEqual([
      ['confirmed', 'the store took it, and deleted it to make room'],
    ])
  })

  it('leaves a line alone whose older cookie of the same name it deletes', () => {
    const jar = [...secure.slice(1), cookieOf({ name: 'old', path: '/account', value: '0' })]
    const gone = removed('evicted', { name: 'old', value: '0' })
    expect(setOf({ jar, after: secure, changes: [gone] }, 'old=1; SameSite=None')).toEqual([
      ['confirmed', 'never appeared in the store'],
    ])
    expect(setOf({ jar, changes: [gone, stored({ secure: true })] }, 'sid=1; Secure')).toEqual([
      ['confirmed', 'the store has it'],
    ])
  })
})
