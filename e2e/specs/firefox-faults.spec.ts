import { expect, test } from 'playwright/test'
import { launchFirefox, type RunningFirefox } from '../browser/firefox.ts'
import type { ChromeWindow } from '../browser/firefox-chrome.ts'
import { type FirefoxExtensionSettings, firefoxExtensionSettings } from '../browser/firefox-settings.ts'
import type { FirefoxPanel } from '../browser/firefox-toolbox.ts'
import { linesOf } from './capture-log.ts'
import { type Site, startSite } from './capture-site.ts'
import { holdBack } from './faults-log.ts'
import { beginOn, clearLog, openSession, readState, restingLog, setRecording, theGap } from './firefox-log.ts'

/** As the faults specs, in Firefox: whatever interrupts the recording, the log has everything or says what it lacks. */

const noIcon = '<link rel="icon" href="data:,">'
const many = (count: number, length: number): string[] =>
  Array.from({ length: count }, (_, index) => `c${String(index).padStart(3, '0')}=`.padEnd(length, 'v'))

let site: Site
let running: RunningFirefox
let panel: FirefoxPanel
let settings: FirefoxExtensionSettings

test.beforeAll(async () => {
  site = await startSite({
    '/': { body: noIcon },
    '/slow': { headers: { 'Set-Cookie': 'slow=1' } },
    '/missed': { headers: { 'Set-Cookie': 'missed=1' } },
    '/login': { headers: { 'Set-Cookie': 'sid=1' } },
    '/much': { headers: { 'Set-Cookie': many(64, 4000) } },
    '/too-much': { headers: { 'Set-Cookie': many(200, 4096) } },
    '/many': { headers: { 'Set-Cookie': many(200, 1200) } },
  })
  running = await launchFirefox({ thirdPartyCookies: 'partitioned', servers: site.servers, extension: 'dist/firefox' })
  settings = firefoxExtensionSettings(running)
  panel = await openSession(running)
})
test.afterAll(async () => {
  await running?.close()
  await site?.close()
})
test.beforeEach(() => beginOn(running, panel, 'https://app.shop.test/'))

const load = (path: string) =>
  running.page.evaluate(
    (url) =>
      fetch(url).then(
        ({ status }) => status,
        () => 'failed',
      ),
    path,
  )
const summary = async () =>
  (await readState(panel)).entries.map((entry) => [
    new URL(entry.exchange.url).pathname,
    entry.state,
    ...linesOf(entry),
  ])

test('recording switched off and on', async () => {
  const { asked, letGo } = holdBack(site, '/slow')
  const slow = load('/slow')
  await asked
  await expect.poll(async () => (await summary()).length).toBe(1)
  const before = Date.now()
  await setRecording(panel, false)
  const lasting = await theGap(panel, 'not-recording', 'lasts')
  expect(await summary()).toEqual([['/slow', 'unfinished']])
  letGo()
  await slow
  await load('/missed')
  await setRecording(panel, true)
  const gap = await theGap(panel, 'not-recording', 'is over')
  expect(gap.id).toBe(lasting.id)
  expect(gap.from).toBeGreaterThanOrEqual(before)
  expect(gap.to).toBeLessThanOrEqual(Date.now())
  await load('/login')
  await expect.poll(summary).toEqual([
    ['/slow', 'unfinished'],
    ['/login', 'complete', 'sid stored confirmed'],
  ])
})

test('an answer that comes when recording is on again', async () => {
  const { asked, letGo } = holdBack(site, '/slow')
  const slow = load('/slow')
  await asked
  await expect.poll(async () => (await summary()).length).toBe(1)
  await setRecording(panel, false)
  await setRecording(panel, true)
  await theGap(panel, 'not-recording', 'is over')
  letGo()
  await slow
  await expect.poll(summary).toEqual([['/slow', 'complete', 'slow stored confirmed']])
})

