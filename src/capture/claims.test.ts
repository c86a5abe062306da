import { describe, expect, it } from 'vitest'
import { openTime } from './claims.ts'
import { settleTime } from './correlate.ts'
import {
  completed,
  cookie,
  hop,
  jar,
  lines,
  removed,
  request,
  response,
  Session,
  start,
  stored,
} from './event-table.ts'

/** What other tabs, scripts and extensions do to the same cookies: each session is told in an order that the browser may choose. */

const page = hop('1', 'https://app.test/login', 0)
const answered = { ...page, time: start + 10 }
const second = hop('2', 'https://app.test/other', 1)
const secondAnswered = { ...second, time: start + 11 }
const over = (pair: string, time: number) => removed(cookie(pair), time, 'overwrite')
const tooNear = 'another write of the same cookie came too near to tell them apart'

const end = (session: Session): { said: string[]; why: (string | undefined)[]; writes: string[] } => {
  while (session.correlator.nextSettle !== null) session.settle()
  return {
    said: session.log.flatMap(lines),
    why: session.log.flatMap(({ observed }) =>
      observed.filter(({ operation }) => operation === 'set').map(({ evidence }) => evidence),
    ),
    writes: session.writes.map((write) => `${write.removed ? '-' : '+'}${write.cookie.name}=${write.cookie.value}`),
  }
}
/** A login of this tab, and what the store tells then. */
const login = (line: string, ...events: Parameters<Session['take']>) =>
  new Session().take(jar(), request(page), response(answered, [line]), ...events)

