/**
 * `npx tsx scripts/bench-log.ts [--rounds N]`: what one more exchange costs in a long log, from the capture's events to the
 * rows of the panel, and how much memory a log takes. It prints and asserts nothing: times belong to a machine.
 */
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { signal } from '@preact/signals'
import { Correlator } from '../src/capture/correlate.ts'
import type { CaptureEvent, HopEvent } from '../src/capture/events.ts'
import type { Header, StoredCookie } from '../src/contract.ts'
import { LogEntries, logBounds } from '../src/panel/log-entries.ts'
import type { Session } from '../src/panel/session.ts'
import { createModel, type PanelModel } from '../src/panel/view-model.ts'

const start = Date.UTC(2026, 10, 21)
const secret = 'k3J9xQ2mLw8vT5rYb7Nc1Za4Hd6Sf0Pe'

const cookie = (name: string, over: Partial<StoredCookie> = {}): StoredCookie => ({
  ...{ name, value: secret, domain: '.shop.test', hostOnly: false, path: '/', secure: true, httpOnly: true },
  ...{ sameSite: 'lax', session: true, ...over },
})

/** What a site of some age has: most travels everywhere, some does not. */
const jar = [
  ...Array.from({ length: 10 }, (_, i) => cookie(`c${i}`)),
  cookie('strict', { sameSite: 'strict' }),
  cookie('csrf', { path: '/auth' }),
  ...['www', 'static'].map((host) => cookie(`on_${host}`, { domain: `${host}.shop.test`, hostOnly: true })),
]
const cookieHeader = jar
  .slice(0, 11)
  .map(({ name, value }) => `${name}=${value}`)
  .join('; ')

const headers = (n: number, i: number): Header[] =>
  Array.from({ length: n }, (_, k) => ({ name: `x-header-${k}`, value: `${i} value of some length, as they have` }))

interface Pipeline {
  readonly log: LogEntries
  readonly model: PanelModel
  /** Runs the i-th exchange through, batch by batch, each with its frame. */
  feed(i: number): void
}

const createPipeline = (): Pipeline => {
  const correlator = new Correlator('chromium', (error) => {
    throw error
  })
  const log = new LogEntries((ids) => correlator.forget(ids))
  const version = signal(0)
  const frames: (() => void)[] = []
  const session: Session = {
    ...{ entries: log.list, writes: log.writes, gaps: log.gaps, log, version },
    status: signal({
      ...{ recording: true, recordingSince: start, hostAccess: 'granted', connection: 'connected', jarSize: null },
      ...{ thirdPartyCookies: 'unknown', browser: { name: 'chromium', version: '' }, page: 'https://app.shop.test/' },
    }),
    ...{ setRecording() {}, clear() {}, reloadPage() {}, requestHostAccess: async () => {} },
  }
  const model = createModel(session, { frame: (work) => frames.push(work), later: (work) => work() })
  const show = ({ hops, writes }: ReturnType<Correlator['update']>) => {
    log.apply(hops)
    log.addWrites(writes)
    version.value++
    for (const work of frames.splice(0)) work()
  }
  const take = (now: number, ...events: CaptureEvent[]) => {
    show(correlator.update(events, now))
    const due = correlator.nextSettle
    if (due !== null && due <= now) show(correlator.settle(now))
  }
  take(start, { kind: 'jar', cookies: jar, time: start })
  return {
    log,
    model,
    feed(i) {
      const time = start + 100 + i * 200
      const event: HopEvent = {
        ...{ requestId: `r${i}`, url: `https://api.shop.test/v2/items/${i}?page=${i % 7}`, method: 'GET' },
        ...{ resourceType: 'xmlhttprequest', initiator: 'https://app.shop.test', time },
        frame: { frameId: 0, parentFrameId: -1, documentId: 'd', parentDocumentId: null },
      }
      const sent = [
        ...headers(18, i),
        { name: 'Sec-Fetch-Site', value: 'same-site' },
        { name: 'Cookie', value: i % 50 === 0 ? `${cookieHeader}; odd=1` : cookieHeader },
      ]
      take(time, { kind: 'request', ...event, headers: sent })
      const answer = { ...event, kind: 'response' as const, status: 200, time: time + 40 }
      // Every tenth sets a cookie, every fiftieth one that is refused.
      const line = `c${i % 10}=${secret}${i}; Domain=shop.test; Path=/; HttpOnly; SameSite=${i % 50 === 0 ? 'None' : 'Lax; Secure'}`
      const sets = i % 10 === 0 ? [{ name: 'Set-Cookie', value: line }] : []
      take(time + 40, { ...answer, headers: [...headers(12, i), ...sets] })
      // Every twentieth is followed by a script's own write.
      if (i % 20 === 3) {
        const write = { removed: false, cause: 'explicit', storeId: '0', cookie: cookie('beat', { value: `${i}` }) }
        take(time + 60, { kind: 'cookie', ...write, time: time + 60 })
      }
      take(time + 80, {
        kind: 'completed',
        requestId: event.requestId,
        url: event.url,
        fromCache: false,
        time: time + 80,
      })
    },
  }
}

