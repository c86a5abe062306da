import type { Frame, Page } from 'playwright'
import { expect, test } from 'playwright/test'
import type { LogEntry } from '../../src/panel/session.ts'
import { openPanel } from '../browser/devtools.ts'
import { launch, type RunningBrowser } from '../browser/launch.ts'
import { type BrowserVerdict, type Oracle, startOracle } from '../browser/oracle.ts'
import { launchRecorded, type Recorded } from '../browser/recorded.ts'
import { clearLog, cookiesOf, linesOf, readLog, readWrites, restingLog } from './capture-log.ts'
import { type Site, startSite } from './capture-site.ts'
import { answers, local, noIcon, sets, www } from './contexts-site.ts'

/** Wherever a request comes from: what the extension says of it is held against what the browser itself says. */

let recorded: Recorded<Site>
let site: Site
let running: RunningBrowser
let panel: Frame
let page: Page
let oracle: Oracle

test.beforeAll(async () => {
  recorded = await launchRecorded(
    startSite(
      {
        ...answers,
        '/credentialless': {
          body: `<script>fetch('/in-credentialless').then(() => parent.postMessage(1, '*'))</script>`,
          headers: { 'Set-Cookie': 'own=1; Path=/; SameSite=None; Secure' },
        },
        '/in-credentialless': {},
        '/ahead': {
          body: `${noIcon}<script type="speculationrules">
            {"prefetch": [{"source": "list", "urls": ["/next"], "eagerness": "immediate"}]}</script>`,
        },
        '/next': { ...sets, body: noIcon },
      },
      { http2: true },
    ),
    { oneProcess: true },
  )
  ;({ site, running, panel } = recorded)
  page = running.page
  oracle = await startOracle(page)
})
test.afterAll(() => recorded?.close())
/** An empty jar and an empty log, on a page. */
const begin = async (url: string) => {
  await page.goto(url)
  await running.context.clearCookies()
  await page.evaluate(() => fetch('/'))
  await expect.poll(async () => (await readLog(panel)).at(-1)?.state).toBe('complete')
  await clearLog(panel)
  oracle.clear()
}

const pathOf = ({ exchange }: LogEntry): string => new URL(exchange.url).pathname
const byPath = (verdicts: BrowserVerdict[], entry: LogEntry): BrowserVerdict | undefined =>
  verdicts.find(({ path, method }) => path === pathOf(entry) && method === entry.exchange.method)

/** Chromium names the reasons of the first layer that blocks; ours lists those first. */
const firstReasons = (reasons: readonly { id: string }[], { length }: readonly string[]): string[] =>
  reasons
    .slice(0, length)
    .map(({ id }) => id)
    .sort()

/** What we say of an entry, in the shape of what the browser says. */
const oursOf = ({ exchange, verdict }: LogEntry, theirs: BrowserVerdict): BrowserVerdict => ({
  method: exchange.method,
  host: theirs.host,
  path: theirs.path,
  setCookies: verdict.setCookies.map(({ line }) => line),
  blockedSetCookies: verdict.setCookies
    .filter(({ outcome }) => outcome === 'blocked')
    .map(({ line, reasons }) => {
      const said = theirs.blockedSetCookies.find((blocked) => blocked.line === line)?.reasons ?? ['']
      return { line, reasons: firstReasons(reasons, said) }
    }),
  sent: verdict.cookies.filter(({ outcome }) => outcome === 'sent').map(({ cookie }) => cookie.name),
  withheld: verdict.cookies
    .filter(({ outcome }) => outcome === 'blocked')
    .map(({ cookie: { name }, reasons }) => {
      const said = theirs.withheld.find((cookie) => cookie.name === name)?.reasons ?? ['']
      return { name, reasons: firstReasons(reasons, said) }
    }),
})

const sorted = (verdict: BrowserVerdict): BrowserVerdict => ({
  ...verdict,
  blockedSetCookies: verdict.blockedSetCookies.map(({ line, reasons }) => ({ line, reasons: [...reasons].sort() })),
  sent: [...verdict.sent].sort(),
  withheld: verdict.withheld
    .map(({ name, reasons }) => ({ name, reasons: [...reasons].sort() }))
    .sort((a, b) => a.name.localeCompare(b.name)),
})

/** The log has these requests, each judged as the browser did, and all that it says is confirmed. */
const expectAgreement = async (paths: string[]): Promise<LogEntry[]> => {
  const log = await restingLog(panel, paths.length)
  expect(log.map(pathOf).sort()).toEqual([...paths].sort())
  for (const entry of log) {
    const theirs = byPath(oracle.verdicts(), entry)
    if (theirs === undefined) throw new Error(`The browser tells nothing of ${pathOf(entry)}.`)
    expect(sorted(oursOf(entry, theirs))).toEqual(sorted(theirs))
    expect([pathOf(entry), ...new Set(entry.observed.map(({ agreement }) => agreement))]).toEqual([
      pathOf(entry),
      ...(entry.observed.length > 0 ? ['confirmed'] : []),
    ])
  }
  return log
}

