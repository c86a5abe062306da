import { describe, expect, it } from 'vitest'
import { cameTooNear } from './by-header.ts'
import { settleTime } from './correlate.ts'
import {
  completed,
  cookie,
  failed,
  hop,
  jar,
  lines,
  removed,
  request,
  response,
  Session,
  sent,
  start,
  stored,
} from './event-table.ts'

describe('the store and a response', () => {
  const page = hop('1', 'https://app.test/login', 0)
  const answered = { ...page, time: start + 10 }

  it('agree as soon as the store says so', () => {
    const session = new Session().take(jar(), request(page), response(answered, ['sid=1']))
    expect(session.log.flatMap(lines)).toEqual(['sid stored predicted'])
    session.take(stored(cookie('sid=1'), 15))
    expect(session.log.flatMap(lines)).toEqual(['sid stored confirmed'])
  })

  it('agree on what was refused once the store has had its time', () => {
    const session = new Session().take(jar(), request(page), response(answered, ['sid=1; SameSite=None']))
    expect(session.log.flatMap(lines)).toEqual(['sid blocked SameSiteNoneInsecure predicted'])
    session.take(completed(page, 20))
    expect(session.correlator.nextSettle).toBe(start + 20 + settleTime)
    session.settle()
    expect(session.log.flatMap(lines)).toEqual(['sid blocked SameSiteNoneInsecure confirmed'])
    expect(session.correlator.nextSettle).toBeNull()
  })

  it('disagree where it stored what should have been refused, or did not store what should have been', () => {
    const refused = new Session().take(jar(), request(page), response(answered, ['sid=1; SameSite=None']))
    refused.take(stored(cookie('sid=1', { sameSite: 'no_restriction' }), 15)).settle()
    expect(refused.log.flatMap(lines)).toEqual(['sid blocked SameSiteNoneInsecure contradicted'])
    const lost = new Session().take(jar(), request(page), response(answered, ['sid=1'])).settle()
    expect(lost.log.flatMap(lines)).toEqual(['sid stored unexplained'])
  })

  it('agree when the store speaks late', () => {
    const session = new Session().take(jar(), request(page), response(answered, ['sid=1']))
    session.take(stored(cookie('sid=1'), 200))
    expect(session.log.flatMap(lines)).toEqual(['sid stored confirmed'])
  })

  it('agree on an identical cookie, and on a deletion', () => {
    const there = jar(cookie('sid=1'))
    const again = new Session().take(there, request(page, 'sid=1'), response(answered, ['sid=1']))
    again.take(removed(cookie('sid=1'), 14, 'overwrite'), stored(cookie('sid=1'), 15))
    expect(again.log.flatMap(lines)).toEqual(['sid stored confirmed'])
    const gone = new Session().take(there, request(page, 'sid=1'), response(answered, ['sid=; Max-Age=0']))
    gone.take(removed(cookie('sid=1'), 15))
    expect(gone.log.flatMap(lines)).toEqual(['sid removed confirmed'])
    expect(gone.correlator.cookieCount('app.test')).toBe(0)
  })

  it('agree on a cookie that was sent and then deleted, whose bytes are no UTF-8 and are told otherwise', () => {
    const session = new Session().take(jar(cookie('sid=\xff\xfe')), request(page, 'sid=\xff\xfe'))
    // U+FFFD twice, as a byte string.
    session.take(removed(cookie('sid=\xef\xbf\xbd\xef\xbf\xbd'), 5, 'explicit'), response(answered, []))
    expect(session.log.flatMap(sent)).toEqual(['sid=\xff\xfe sent confirmed'])
  })

  it('each have their own where two set the same', () => {
    const other = hop('2', 'https://app.test/other', 1)
    const session = new Session().take(
      jar(),
      request(page),
      request(other),
      response(answered, ['sid=1']),
      response({ ...other, time: start + 11 }, ['sid=1']),
      stored(cookie('sid=1'), 15),
      removed(cookie('sid=1'), 16, 'overwrite'),
      stored(cookie('sid=1'), 16),
    )
    session.settle()
    expect(session.log.map(lines)).toEqual([['sid stored confirmed'], ['sid stored confirmed']])
  })

  it('do not credit a preflight with what its request stored', () => {
    const preflight = hop('1', 'https://api.app.test/me', 0, { method: 'OPTIONS' })
    const put = hop('2', 'https://api.app.test/me', 20, { method: 'PUT' })
    const asks = { Origin: 'https://app.test', 'Access-Control-Request-Method': 'PUT' }
    const session = new Session().take(
      jar(),
      request(preflight, null, asks),
      response({ ...preflight, time: start + 10 }, ['sid=1']),
      request(put, 'other=1'),
      response({ ...put, time: start + 30 }, ['sid=1']),
      stored(cookie('sid=1', { domain: 'api.app.test' }), 35),
    )
    session.settle().settle()
    expect(session.log.map(lines)).toEqual([['sid blocked CorsPreflight confirmed'], ['sid stored confirmed']])
    expect(session.log[0]?.observed[0]?.evidence).toBe('never appeared in the store')
  })

  it('tell partitions apart', () => {
    const line = 'sid=1; Secure; SameSite=None; Partitioned; Path=/'
    const session = new Session().take(jar(), request(page), response(answered, [line]))
    const plain = cookie('sid=1', { secure: true, sameSite: 'no_restriction' })
    session.take(stored(plain, 12), completed(page, 20)).settle().settle()
    expect(session.log.flatMap(lines)).toEqual(['sid stored unexplained'])
    const partitionKey = { topLevelSite: 'https://app.test', hasCrossSiteAncestor: false }
    session.take(stored({ ...plain, partitionKey }, 15))
    expect(session.log.flatMap(lines)).toEqual(['sid stored confirmed'])
  })

  it('agree on bytes that the cookies API cannot show', () => {
    const next = hop('2', 'https://app.test/next', 50)
    const session = new Session().take(jar(), request(page), response(answered, ['bin=a\xffb']))
    session.take(stored(cookie('bin=a\xef\xbf\xbdb'), 15))
    expect(session.log.flatMap(lines)).toEqual(['bin stored confirmed'])
    session.take(request(next, 'bin=a\xffb'), response(next))
    expect(session.log.at(-1)?.verdict.cookies.map(({ cookie: { value } }) => value)).toEqual(['a\xffb'])
  })
})