const now = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void
const heap = (): number => {
  collect()
  return process.memoryUsage().heapUsed
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN

export interface LogBench {
  /** Microseconds for an exchange after 100 and after 10,000 others, medians, and the median of their ratios. */
  readonly first: number
  readonly last: number
  readonly ratio: number
  /** The same with a filter set. */
  readonly filteredRatio: number
  /** Bytes of heap for 10,000 exchanges with the panel's rows, and what the log itself takes them for. */
  readonly heap: number
  readonly estimated: number
}

const block = 100

/** Microseconds for one exchange at 100 and at 10,000, in turns: whatever slows the machine down meets both. */
const compare = (rounds: number, text: string) => {
  const before = heap()
  const long = createPipeline()
  long.model.setFilter({ text })
  for (let i = 0; i < 10_000; i++) long.feed(i)
  const size = heap() - before
  const estimated = long.log.bytes
  const cost = ({ feed, log }: Pipeline) => {
    const from = now()
    const end = log.list.length + block
    for (let i = log.list.length; i < end; i++) feed(i)
    return ((now() - from) / block) * 1000
  }
  const pairs = Array.from({ length: rounds }, () => {
    const short = createPipeline()
    short.model.setFilter({ text })
    for (let i = 0; i < 100; i++) short.feed(i)
    const pair = { first: cost(short), last: cost(long) }
    short.model.dispose()
    return pair
  })
  if (long.log.list.length !== 10_000 + rounds * block) throw new Error('The log did not keep its exchanges.')
  long.model.dispose()
  const of = (value: (pair: (typeof pairs)[number]) => number) => median(pairs.map(value))
  return {
    size,
    estimated,
    first: of(({ first }) => first),
    last: of(({ last }) => last),
    ratio: of(({ first, last }) => last / first),
  }
}

/** @param rounds how many pairs the medians are of; at most 20, so that the log is not full before they are over */
export const benchLog = (rounds: number): LogBench => {
  const { first, last, ratio, size, estimated } = compare(rounds, '')
  const { ratio: filteredRatio } = compare(rounds, 'items c3 nowhere')
  return { first, last, ratio, filteredRatio, heap: size, estimated }
}

/** Heap of a log that has been full for long, in bytes. */
export const fullHeap = (): { readonly heap: number; readonly exchanges: number; readonly givenUp: number } => {
  const before = heap()
  const { model, log, feed } = createPipeline()
  for (let i = 0; i < 2.5 * logBounds.exchanges; i++) feed(i)
  const size = heap() - before
  model.dispose()
  return { heap: size, exchanges: log.list.length, givenUp: log.gap('gap-capacity')?.exchanges ?? 0 }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { rounds } = parseArgs({ options: { rounds: { type: 'string', default: '15' } } }).values
  const { first, last, ratio, filteredRatio, heap: bytes, estimated } = benchLog(Number(rounds))
  const megabytes = (n: number) => `${(n / 1e6).toFixed(0)} MB`
  console.log(`one exchange, capture to rows: ${first.toFixed(0)} µs the 100th, ${last.toFixed(0)} µs the 10,000th`)
  console.log(`the 10,000th over the 100th: ${ratio.toFixed(2)}, with a filter ${filteredRatio.toFixed(2)}`)
  console.log(`heap of 10,000 exchanges with rows: ${megabytes(bytes)}, estimated ${megabytes(estimated)}`)
  const full = fullHeap()
  const rest = `${full.exchanges} kept, ${full.givenUp} given up`
  console.log(`heap of a log that has long been full: ${megabytes(full.heap)}, ${rest}`)
}
