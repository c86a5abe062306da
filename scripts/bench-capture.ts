/**
 * `npx tsx scripts/bench-capture.ts [--rounds N] [--extension DIR]`: what the extension costs a page in the real browser, how soon a verdict
 * is on the screen, and how much memory 10,000 exchanges take. It prints and asserts nothing: times belong to a machine.
 */
import { loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { openPanel } from '../e2e/browser/devtools.ts'
import { launch } from '../e2e/browser/launch.ts'
import { type BenchBrowsers, launchAll } from './bench-capture-browsers.ts'
import { pagesHeap, workerHeap } from './bench-capture-heap.ts'
import { type BenchSite, loadPage, requestsOfPage, startBenchSite } from './bench-capture-page.ts'
import { answerTimes } from './bench-capture-screen.ts'

const { rounds, extension } = parseArgs({
  options: { rounds: { type: 'string', default: '9' }, extension: { type: 'string', default: 'dist/chromium' } },
}).values

const quantile = (values: readonly number[], part: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))] ?? Number.NaN
const median = (values: readonly number[]): number => quantile(values, 0.5)
const ms = (value: number): string => `${value.toFixed(0)} ms`

const names = ['ours', 'bare', 'none', 'oursClosed', 'bareClosed', 'noneClosed'] as const
type Times = Record<(typeof names)[number], number>

/** In turns, each round in another order: whatever slows the machine down meets all of them. */
const loadTimes = async (browsers: BenchBrowsers): Promise<Times[]> => {
  for (const name of names) await loadPage(browsers[name].page)
  const times: Times[] = []
  for (let round = 0; round < Number(rounds); round++) {
    const order = round % 2 === 0 ? names : names.toReversed()
    const taken: [string, number][] = []
    for (const name of order) taken.push([name, await loadPage(browsers[name].page)])
    times.push(Object.fromEntries(taken) as Times)
  }
  return times
}

const benchLoad = async (site: BenchSite): Promise<void> => {
  const browsers = await launchAll(site, extension)
  try {
    const times = await loadTimes(browsers)
    const ratio = (over: keyof Times, under: keyof Times): string => {
      const of = median(times.map((one) => one[over] / one[under])).toFixed(2)
      return `${of} (${ms(median(times.map((one) => one[over])))} over ${ms(median(times.map((one) => one[under])))})`
    }
    console.log(`page of ${requestsOfPage} requests, DevTools open, over one bare listener: ${ratio('ours', 'bare')}`)
    console.log(`page of ${requestsOfPage} requests, DevTools open, over no extension: ${ratio('ours', 'none')}`)
    console.log(`one bare listener over no extension: ${ratio('bare', 'none')}`)
    console.log(
      `page of ${requestsOfPage} requests, DevTools closed, over no extension: ${ratio('oursClosed', 'noneClosed')}`,
    )
    // Whatever has the permission to listen costs something, listening or not.
    console.log(
      `the same, over the bare listener's extension, which does not listen then: ${ratio('oursClosed', 'bareClosed')}`,
    )
  } finally {
    await browsers.close()
  }
}

/** Responses whose way to the screen is timed. */
const responses = 100
const exchanges = 10_000

const benchPanel = async (site: BenchSite): Promise<void> => {
  const running = await launch({ thirdPartyCookies: 'allowed', servers: site.servers, extension, devtools: true })
  try {
    const { panel } = await openPanel(running)
    const answers = await answerTimes(running.page, panel, responses)
    console.log(
      `from a response to its verdict on the screen: ${ms(median(answers))}, 95th of 100 ${ms(quantile(answers, 0.95))}`,
    )
    const before = await pagesHeap(running, panel)
    for (let made = responses; made < exchanges; made += requestsOfPage) await loadPage(running.page)
    await panel.waitForFunction(
      (count) => {
        const entries = window.cookieVerdictSession?.entries ?? []
        return entries.length >= count && entries.every(({ state }) => state !== 'pending')
      },
      exchanges,
      { polling: 250 },
    )
    const after = await pagesHeap(running, panel)
    const worker = await workerHeap(running)
    const count = await panel.evaluate(() => window.cookieVerdictSession?.entries.length)
    const mb = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`
    console.log(`heap of the panel and the DevTools page, ${count} exchanges: ${mb(after)}, before them ${mb(before)}`)
    console.log(`heap of the service worker: ${worker === null ? 'asleep' : mb(worker)}`)
  } finally {
    await running.close()
  }
}

const load = (): string =>
  loadavg()
    .map((one) => one.toFixed(1))
    .join(', ')
console.log(`medians of ${rounds} paired runs; load of the machine ${load()}`)
const site = await startBenchSite()
try {
  await benchLoad(site)
  await benchPanel(site)
} finally {
  await site.close()
}
console.log(`load of the machine at the end ${load()}`)
