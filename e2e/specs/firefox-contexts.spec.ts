import { expect, test } from 'playwright/test'
import type { Target } from 'puppeteer-core'
import type { LogEntry } from '../../src/panel/session.ts'
import { launchFirefox, type RunningFirefox } from '../browser/firefox.ts'
import type { FirefoxPanel } from '../browser/firefox-toolbox.ts'
import { cookiesOf, linesOf } from './capture-log.ts'
import { type Site, startSite } from './capture-site.ts'
import { answers, local, noIcon, www } from './contexts-site.ts'
import { beginOn, clearLog, openSession, readState, restingLog, setRecording, toldWrites } from './firefox-log.ts'

/** As contexts.spec.ts and capture.spec.ts, in Firefox: wherever a request comes from, the store and the Cookie header bear out what is said. */

const cors = {
  'Access-Control-Allow-Origin': www,
  'Access-Control-Allow-Credentials': 'true',
  'Access-Control-Allow-Methods': 'PUT',
}

let site: Site
let running: RunningFirefox
let panel: FirefoxPanel

test.beforeAll(async () => {
  site = await startSite(
    {
      ...answers,
      '/partitioned': {
        body: noIcon,
        headers: { 'Set-Cookie': ['part=1; Secure; SameSite=None; Partitioned; Path=/', 'plain=1; Path=/'] },
      },
      'OPTIONS /cart': { status: 204, headers: cors },
      'PUT /cart': { headers: { ...cors, 'Set-Cookie': 'cart=1' } },
      'OPTIONS /refused': { status: 204, headers: cors },
      'PUT /refused': { headers: { 'Set-Cookie': 'kept=1' } },
    },
    { http2: true },
  )
  running = await launchFirefox({
    thirdPartyCookies: 'partitioned',
    servers: site.servers,
    extension: 'dist/firefox',
    preferences: {
      'browser.download.always_ask_before_handling_new_types': false,
      'network.early-hints.enabled': true,
    },
  })
  panel = await openSession(running)
})
test.afterAll(async () => {
  await running?.close()
  await site?.close()
})

const begin = (url: string) => beginOn(running, panel, url)
const pathOf = ({ exchange }: LogEntry): string => new URL(exchange.url).pathname
const agreements = ({ observed }: LogEntry): string[] => [...new Set(observed.map(({ agreement }) => agreement))]

const allStored = ['strict', 'lax', 'none'].map((name) => `${name} stored confirmed`)
const ofSameSite = [...allStored, 'bad blocked SameSiteNoneInsecure confirmed']
/** Set anew with the value that they have: such a write of a session cookie is not told. */
const again = [
  ...['strict', 'lax', 'none'].map((name) => `${name} stored predicted`),
  'bad blocked SameSiteNoneInsecure confirmed',
]
const ofCrossSite = [
  'strict blocked SchemefulSameSiteStrict confirmed',
  'lax blocked SchemefulSameSiteLax confirmed',
  'none stored confirmed',
  'bad blocked SameSiteNoneInsecure confirmed',
]

/** The log's requests, by path. */
const logged = async (paths: string[]): Promise<Map<string, LogEntry>> => {
  const log = await restingLog(panel, paths.length)
  expect(log.map(pathOf).sort()).toEqual([...paths].sort())
  return new Map(log.map((entry) => [pathOf(entry), entry]))
}

const linesAt = (log: Map<string, LogEntry>, path: string): string[] => {
  const entry = log.get(path)
  return entry === undefined ? [] : linesOf(entry)
}

const addFrame = (attributes: Record<string, string>) =>
  running.page.evaluate(
    (given) =>
      new Promise<void>((resolve) => {
        const frame = document.createElement('iframe')
        for (const [name, value] of Object.entries(given)) frame.setAttribute(name, value)
        frame.onload = () => resolve()
        document.body.append(frame)
      }),
    attributes,
  )
const load = (path: string) => running.page.evaluate((url) => fetch(url).then(() => undefined), path)

test('frames within frames, of other sites, and a srcdoc document', async () => {
  await begin(`${www}/`)
  await load('/set')
  await addFrame({ src: 'https://other.test/outer' })
  const log = await logged(['/set', '/outer', '/inner', '/in-inner', '/from-srcdoc'])
  expect(log.get('/from-srcdoc')?.exchange.frames).toEqual([
    'https://other.test/outer',
    'https://other.test/outer',
    `${www}/`,
  ])
  expect(linesAt(log, '/set')).toEqual(ofSameSite)
  for (const path of ['/outer', '/inner']) expect(linesAt(log, path)).toEqual(ofCrossSite)
  for (const [path, entry] of log) {
    expect([path, agreements(entry).filter((one) => one !== 'confirmed' && one !== 'predicted')]).toEqual([path, []])
    // What is said of a request's cookies is borne out by its header.
    expect(cookiesOf(entry).filter((text) => !text.endsWith('confirmed'))).toEqual([])
  }
})