describe('another tab that sets the same cookie at once', () => {
  it('with another value is told apart', () => {
    for (const [first, next] of [
      ['1', '2'],
      ['2', '1'],
    ]) {
      const session = login('sid=1', stored(cookie(`sid=${first}`), 12), over(`sid=${first}`, 12))
      expect(end(session.take(stored(cookie(`sid=${next}`), 12)))).toMatchObject({
        said: ['sid stored confirmed'],
        writes: ['+sid=2'],
      })
    }
  })

  it('with the same value is not', () => {
    const session = login('sid=1', stored(cookie('sid=1'), 12), over('sid=1', 13), stored(cookie('sid=1'), 13))
    expect(end(session)).toEqual({ said: ['sid stored predicted'], why: [tooNear], writes: ['+sid=1'] })
  })

  it('with the same value before our response came is told apart by the order', () => {
    const session = new Session().take(jar(), request(page), stored(cookie('sid=1'), 9), response(answered, ['sid=1']))
    expect(end(session.take(over('sid=1', 12), stored(cookie('sid=1'), 12)))).toMatchObject({
      said: ['sid stored confirmed'],
      writes: ['+sid=1'],
    })
  })

  it('with the same value, and we not, is no proof of ours', () => {
    const early = new Session().take(jar(), request(page), stored(cookie('sid=1'), 9), response(answered, ['sid=1']))
    expect(end(early)).toMatchObject({ said: ['sid stored predicted'], why: [tooNear] })
    expect(end(login('sid=1', stored(cookie('sid=1'), 900)))).toMatchObject({
      said: ['sid stored predicted'],
      why: [tooNear],
    })
  })

  it('long after is a write of its own', () => {
    const session = login('sid=1', stored(cookie('sid=1'), 12), over('sid=1', 600), stored(cookie('sid=1'), 600))
    expect(end(session)).toMatchObject({ said: ['sid stored confirmed'], writes: ['+sid=1'] })
    const gone = login('sid=1', stored(cookie('sid=1'), 12)).settle()
    gone.take(removed(cookie('sid=1'), 3_000, 'explicit'))
    expect(end(gone)).toMatchObject({ said: ['sid stored confirmed'], writes: ['-sid=1'] })
  })

  it('with other flags is told apart, in whatever order', () => {
    const own = stored(cookie('sid=1', { httpOnly: true }), 12)
    const script = stored(cookie('sid=1'), 12)
    for (const events of [
      [own, over('sid=1', 12), script],
      [script, over('sid=1', 12), own],
    ])
      expect(end(login('sid=1; HttpOnly', ...events)).said).toEqual(['sid stored confirmed'])
    expect(end(login('sid=1; HttpOnly', script)).said).toEqual(['sid stored contradicted'])
  })

  it('with another time to live is told apart', () => {
    const expires = (seconds: number) => ({ session: false, expirationDate: (start + 10) / 1000 + seconds })
    const own = stored(cookie('sid=1', expires(60)), 12)
    const other = stored(cookie('sid=1', expires(3600)), 12)
    expect(end(login('sid=1; Max-Age=60', other, over('sid=1', 12), own))).toMatchObject({
      said: ['sid stored confirmed'],
      writes: ['+sid=1'],
    })
    expect(end(login('sid=1; Max-Age=60', other)).said).toEqual(['sid stored predicted'])
  })

  it('does not contradict a line that was blocked, where that tab writes other cookies too', () => {
    const same = stored(cookie('sid=1', { sameSite: 'no_restriction' }), 12)
    expect(end(login('sid=1; SameSite=None', same)).said).toEqual(['sid blocked SameSiteNoneInsecure contradicted'])
    const both = login('sid=1; SameSite=None', same, stored(cookie('theirs=1'), 12))
    expect(end(both)).toMatchObject({ said: ['sid blocked SameSiteNoneInsecure predicted'], why: [tooNear] })
    // A cookie that differs from what the line would have made is nobody's proof.
    expect(end(login('sid=1; SameSite=None', stored(cookie('sid=1'), 12)))).toMatchObject({
      said: ['sid blocked SameSiteNoneInsecure predicted'],
    })
  })

  it('where it could be ours or its, leaves a line open', () => {
    const api = hop('1', 'https://api.app.test/me', 0)
    const fetched = () =>
      new Session().take(
        jar(),
        request(api, null, { 'Sec-Fetch-Mode': 'cors', 'Sec-Fetch-Site': 'same-site' }),
        response({ ...api, time: start + 10 }, ['sid=1']),
        stored(cookie('sid=1', { domain: 'api.app.test' }), 12),
      )
    expect(end(fetched()).said).toEqual(['sid stored confirmed'])
    const among = fetched()
    among.correlator.setOtherSites(new Set(['app.test']), Number.POSITIVE_INFINITY)
    expect(end(among).said).toEqual(['sid unknown CredentialsOmitted predicted'])
    const blocked = login('sid=1; SameSite=None', stored(cookie('sid=1', { sameSite: 'no_restriction' }), 12))
    blocked.correlator.setOtherSites(new Set(['app.test']), Number.POSITIVE_INFINITY)
    expect(end(blocked)).toMatchObject({ said: ['sid blocked SameSiteNoneInsecure predicted'], why: [tooNear] })
  })

  it('counts that tab also when it has been closed since', () => {
    const write = stored(cookie('sid=1', { sameSite: 'no_restriction' }), 12)
    const closed = login('sid=1; SameSite=None', write, completed(page, 20))
    for (const sites of [['app.test'], []]) closed.correlator.setOtherSites(new Set(sites), Number.POSITIVE_INFINITY)
    expect(end(closed)).toMatchObject({ said: ['sid blocked SameSiteNoneInsecure predicted'], why: [tooNear] })
  })

  it('takes back what it said of a line when it hears late that it was not alone', () => {
    const write = stored(cookie('sid=1', { sameSite: 'no_restriction' }), 12)
    const late = login('sid=1; SameSite=None', write).settle()
    expect(late.log.flatMap(lines)).toEqual(['sid blocked SameSiteNoneInsecure contradicted'])
    late.correlator.setOtherSites(new Set(['app.test']), Number.POSITIVE_INFINITY)
    expect(end(late)).toMatchObject({ said: ['sid blocked SameSiteNoneInsecure predicted'], why: [tooNear] })
  })

  it('does not tell credentials', () => {
    const api = hop('1', 'https://api.app.test/me', 0)
    const fetched = new Session().take(
      jar(),
      request(api, null, { 'Sec-Fetch-Mode': 'cors', 'Sec-Fetch-Site': 'same-site' }),
      response({ ...api, time: start + 10 }, ['sid=1']),
    )
    const mine = cookie('sid=1', { domain: 'api.app.test' })
    fetched.take(stored(mine, 12), removed(mine, 13, 'overwrite'), stored(mine, 13))
    expect(end(fetched).said).toEqual(['sid unknown CredentialsOmitted predicted'])
  })
})