const addFrame = (attributes: Record<string, string>) =>
  page.evaluate(
    (given) =>
      new Promise<void>((resolve) => {
        const frame = document.createElement('iframe')
        for (const [name, value] of Object.entries(given)) frame.setAttribute(name, value)
        frame.onload = () => resolve()
        document.body.append(frame)
      }),
    attributes,
  )

test('frames within frames, of other sites, and a srcdoc document', async () => {
  await begin(`${www}/`)
  await page.evaluate(() => fetch('/set'))
  await addFrame({ src: 'https://other.test/outer' })
  const log = await expectAgreement(['/set', '/outer', '/inner', '/in-inner', '/from-srcdoc'])
  expect(log.find((entry) => pathOf(entry) === '/from-srcdoc')?.exchange.frames).toEqual([
    'https://other.test/outer',
    'https://other.test/outer',
    `${www}/`,
  ])
})

test('a blank document that a script fills', async () => {
  await begin(`${www}/`)
  await addFrame({})
  await page.evaluate(
    () =>
      new Promise((resolve) => {
        const inner = document.querySelector('iframe')?.contentDocument
        const image = inner?.body.appendChild(inner.createElement('img'))
        if (image) Object.assign(image, { onload: resolve, onerror: resolve, src: '/from-blank' })
      }),
  )
  await expectAgreement(['/from-blank'])
})

test('a sandboxed frame, which has no origin', async () => {
  await begin(`${www}/`)
  await page.evaluate(() => fetch('/set'))
  await addFrame({ src: '/sandboxed', sandbox: 'allow-scripts' })
  await expectAgreement(['/set', '/sandboxed', '/in-sandboxed', '/cors'])
})

test('a credentialless frame: what it sends out of a store of its own, which no extension sees, is listed', async () => {
  await begin(`${www}/`)
  await page.evaluate(
    () =>
      new Promise((resolve) => {
        addEventListener('message', resolve, { once: true })
        const frame = Object.assign(document.createElement('iframe'), { src: 'https://frame.test/credentialless' })
        frame.setAttribute('credentialless', '')
        document.body.append(frame)
      }),
  )
  const log = await restingLog(panel, 2)
  expect(log.map((entry) => [pathOf(entry), cookiesOf(entry)])).toEqual([
    ['/credentialless', []],
    ['/in-credentialless', ['own=1 sent confirmed']],
  ])
  expect(log[1]?.verdict.cookies.map(({ attributesUnknown }) => attributesUnknown)).toEqual([true])
})

test('a worker of the page', async () => {
  await begin(`${www}/`)
  await page.evaluate(
    () =>
      new Promise((resolve) => {
        new Worker('/worker.js').onmessage = resolve
      }),
  )
  const log = await restingLog(panel, 2)
  // The browser tells of it on the worker's own channel.
  expect(log.map((entry) => [pathOf(entry), entry.exchange.frames, linesOf(entry)])).toEqual([
    ['/worker.js', [`${www}/`], []],
    [
      '/from-worker',
      [`${www}/`],
      [
        'strict stored confirmed',
        'lax stored confirmed',
        'none stored confirmed',
        'bad blocked SameSiteNoneInsecure confirmed',
      ],
    ],
  ])
})

test('shared and service workers, of which the tab’s requests tell nothing: the store tells', async () => {
  const written = async () => (await readWrites(panel)).map(({ cookie: { name, value } }) => `${name}=${value}`)
  await begin('https://app.shop.test/')
  await page.evaluate(
    () =>
      new Promise((resolve) => {
        const { port } = new SharedWorker('/shared.js')
        port.onmessage = resolve
      }),
  )
  await expect.poll(written).toEqual(['shared=1'])
  expect((await readLog(panel)).map(pathOf)).toEqual(['/shared.js'])
  await page.evaluate(async () => {
    const controlled = new Promise((resolve) => {
      navigator.serviceWorker.oncontrollerchange = resolve
    })
    await navigator.serviceWorker.register('/sw.js')
    await controlled
  })
  await clearLog(panel)
  await page.evaluate(() => fetch('/through').then(() => undefined))
  await expect.poll(written).toEqual(['through=1'])
  expect(await readLog(panel)).toEqual([])
})

test('beacons, errors, empty answers and downloads', async () => {
  await begin(`${www}/`)
  await page.evaluate(() => navigator.sendBeacon('/beacon', 'x'))
  await page.evaluate(() => fetch('/broken'))
  await page.evaluate(() => {
    Object.assign(document.createElement('a'), { href: '/download' }).click()
  })
  await expectAgreement(['/beacon', '/broken', '/download'])
  // The page is where it was.
  await page.evaluate(() => fetch('/set'))
  expect((await restingLog(panel, 4)).at(-1)?.exchange.frames).toEqual([`${www}/`])
})