test('a page that is left with requests under way has not crashed', async () => {
  const { asked, letGo } = holdBack(site, '/slow')
  void load('/slow').catch(() => undefined)
  await asked
  await running.page.goto('https://www.shop.test/')
  letGo()
  await restingLog(panel, 2)
  expect((await readState(panel)).gaps).toEqual([])
})

test('host access is revoked while recording, and given back', async () => {
  const { asked, letGo } = holdBack(site, '/slow')
  const slow = load('/slow')
  await asked
  await expect.poll(async () => (await summary()).length).toBe(1)
  await settings.withholdAccess()
  await theGap(panel, 'no-host-access', 'lasts')
  letGo()
  await slow
  await load('/missed')
  await settings.grantAccess('<all_urls>')
  await theGap(panel, 'no-host-access', 'is over')
  await expect.poll(async () => (await readState(panel)).status.hostAccess).toBe('granted')
  await load('/login')
  await expect.poll(summary).toEqual([
    ['/slow', 'unfinished'],
    ['/login', 'complete', 'sid stored confirmed'],
  ])
})

test('200 lines of 4 kB: each has its verdict, and the store keeps what it has room for', async () => {
  expect(await load('/too-much')).toBe('failed')
  const [entry] = await restingLog(panel, 1)
  // Firefox refuses a response with so long a header; no line was seen, and none counted.
  expect([entry?.state, entry?.verdict.setCookies]).toEqual(['failed', []])
  await clearLog(panel)
  expect(await load('/much')).toBe(200)
  const [much] = await restingLog(panel, 1)
  expect(much && linesOf(much)).toEqual(many(64, 5).map((line) => `${line.slice(0, 4)} stored confirmed`))
})

test('200 lines, more cookies than a site may keep: the log says which the store has deleted to make room', async () => {
  expect(await load('/many')).toBe(200)
  const [entry] = await restingLog(panel, 1)
  expect(entry && linesOf(entry)).toEqual(many(200, 5).map((line) => `${line.slice(0, 4)} stored confirmed`))
  const kept = await running.evaluateInChrome(
    ({ Services }) => Services.cookies.cookies.map(({ name }) => name).sort(),
    null,
  )
  const said = entry?.observed.flatMap(({ evidence, cookie }) =>
    evidence === 'the store has it' ? (cookie?.name ?? []) : [],
  )
  expect(kept).toEqual(said)
  // At the 181st, 31 are gone.
  expect(kept).toHaveLength(169)
  const warned = entry?.verdict.setCookies.flatMap(({ warnings }, index) =>
    warnings.some(({ id }) => id === 'OlderCookiesEvicted') ? [index] : [],
  )
  expect(warned).toEqual([180])
})

interface ExtensionWindow extends ChromeWindow {
  readonly WebExtensionPolicy: { getByID(id: string): { extension: { backgroundState: string } } }
}
const backgroundState = (): Promise<string> =>
  running.evaluateInChrome(
    (chrome, id) => (chrome as ExtensionWindow).WebExtensionPolicy.getByID(id).extension.backgroundState,
    running.extensionId ?? '',
  )

for (const [how, end] of [
  ['DevTools is closed', () => panel.close()],
  ['the extension is reloaded with DevTools open', () => settings.reload()],
] as const) {
  test(`${how}: the log that follows is a fresh one, and says since when it records`, async () => {
    await load('/login')
    await restingLog(panel, 1)
    await end()
    const before = Date.now()
    if (how === 'DevTools is closed') await load('/missed')
    panel = await openSession(running)
    const { entries, gaps, status } = await readState(panel)
    expect([entries, gaps]).toEqual([[], []])
    // A reload makes a new DevTools page at once, before our panel is chosen again.
    expect(status.recordingSince).toBeGreaterThanOrEqual(before - 5_000)
    expect(await panel.evaluate(() => document.querySelector('footer')?.textContent ?? '', null)).toContain(
      'recording since',
    )
    expect(await backgroundState()).toBe('running')
    await load('/slow')
    await expect.poll(summary).toEqual([['/slow', 'complete', 'slow stored confirmed']])
  })
}