describe('two responses of this tab that set the same cookie at once', () => {
  const both = (first: string, next: string, ...events: Parameters<Session['take']>) =>
    new Session().take(
      jar(),
      request(page),
      request(second),
      response(answered, [first]),
      response(secondAnswered, [next]),
      ...events,
    )

  it('have a write each', () => {
    const session = both('sid=1', 'sid=1', stored(cookie('sid=1'), 12))
    expect(session.log.flatMap(lines)).toEqual(['sid stored predicted', 'sid stored predicted'])
    session.take(over('sid=1', 12), stored(cookie('sid=1'), 12))
    expect(end(session)).toMatchObject({ said: ['sid stored confirmed', 'sid stored confirmed'], writes: [] })
  })

  it('are both uncertain where only one was written', () => {
    expect(end(both('sid=1', 'sid=1', stored(cookie('sid=1'), 12)))).toEqual({
      said: ['sid stored predicted', 'sid stored predicted'],
      why: [tooNear, tooNear],
      writes: [],
    })
  })

  it('are both uncertain where another tab writes it too', () => {
    const session = both('sid=1', 'sid=1', ...[12, 13, 14].map((time) => stored(cookie('sid=1'), time)))
    expect(end(session)).toEqual({
      said: ['sid stored predicted', 'sid stored predicted'],
      why: [tooNear, tooNear],
      writes: ['+sid=1'],
    })
  })

  it('with values of their own are told apart, and one that was not written is', () => {
    expect(
      end(both('sid=1', 'sid=2', stored(cookie('sid=2'), 12), over('sid=2', 12), stored(cookie('sid=1'), 12))),
    ).toMatchObject({ said: ['sid stored confirmed', 'sid stored confirmed'], writes: [] })
    expect(end(both('sid=1', 'sid=2', stored(cookie('sid=2'), 12))).said).toEqual([
      'sid stored unexplained',
      'sid stored confirmed',
    ])
  })

  it('are each their own where one is to be blocked', () => {
    expect(end(both('sid=1; Domain=x', 'sid=1', stored(cookie('sid=1'), 12))).said).toEqual([
      'sid blocked InvalidDomain confirmed',
      'sid stored confirmed',
    ])
  })

  it('may be a deletion and a write', () => {
    const there = jar(cookie('sid=0'))
    const session = new Session().take(
      there,
      request(page, 'sid=0'),
      request(second, 'sid=0'),
      response(answered, ['sid=; Max-Age=0']),
      response(secondAnswered, ['sid=1']),
      removed(cookie('sid=0'), 12),
      stored(cookie('sid=1'), 12),
    )
    expect(end(session)).toMatchObject({ said: ['sid removed confirmed', 'sid stored confirmed'], writes: [] })
  })
})

describe('lines of one response', () => {
  it('have a write each, of one value or several', () => {
    const session = new Session().take(jar(), request(page), response(answered, ['sid=1', 'sid=1', 'sid=2']))
    session.take(stored(cookie('sid=1'), 12), stored(cookie('sid=1'), 12), stored(cookie('sid=2'), 12))
    expect(end(session)).toMatchObject({
      said: ['sid stored confirmed', 'sid stored confirmed', 'sid stored confirmed'],
      writes: [],
    })
  })
})

describe('a script', () => {
  it('that writes what was deleted anew contradicts nothing', () => {
    const session = new Session().take(
      jar(cookie('sid=0')),
      request(page, 'sid=0'),
      response(answered, ['sid=; Max-Age=0']),
    )
    session.take(removed(cookie('sid=0'), 12), stored(cookie('sid=js'), 60))
    expect(end(session)).toMatchObject({ said: ['sid removed confirmed'], writes: ['+sid=js'] })
    const nothing = login('sid=; Max-Age=0', stored(cookie('sid=js'), 60))
    expect(end(nothing)).toMatchObject({ said: ['sid removed predicted'], writes: ['+sid=js'] })
  })

  it('that deletes it first leaves the line nothing to delete', () => {
    const session = new Session().take(
      jar(cookie('sid=0')),
      request(page, 'sid=0'),
      response(answered, ['sid=; Max-Age=0']),
    )
    expect(end(session.take(removed(cookie('sid=0'), 12, 'explicit')))).toMatchObject({
      said: ['sid removed predicted'],
      writes: ['-sid=0'],
    })
  })

  it('that rewrites a cookie does not stand for a line that wrote nothing', () => {
    const session = new Session().take(jar(cookie('sid=1')), request(page, 'sid=1'), response(answered, ['sid=1']))
    expect(end(session).said).toEqual(['sid stored unexplained'])
  })
})

describe('a write that no response made', () => {
  it('is told once, with its time and cause, when no response can claim it any more', () => {
    const session = new Session().take(jar(), request(page, ''), stored(cookie('js=1'), 30))
    expect(session.writes).toEqual([])
    expect(session.correlator.nextSettle).toBe(start + 30 + settleTime)
    while (session.correlator.nextSettle !== null) session.settle()
    expect(session.writes).toEqual([
      {
        id: 'write-1',
        time: start + 30,
        removed: false,
        cause: 'explicit',
        cookie: { ...cookie('js=1'), creation: start + 30 },
      },
    ])
    expect(end(session.take(response(answered))).writes).toHaveLength(1)
  })

  it('concerns the sites that the tab has dealt with', () => {
    const session = new Session().take(
      jar(),
      stored(cookie('a=1', { domain: 'other.test' }), 5),
      stored(cookie('b=1'), 5),
    )
    expect(end(session).writes).toEqual([])
    session.correlator.setPage('https://www.other.test/')
    session.take(request(page), stored(cookie('a=2', { domain: 'other.test' }), 15), stored(cookie('b=2'), 15))
    expect(end(session).writes).toEqual(['+a=2', '+b=2'])
    session.correlator.clear(start + 900)
    session.take(
      stored(cookie('a=3', { domain: 'other.test' }), 790),
      stored(cookie('a=4', { domain: 'other.test' }), 910),
    )
    expect(end(session.take(stored(cookie('b=3'), 915))).writes).toEqual(['+a=2', '+b=2', '+a=4'])
  })

  it('is told at once when recording stops', () => {
    const session = new Session().take(jar(), request(page), response(answered, ['sid=1']), stored(cookie('js=1'), 12))
    expect(end(session.stop())).toEqual({
      said: ['sid stored predicted'],
      why: ['recording ended before the store had answered'],
      writes: ['+js=1'],
    })
    expect(session.correlator.nextSettle).toBeNull()
  })
})

