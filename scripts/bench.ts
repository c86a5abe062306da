/**
 * `npm run bench [-- --rounds N]`: verdicts a second beside tough-cookie's `setCookieSync`, on the same lines in the same
 * run, and how the cost grows. It prints ratios and asserts nothing: times belong to a machine, and to what else runs on it.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { CookieJar } from 'tough-cookie'
import type { Exchange, StoredCookie } from '../src/contract.ts'
import type * as Library from '../src/judge/index.ts'
import { acceptedLines, blockedLines } from './bench-lines.ts'
import { buildLibrary } from './lib.mjs'

const { rounds } = parseArgs({ options: { rounds: { type: 'string', default: '5' } } }).values

/** Milliseconds of processor time: what others do on the machine does not count. */
const now = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/** Milliseconds that one measurement takes at least. */
const slice = 60

/** Milliseconds for one call. */
const measure = (task: () => void): number => {
  const start = now()
  let calls = 0
  let spent = 0
  // The clock costs more than a short task: it is read after 1, 2, 4, 8, … calls.
  for (let batch = 1; spent < slice; batch *= 2) {
    for (let i = 0; i < batch; i++) task()
    calls += batch
    spent = now() - start
  }
  return spent / calls
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN

/** The median time of each task, taken in turns: whatever slows the machine down meets all of them. */
const compare = <Name extends string>(tasks: Record<Name, () => void>): Record<Name, number> => {
  const names = Object.keys(tasks) as Name[]
  const times = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>
  for (const name of names) measure(tasks[name])
  for (let round = 0; round < Number(rounds); round++) for (const name of names) times[name].push(measure(tasks[name]))
  return Object.fromEntries(names.map((name) => [name, median(times[name])])) as Record<Name, number>
}

const folder = mkdtempSync(path.join(tmpdir(), 'bench-'))
// Among packages, as tough-cookie is: what lies elsewhere tsx translates, and it then takes a fourth longer.
const library = path.join(folder, 'node_modules/cookie-verdict')
await buildLibrary(library)
const { judge }: typeof Library = await import(pathToFileURL(path.join(library, 'index.js')).href)
rmSync(folder, { recursive: true })

const url = 'https://www.example.com/account/login'
const time = Date.UTC(2026, 10, 21)

const exchangeOf = (...lines: string[]): Exchange => ({
  url,
  method: 'POST',
  resourceType: 'main_frame',
  initiator: 'https://www.example.com',
  frames: [],
  requestHeaders: [],
  status: 200,
  responseHeaders: lines.map((value) => ({ name: 'Set-Cookie', value })),
  time,
})

const empty = { browser: 'chromium', jar: [] } satisfies Library.JudgeOptions
const quietly = { ignoreError: true }

const perSecond = (ms: number, lines: number): string =>
  `${Math.round((lines / ms) * 1000).toLocaleString('en-GB')} a second`.padStart(19)
const times = (ratio: number): string => `${ratio.toFixed(2)} times`

const besideToughCookie = (title: string, lines: readonly string[]): void => {
  const exchanges = lines.map((line) => exchangeOf(line))
  const together = exchangeOf(...lines)
  const shared = new CookieJar()
  const result = compare({
    one: () => {
      for (const exchange of exchanges) judge(exchange, empty)
    },
    together: () => {
      judge(together, empty)
    },
    fresh: () => {
      for (const line of lines) new CookieJar().setCookieSync(line, url, quietly)
    },
    shared: () => {
      for (const line of lines) shared.setCookieSync(line, url, quietly)
    },
  })
  const row = (name: string, ms: number): void =>
    console.log(
      `  ${name.padEnd(34)}${perSecond(ms, lines.length)}   ${times(result.fresh / ms)} a fresh jar, ${times(result.shared / ms)} one jar`,
    )
  console.log(`\n${title} (${lines.length})`)
  row('judge, one line an exchange', result.one)
  row('judge, all lines in one exchange', result.together)
  row('setCookieSync, a fresh jar each', result.fresh)
  row('setCookieSync, one jar for all', result.shared)
}

/** A row of sizes, each a step of the same factor after the one before, and what each step costs. */
const growth = (title: string, points: readonly [size: number, task: () => void][]): void => {
  const result = compare(Object.fromEntries(points.map(([size, task]) => [String(size), task])))
  const spent = points.map(([size]) => result[String(size)] ?? Number.NaN)
  const steps = spent.slice(1).map((ms, index) => (ms / (spent[index] ?? Number.NaN)).toFixed(1))
  const microseconds = (ms = Number.NaN): string => `${(ms * 1000).toFixed(1)} µs`
  console.log(
    `  ${title.padEnd(30)}${microseconds(spent[0])} to ${microseconds(spent.at(-1))}, times ${steps.join(', ')}`,
  )
}

const cookie = (index: number, domain: string): StoredCookie => ({
  name: `cookie${index}`,
  value: 'a'.repeat(32),
  domain,
  hostOnly: true,
  path: '/',
  secure: true,
  httpOnly: true,
  sameSite: 'lax',
  session: true,
})
const jarOf = (size: number, domain: string) => Array.from({ length: size }, (_, index) => cookie(index, domain))

/** Whole lines of a length, of the kinds that have misled parsers into quadratic time. */
const shapes: Record<string, (bytes: number) => string> = {
  'one long value': (bytes) => `sid=${'a'.repeat(bytes)}`,
  'attributes without end': (bytes) => 'sid=a'.padEnd(bytes, '; Path=/'),
  'semicolons alone': (bytes) => 'sid=a'.padEnd(bytes, ';'),
  'equals signs alone': (bytes) => 'sid='.padEnd(bytes, '='),
  'blanks alone': (bytes) => 'sid=a; '.padEnd(bytes, ' '),
  'commas in an attribute': (bytes) => 'sid=a; x='.padEnd(bytes, ', b'),
  'control characters to encode': (bytes) => 'sid='.padEnd(bytes, '\u0001'),
}

console.log(`Node ${process.versions.node}, medians of ${rounds} rounds of processor time`)
besideToughCookie('Lines that are accepted', acceptedLines)
besideToughCookie('Lines that are blocked, with reason and corrected line', blockedLines)
besideToughCookie('Both', [...acceptedLines, ...blockedLines])

const request = exchangeOf('sid=31d4d96e407aad42; Path=/; Secure; HttpOnly; SameSite=Lax')
console.log('\nOne line, and a jar of 10, 100, 1,000 cookies: 10 times the cookies cost')
for (const [whose, domain] of [
  ['of the same site', 'www.example.com'],
  ['of other sites', 'www.other.test'],
] as const) {
  const points = [10, 100, 1000].map((size): [number, () => void] => {
    const options = { ...empty, jar: jarOf(size, domain) }
    return [size, () => judge(request, options)]
  })
  growth(whose, points)
}

console.log('\nA line of 1 kB, 2 kB, … 1 MB: twice the bytes cost')
for (const [shape, lineOf] of Object.entries(shapes)) {
  const points = Array.from({ length: 11 }, (_, doublings): [number, () => void] => {
    const exchange = exchangeOf(lineOf(1024 * 2 ** doublings))
    return [1024 * 2 ** doublings, () => judge(exchange, empty)]
  })
  growth(shape, points)
}