describe('the store just before a request', () => {
  const first = hop('1', 'https://app.test/login', 0)
  const answer = (...set: string[]) => response({ ...first, time: start + 10 }, set)
  const next = hop('2', 'https://app.test/home', 40)
  const last = ({ log }: Session): string[] => log.slice(-1).flatMap(sent)

  it('has what the first reading had, site by site', () => {
    const elsewhere = cookie('b=1', { domain: '.other.test', hostOnly: false })
    const session = new Session().take(jar(cookie('a=1'), elsewhere), request(first, 'a=1'), response(first))
    expect(last(session)).toEqual(['a=1 sent confirmed'])
    expect(session.correlator.cookieCount('other.test')).toBe(1)
  })

  it('has what a response of the same chain stored, though the store says so later', () => {
    const landing = hop('1', 'https://app.test/home', 12)
    const session = new Session().take(
      jar(),
      request(first),
      response({ ...first, time: start + 10 }, ['sid=1', 'api=1; Path=/api'], '/home'),
      request(landing, 'sid=1'),
      stored(cookie('sid=1'), 14),
      stored(cookie('api=1', { path: '/api' }), 14),
      response({ ...landing, time: start + 20 }),
    )
    expect(last(session)).toEqual(['api=1 blocked NotOnPath confirmed', 'sid=1 sent confirmed'])
  })

  it('has what a response long before it stored, though the store says so later', () => {
    const session = new Session().take(
      jar(),
      request(first),
      answer('sid=1; Path=/api'),
      request({ ...next, time: start + 300 }),
    )
    session.take(stored(cookie('sid=1', { path: '/api' }), 310), response({ ...next, time: start + 320 }))
    expect(last(session)).toEqual(['sid=1 blocked NotOnPath predicted'])
  })

  it('has no cookie that its own response set, or a later one', () => {
    const session = new Session().take(jar(), request(first), request(next), answer('sid=1'))
    session.take(
      response({ ...next, time: start + 50 }, ['own=1']),
      stored(cookie('own=1'), 52),
      stored(cookie('sid=1'), 53),
    )
    expect(session.log.map(sent)).toEqual([[], []])
  })

  it('has what a script wrote, where the header shows it before the store does', () => {
    const session = new Session().take(jar(), request(next, 'js=1'), stored(cookie('js=1'), 45), response(next))
    expect(last(session)).toEqual(['js=1 sent confirmed'])
  })

  it('has the value that was sent, not the one that replaced it meanwhile', () => {
    const session = new Session().take(
      jar(cookie('js=1')),
      removed(cookie('js=1'), 38, 'overwrite'),
      stored(cookie('js=2'), 38),
      request(next, 'js=1'),
      response({ ...next, time: start + 50 }),
    )
    expect(last(session)).toEqual(['js=1 sent confirmed'])
  })

  it('has no cookie that was removed just before, though the store says so later', () => {
    const session = new Session().take(
      jar(cookie('js=1')),
      request(next),
      removed(cookie('js=1'), 44, 'explicit'),
      response(next),
    )
    expect(last(session)).toEqual([])
  })

  it('has a cookie that SameSite kept off, though it was written just before', () => {
    const strict = cookie('sid=1', { sameSite: 'strict' })
    const image = hop('2', 'https://app.test/i.png', 30, { initiator: 'https://other.test', resourceType: 'image' })
    const session = new Session().take(jar(), request(first), answer('sid=1; SameSite=Strict'), stored(strict, 12))
    session.take(request(image), response(image))
    expect(last(session)).toEqual(['sid=1 blocked SchemefulSameSiteStrict confirmed'])
  })

  it('goes by the order where the header cannot tell, and where they are too near says so', () => {
    const api = cookie('api=1', { path: '/api' })
    const before = new Session().take(jar(), stored(api, 20), request(next), response(next))
    expect(last(before)).toEqual(['api=1 blocked NotOnPath confirmed'])
    const near = new Session().take(jar(), stored(api, 35), request(next), response(next))
    expect(last(near)).toEqual(['api=1 blocked NotOnPath predicted'])
    expect(near.log[0]?.observed.map(({ evidence }) => evidence)).toEqual([cameTooNear])
    const late = new Session().take(jar(), request(next), stored(api, 45), response(next))
    expect(last(late)).toEqual(['api=1 blocked NotOnPath predicted'])
    const after = new Session().take(jar(), request(next), stored(api, 55), response({ ...next, time: start + 150 }))
    expect(last(after)).toEqual([])
    const answered = new Session().take(jar(), request(next), response({ ...next, time: start + 42 }), stored(api, 45))
    expect(last(answered)).toEqual([])
    const gone = new Session().take(jar(api), removed(api, 35, 'explicit'), request(next), response(next))
    expect(last(gone)).toEqual([])
  })

  it('goes by the order, whatever the times of what the store tells', () => {
    const api = cookie('api=1', { path: '/api' })
    const session = new Session().take(jar(), stored(api, 90), request(next), response({ ...next, time: start + 95 }))
    expect(last(session)).toEqual(['api=1 blocked NotOnPath predicted'])
  })

  it('has what the request carried and its own response overwrote, though it was deleted right then', () => {
    const session = new Session().take(jar(), stored(cookie('n=1'), 20), request(next, 'n=1'))
    session.takeTogether(
      response({ ...next, time: start + 43 }, ['n=2']),
      removed(cookie('n=1'), 45, 'overwrite'),
      stored(cookie('n=2'), 47),
      failed({ ...next, time: start + 47 }, 'net::ERR_ABORTED'),
      removed(cookie('n=2'), 47, 'explicit'),
    )
    expect(last(session)).toEqual(['n=1 sent confirmed'])
    expect(session.log.flatMap(lines)).toEqual(['n stored confirmed'])
  })

  it('has no cookie that was deleted before, though another of its name and value was sent', () => {
    const other = cookie('n=1', { domain: 'api.app.test' })
    const session = new Session().take(jar(other), removed(other, 5, 'explicit'), stored(cookie('n=1'), 6))
    session.take(request(next, 'n=1'), response(next))
    expect(last(session)).toEqual(['n=1 sent confirmed'])
  })

  it('has the order of a Cookie header where cookies were made at once', () => {
    const session = new Session().take(jar())
    session.takeTogether(stored(cookie('b=1'), 5), stored(cookie('a=1'), 5), removed(cookie('b=1'), 5, 'overwrite'))
    session.takeTogether(stored(cookie('b=2'), 5), request(next, 'a=1; b=2'), response(next))
    expect(last(session)).toEqual(['a=1 sent confirmed', 'b=2 sent confirmed'])
  })

  it('has bytes that the first reading could not show, where they are sent', () => {
    const session = new Session().take(jar(cookie('bin=a\xef\xbf\xbdb')), request(next, 'bin=a\xffb'), response(next))
    expect(last(session)).toEqual(['bin=a\xffb sent confirmed'])
  })

  it('knows how old a cookie is that was seen being set', () => {
    const session = new Session().take(jar(cookie('old=1')), stored(cookie('new=1'), 5))
    session.take(removed(cookie('new=1'), 20, 'overwrite'), stored(cookie('new=1'), 20))
    session.take(request(next, 'old=1; new=1'), response(next))
    const creations = session.log.at(-1)?.verdict.cookies.map(({ cookie: { name, creation } }) => [name, creation])
    expect(creations).toEqual(
      expect.arrayContaining([
        ['old', undefined],
        ['new', start + 5],
      ]),
    )
  })
})