describe('a store that takes long', () => {
  const twenty = Array.from({ length: 20 }, (_, index) => `c${index}=1`)

  it('writes before the response ends', () => {
    const session = login('sid=1', stored(cookie('sid=1'), 1_100))
    expect(session.log.flatMap(lines)).toEqual(['sid stored predicted'])
    session.settle()
    expect(end(session.take(completed(page, 1_150)))).toMatchObject({ said: ['sid stored confirmed'], writes: [] })
    expect(end(login('sid=1', completed(page, 1_150), stored(cookie('sid=1'), 1_160)))).toMatchObject({
      said: ['sid stored confirmed'],
      writes: [],
    })
  })

  it('and is heard late: what came before the end in the queue happened before it', () => {
    const session = login('sid=1', stored(cookie('sid=1'), 1_900), completed(page, 900))
    expect(end(session)).toMatchObject({ said: ['sid stored confirmed'], writes: [] })
  })

  it('is not asked about a write that is other than the line', () => {
    const session = login('sid=1', stored(cookie('sid=1', { httpOnly: true }), 1_100), completed(page, 1_150))
    expect(end(session)).toMatchObject({ said: ['sid stored predicted'], why: [tooNear] })
  })

  it('nor about two writes of one line', () => {
    const both = [stored(cookie('sid=1'), 1_100), over('sid=1', 1_120), stored(cookie('sid=1'), 1_120)]
    expect(end(login('sid=1', ...both, completed(page, 1_150)))).toMatchObject({ said: ['sid stored predicted'] })
  })

  it('is waited for until it is known which sites other tabs are on', () => {
    const blocked = login('sid=1; SameSite=None', completed(page, 20))
    blocked.correlator.awaitOtherSites()
    expect(blocked.correlator.nextSettle).toBeNull()
    blocked.correlator.settle(start + 9_000)
    expect(blocked.log.flatMap(lines)).toEqual(['sid blocked SameSiteNoneInsecure predicted'])
    blocked.correlator.setOtherSites(new Set(), answered.time)
    blocked.correlator.settle(start + 9_000)
    expect(blocked.log.flatMap(lines)).toEqual(['sid blocked SameSiteNoneInsecure confirmed'])
  })

  it('is waited for, but not for ever where a response does not end', () => {
    const session = login('sid=1')
    expect(session.correlator.nextSettle).toBe(answered.time + openTime)
    expect(end(session).said).toEqual(['sid stored unexplained'])
    expect(end(session.take(stored(cookie('sid=1'), 6_000), completed(page, 6_100))).said).toEqual([
      'sid stored unexplained',
    ])
  })

  it('costs a response of many lines no judgement for each', () => {
    const session = new Session().take(jar(), request(page), response(answered, twenty))
    const told = twenty.map((pair) => session.correlator.update([stored(cookie(pair), 12)], start + 12).hops.size)
    expect(told).toEqual([...Array(19).fill(0), 1])
    expect(session.log.flatMap(lines)).toEqual(twenty.map((_, index) => `c${index} stored confirmed`))
  })
})

describe('a queue of events', () => {
  it('says of nothing that it never came, as long as it may be in there', () => {
    const session = new Session()
    const busy = (time: number) =>
      session.correlator.update([request(hop(`${time}`, 'https://app.test/x', time))], start + 9_000)
    session.take(jar(), request(page), response(answered, ['sid=1']))
    busy(20)
    expect(session.correlator.nextSettle).toBeGreaterThan(start + 9_000)
    session.correlator.settle(start + 9_001)
    expect(session.log.flatMap(lines)).toEqual(['sid stored predicted'])
    session.correlator.update([stored(cookie('sid=1'), 21)], start + 9_010)
    expect(session.log.flatMap(lines)).toEqual(['sid stored confirmed'])
  })

  it('settles what it has passed', () => {
    const session = new Session().take(jar(), request(page), response(answered, ['sid=1']), completed(page, 20))
    session.correlator.update([request(hop('9', 'https://app.test/x', 2_000))], start + 9_000)
    session.correlator.settle(start + 9_001)
    expect(session.log.flatMap(lines)).toEqual(['sid stored unexplained'])
  })
})