test('a blank document that a script fills', async () => {
  await begin(`${www}/`)
  await addFrame({})
  await running.page.evaluate(
    () =>
      new Promise((resolve) => {
        const inner = document.querySelector('iframe')?.contentDocument
        const element = inner?.body.appendChild(inner.createElement('img'))
        if (element) Object.assign(element, { onload: resolve, onerror: resolve, src: '/from-blank' })
      }),
  )
  expect(linesAt(await logged(['/from-blank']), '/from-blank')).toEqual(ofSameSite)
})

test('a sandboxed frame, which has no origin', async () => {
  await begin(`${www}/`)
  await load('/set')
  await addFrame({ src: '/sandboxed', sandbox: 'allow-scripts' })
  const log = await logged(['/set', '/sandboxed', '/in-sandboxed', '/cors'])
  expect(linesAt(log, '/set')).toEqual(ofSameSite)
  expect(linesAt(log, '/sandboxed')).toEqual(again)
  for (const entry of log.values()) {
    expect(agreements(entry).filter((one) => one === 'contradicted' || one === 'unexplained')).toEqual([])
    expect(cookiesOf(entry).filter((text) => !text.endsWith('confirmed'))).toEqual([])
  }
})

test('frames that were there before recording know their place too', async () => {
  await setRecording(panel, false)
  await running.page.goto(`${www}/`)
  await addFrame({ src: 'https://other.test/outer' })
  const inner = running.page.frames().find((frame) => frame.url() === `${www}/inner`)
  await setRecording(panel, true)
  await expect.poll(async () => (await readState(panel)).status.recording).toBe(true)
  await clearLog(panel)
  await inner?.evaluate(() => fetch('/beacon').then(() => undefined))
  const [entry] = await restingLog(panel, 1)
  expect(entry?.exchange.frames).toEqual([`${www}/inner`, 'https://other.test/outer', `${www}/`])
})

test('a worker of the page, whose responses set cookies', async () => {
  await begin(`${www}/`)
  await running.page.evaluate(
    () =>
      new Promise((resolve) => {
        new Worker('/worker.js').onmessage = resolve
      }),
  )
  const log = await logged(['/worker.js', '/from-worker'])
  expect(log.get('/from-worker')?.exchange.frames).toEqual([`${www}/`])
  expect(linesAt(log, '/from-worker')).toEqual(ofSameSite)
})

test('shared and service workers, of which the tab’s requests tell little: the store tells', async () => {
  await begin('https://app.shop.test/')
  await running.page.evaluate(
    () =>
      new Promise((resolve) => {
        const { port } = new SharedWorker('/shared.js')
        port.onmessage = resolve
      }),
  )
  await expect.poll(() => toldWrites(panel)).toEqual(['+shared=1 explicit'])
  await running.page.evaluate(async () => {
    const controlled = new Promise((resolve) => {
      navigator.serviceWorker.oncontrollerchange = resolve
    })
    await navigator.serviceWorker.register('/sw.js')
    await controlled
  })
  await clearLog(panel)
  await load('/through')
  await expect.poll(() => toldWrites(panel)).toEqual(['+through=1 explicit'])
  await running.page.evaluate(async () => {
    for (const one of await navigator.serviceWorker.getRegistrations()) await one.unregister()
  })
})

test('beacons, errors and empty answers', async () => {
  await begin(`${www}/`)
  await running.page.evaluate(() => {
    navigator.sendBeacon('/beacon', 'x')
  })
  const first = await logged(['/beacon'])
  expect(linesAt(first, '/beacon')).toEqual(ofSameSite)
  await load('/broken')
  expect(linesAt(await logged(['/beacon', '/broken']), '/broken')).toEqual(again)
})

test('HTTP/2, with a hint before the answer', async () => {
  await begin(`${www}/`)
  await running.page.goto(`${www}/hints`, { waitUntil: [] })
  // The hint is followed.
  const log = await logged(['/hints', '/style.css'])
  expect(log.get('/hints')?.exchange.responseHeaders.map(({ name }) => name)).toContain('set-cookie')
  expect(linesAt(log, '/hints')).toEqual(ofSameSite)
})

