import type { Frame } from 'playwright'
import { expect, test } from 'playwright/test'
import type { LogEntry } from '../../src/panel/session.ts'
import type { RunningBrowser } from '../browser/launch.ts'
import { launchRecorded, type Recorded } from '../browser/recorded.ts'
import { linesOf, readLog } from './capture-log.ts'
import { type Site, startSite } from './capture-site.ts'
import { readGaps } from './faults-log.ts'

/** Responses with very many Set-Cookie lines, and no room left where the panel keeps its one setting. */

const lines = (count: number, length: number): string[] =>
  Array.from({ length: count }, (_, index) => `c${String(index).padStart(3, '0')}=`.padEnd(length, 'v'))

let recorded: Recorded<Site>
let running: RunningBrowser
let panel: Frame
test.beforeAll(async () => {
  recorded = await launchRecorded(
    startSite({
      '/': { body: '<link rel="icon" href="data:,">' },
      '/too-much': { headers: { 'Set-Cookie': lines(200, 4096) } },
      '/much': { headers: { 'Set-Cookie': lines(64, 4000) } },
      '/many': { headers: { 'Set-Cookie': lines(200, 1200) } },
    }),
  )
  ;({ running, panel } = recorded)
})
test.afterAll(() => recorded?.close())

const load = async (host: string, path: string) => {
  await running.page.goto(`https://${host}/`)
  return running.page.evaluate(
    (url) =>
      fetch(url).then(
        ({ status }) => status,
        () => 'failed',
      ),
    path,
  )
}
/** What the log says of a request, when the store has had its time. */
const entryOf = async (path: string): Promise<LogEntry> => {
  const find = async () => (await readLog(panel)).find(({ exchange }) => new URL(exchange.url).pathname === path)
  const isOver = (entry: LogEntry | undefined) =>
    entry !== undefined && entry.state !== 'pending' && !entry.observed.some(({ pending }) => pending)
  await expect.poll(async () => isOver(await find())).toBe(true)
  return (await find()) as LogEntry
}

/** Each line was stored, and the store has said so. */
const expectStored = (entry: LogEntry, count: number) => {
  const said = linesOf(entry)
  expect(said).toHaveLength(count)
  expect(said).toEqual(said.map((_, index) => `c${String(index).padStart(3, '0')} stored confirmed`))
}

test('200 lines of 4 kB: Chromium refuses a response with over 256 KiB of headers, and the log says that it did', async () => {
  expect(await load('too-much.test', '/too-much')).toBe('failed')
  const entry = await entryOf('/too-much')
  expect(entry).toMatchObject({ state: 'failed', error: 'net::ERR_RESPONSE_HEADERS_TOO_BIG', exchange: { status: 0 } })
  // No line was seen, and none counted.
  expect(entry.verdict.setCookies).toEqual([])
  expect(await running.context.cookies('https://too-much.test/')).toEqual([])
})

test('64 lines of 4 kB, the most that fits: each has its verdict', async () => {
  expect(await load('much.test', '/much')).toBe(200)
  const entry = await entryOf('/much')
  expectStored(entry, 64)
  expect(await running.context.cookies('https://much.test/')).toHaveLength(64)
})

test('200 lines, more cookies than a site may keep: the log says which the store has deleted to make room', async () => {
  expect(await load('many.test', '/many')).toBe(200)
  const entry = await entryOf('/many')
  expectStored(entry, 200)
  const kept = (await running.context.cookies('https://many.test/')).map(({ name }) => name)
  expect(kept.length).toBeLessThan(200)
  const said = entry.observed.flatMap(({ evidence, cookie }) => (evidence === 'the store has it' ? [cookie?.name] : []))
  expect(kept).toEqual(expect.arrayContaining(said))
  expect(await readGaps(panel)).toEqual([])
})

test('storage quota reached: the divider moves all the same, and recording goes on', async () => {
  // The log itself is in memory, and stores nothing: see silence.spec.ts.
  await panel.evaluate(() => {
    for (let size = 4_000_000; size >= 1; size = Math.floor(size / 2)) {
      try {
        for (;;) localStorage.setItem(`filled ${localStorage.length}`, 'x'.repeat(size))
      } catch {}
    }
  })
  const divider = panel.getByRole('separator')
  const before = Number(await divider.getAttribute('aria-valuenow'))
  await divider.focus()
  await divider.press('ArrowRight')
  await expect.poll(async () => Number(await divider.getAttribute('aria-valuenow'))).toBeGreaterThan(before)
  expect(await panel.evaluate(() => localStorage.getItem('split'))).toBeNull()
  expect(await load('quota.test', '/much')).toBe(200)
  await expect(panel.getByRole('option', { name: 'quota.test' }).first()).toBeVisible()
  await panel.evaluate(() => localStorage.clear())
})