test('HTTP/2, with a hint before the answer', async () => {
  await begin(`${www}/`)
  await page.goto(`${www}/hints`)
  const [entry] = await restingLog(panel, 1)
  expect(entry?.exchange.responseHeaders.map(({ name }) => name)).toContain('set-cookie')
  await expectAgreement(['/hints'])
})

test('WebSocket handshakes', async () => {
  await begin(`${local}/`)
  await page.evaluate(
    () =>
      new Promise((resolve) => {
        new WebSocket('ws://localhost/socket').onopen = resolve
      }),
  )
  const [entry] = await restingLog(panel, 1)
  // CDP tells of a handshake in events of its own, and of its cookies nothing.
  expect(entry && linesOf(entry)).toEqual([
    'strict stored confirmed',
    'lax stored confirmed',
    'none stored confirmed',
    'bad blocked SameSiteNoneInsecure confirmed',
  ])
  expect((await oracle.cookies()).map(({ name }) => name).sort()).toEqual(['lax', 'none', 'strict'])
})

test('the HTTP cache, which keeps no Set-Cookie line and sends nothing', async () => {
  await begin(`${local}/`)
  await page.evaluate(() => fetch('/cached'))
  await page.evaluate(() => fetch('/cached'))
  const [asked, cached] = await restingLog(panel, 2)
  expect([asked?.fromCache, cached?.fromCache]).toEqual([false, true])
  expect(cached?.verdict.setCookies).toEqual([])
  expect(new Set(cached?.observed.map(({ agreement }) => agreement))).toEqual(new Set(['predicted']))
})

test('a page that was fetched ahead of time, and the navigation that needs no request then', async () => {
  await begin(`${local}/`)
  await page.goto(`${local}/ahead`)
  await restingLog(panel, 2)
  await page.evaluate(() => {
    location.href = '/next'
  })
  await page.waitForURL(`${local}/next`)
  const [, fetched, shown] = await restingLog(panel, 3)
  expect([fetched, shown].map((entry) => entry && pathOf(entry))).toEqual(['/next', '/next'])
  expect(fetched && linesOf(fetched)).toHaveLength(4)
  // Nothing left, so nothing is said of cookies.
  expect([shown?.verdict, shown?.observed]).toEqual([{ setCookies: [], cookies: [] }, []])
  await page.evaluate(() => fetch('/set'))
  expect((await restingLog(panel, 4)).at(-1)?.exchange.frames).toEqual([`${local}/next`])
})

test('a page that comes back as it was left', async () => {
  await begin(`${www}/`)
  await page.goto(`${www}/kept`)
  await page.evaluate(() => fetch('/broken'))
  await page.goto('https://other.test/')
  await page.evaluate(() => fetch('/set'))
  await restingLog(panel, 4)
  await clearLog(panel)
  await page.goBack({ waitUntil: 'commit' })
  await page.evaluate(() => fetch('/broken'))
  await expect.poll(async () => (await readLog(panel)).map(pathOf)).toContain('/broken')
  const log = await readLog(panel)
  // DevTools looks for its source in the cache: that leaves as little as the return itself.
  expect(log.filter((entry) => pathOf(entry) !== '/broken').flatMap(({ observed }) => observed)).toEqual([])
  expect(log.find((entry) => pathOf(entry) === '/broken')?.exchange.frames).toEqual([`${www}/kept`])
})

test('other windows are other tabs', async () => {
  await begin(`${www}/`)
  const opened = running.context.waitForEvent('page')
  await page.evaluate(() => {
    window.open('/set', '_blank', 'popup')
  })
  const other = await opened
  await other.waitForLoadState()
  await expect
    .poll(async () => (await readWrites(panel)).map(({ cookie }) => cookie.name))
    .toEqual(['strict', 'lax', 'none'])
  expect(await readLog(panel)).toEqual([])
  await other.close()
})

test('DevTools docked below the page', async () => {
  const docked = await launch({
    thirdPartyCookies: 'allowed',
    servers: site.servers,
    extension: 'dist/chromium',
    devtools: true,
    dock: 'bottom',
  })
  try {
    const { panel: dockedPanel } = await openPanel(docked)
    await docked.page.goto(`${www}/set`)
    const log = await restingLog(dockedPanel, 1)
    expect(log.map((entry) => [pathOf(entry), linesOf(entry).at(-1)])).toEqual([
      ['/set', 'bad blocked SameSiteNoneInsecure confirmed'],
    ])
  } finally {
    await docked.close()
  }
})