test('WebSocket handshakes', async () => {
  await begin(`${local}/`)
  await running.page.evaluate(
    () =>
      new Promise((resolve) => {
        new WebSocket('ws://localhost/socket').onopen = resolve
      }),
  )
  expect(linesAt(await logged(['/socket']), '/socket')).toEqual(ofSameSite)
})

test('the HTTP cache, which keeps no Set-Cookie line and sends nothing', async () => {
  await begin(`${local}/`)
  await load('/cached')
  await load('/cached')
  const [asked, cached] = await restingLog(panel, 2)
  expect([asked?.fromCache, cached?.fromCache]).toEqual([false, true])
  expect(cached?.verdict.setCookies).toEqual([])
  expect(new Set(cached?.observed.map(({ agreement }) => agreement))).toEqual(new Set(['predicted']))
})

test('other windows are other tabs', async () => {
  await begin(`${www}/`)
  const opened = new Promise<Target>((resolve) => running.browser.once('targetcreated', resolve))
  await running.page.evaluate(() => {
    window.open('/set', '_blank', 'popup')
  })
  const other = await (await opened).page()
  await expect.poll(() => toldWrites(panel)).toEqual(['+strict=1 explicit', '+lax=1 explicit', '+none=1 explicit'])
  expect((await readState(panel)).entries).toEqual([])
  await other?.close()
})

test('the store is known before the first request, partitioned cookies too', async () => {
  await begin('https://app.shop.test/')
  await setRecording(panel, false)
  await running.page.goto('https://app.shop.test/partitioned')
  await setRecording(panel, true)
  await expect.poll(async () => (await readState(panel)).status.recording).toBe(true)
  await running.page.goto('https://app.shop.test/set')
  const [entry] = await restingLog(panel, 1)
  expect(entry && cookiesOf(entry).sort()).toEqual(['part=1 sent confirmed', 'plain=1 sent confirmed'])
})

test('preflights and failed requests are there, in their order', async () => {
  await begin(`${www}/`)
  await running.page.evaluate(async () => {
    await fetch('https://api.shop.test/cart', { method: 'PUT', credentials: 'include' })
    await fetch('https://api.shop.test/refused', { method: 'PUT', credentials: 'include' }).catch(() => undefined)
  })
  const log = await restingLog(panel, 4)
  expect(log.map(({ exchange: { method, status }, state }) => [method, status, state])).toEqual([
    ['OPTIONS', 204, 'complete'],
    ['PUT', 200, 'complete'],
    ['OPTIONS', 204, 'complete'],
    // Its script sees an error; to Firefox's extensions it is complete.
    ['PUT', 200, 'complete'],
  ])
  // The cookie is in the store.
  expect(log.flatMap(linesOf)).toEqual(['cart stored confirmed', 'kept stored confirmed'])
})

test('a request under way when the log is cleared does not come back', async () => {
  await begin('https://app.shop.test/')
  site.interrupt('/in-inner', () => clearLog(panel))
  await load('/in-inner')
  await load('/set')
  const log = await restingLog(panel, 1)
  expect(log.map(pathOf)).toEqual(['/set'])
})

// The last one: Puppeteer loses sight of the tab's navigations by either.
test('a page that comes back as it was left, and a download', async () => {
  await begin(`${www}/`)
  await running.page.goto(`${www}/kept`)
  await load('/broken')
  await running.page.goto('https://other.test/')
  await load('/set')
  await restingLog(panel, 4)
  await clearLog(panel)
  await running.page.evaluate(() => history.back())
  await expect.poll(() => running.page.evaluate(() => location.pathname).catch(String)).toBe('/kept')
  await load('/broken')
  await expect.poll(async () => (await readState(panel)).entries.map(pathOf)).toContain('/broken')
  const { entries } = await readState(panel)
  expect(entries.find((entry) => pathOf(entry) === '/broken')?.exchange.frames).toEqual([`${www}/kept`])

  await clearLog(panel)
  await running.page.evaluate(() => {
    Object.assign(document.createElement('a'), { href: '/download' }).click()
  })
  expect(linesAt(await logged(['/download']), '/download')).toEqual(again)
  // The page is where it was.
  await load('/set')
  expect((await logged(['/download', '/set'])).get('/set')?.exchange.frames).toEqual([`${www}/kept`])
})
