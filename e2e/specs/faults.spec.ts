import type { Frame } from 'playwright'
import { expect, test } from 'playwright/test'
import { type ExtensionSettings, openExtensionSettings } from '../browser/extension.ts'
import type { RunningBrowser } from '../browser/launch.ts'
import { launchRecorded, type Recorded } from '../browser/recorded.ts'
import { clearLog, linesOf, readLog, readStatus, setRecording, settledLog } from './capture-log.ts'
import { type Site, startSite } from './capture-site.ts'
import { holdBack, readGaps, theGap } from './faults-log.ts'

/** Whatever interrupts the recording, the log has everything or says what it lacks. */

const noIcon = '<link rel="icon" href="data:,">'

let recorded: Recorded<Site>
let site: Site
let running: RunningBrowser
let panel: Frame

test.beforeAll(async () => {
  recorded = await launchRecorded(
    startSite({
      '/': { body: noIcon },
      '/login': { status: 302, headers: { 'Set-Cookie': 'sid=1', Location: 'https://idp.test/authorize' } },
      '/authorize': { body: noIcon, headers: { 'Set-Cookie': 'idp=1' } },
      '/slow': { headers: { 'Set-Cookie': 'slow=1' } },
      '/missed': { headers: { 'Set-Cookie': 'missed=1' } },
      '/through': { status: 302, headers: { 'Set-Cookie': 'sid=1', Location: 'https://idp.test/back' } },
      '/back': { status: 302, headers: { 'Set-Cookie': 'idp=1', Location: 'https://app.shop.test/framed' } },
      '/framed': { body: `${noIcon}<iframe src="https://frame.test/frame"></iframe>` },
      '/frame': { body: '<img src="https://app.shop.test/of-frame">' },
      '/of-frame': { headers: { 'Content-Type': 'image/png' } },
      '/api': {
        headers: {
          'Access-Control-Allow-Origin': 'https://app.shop.test',
          'Access-Control-Allow-Credentials': 'true',
          'Set-Cookie': ['api=1; Secure; SameSite=None', 'lax=1; SameSite=Lax'],
        },
      },
    }),
  )
  ;({ site, running, panel } = recorded)
})
test.afterAll(() => recorded?.close())
test.beforeEach(async () => {
  await running.page.goto('https://app.shop.test/')
  await running.context.clearCookies()
  await settledLog(panel, (await readLog(panel)).length)
  await clearLog(panel)
})

const load = (path: string) => running.page.evaluate((url) => fetch(url).then(({ status }) => status), path)
const summary = async () =>
  (await readLog(panel)).map((entry) => [new URL(entry.exchange.url).pathname, entry.state, ...linesOf(entry)])

test('recording switched off and on', async () => {
  const { asked, letGo } = holdBack(site, '/slow')
  const slow = load('/slow')
  await asked
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
  await load('/slow')
  await expect.poll(summary).toEqual([
    ['/slow', 'unfinished'],
    ['/slow', 'complete', 'slow stored confirmed'],
  ])
})

test('an answer that comes when recording is on again', async () => {
  const { asked, letGo } = holdBack(site, '/slow')
  const slow = load('/slow')
  await asked
  await setRecording(panel, false)
  await setRecording(panel, true)
  await theGap(panel, 'not-recording', 'is over')
  letGo()
  await slow
  await expect.poll(summary).toEqual([['/slow', 'complete', 'slow stored confirmed']])
})

test('recording switched off before the store has spoken', async () => {
  await load('/slow')
  await setRecording(panel, false)
  // Whatever was heard of the store until then: nothing is held against it later.
  await expect
    .poll(async () => (await readLog(panel)).flatMap(({ observed }) => observed.filter(({ pending }) => pending)))
    .toEqual([])
  for (const lines of (await readLog(panel)).map(linesOf)) {
    expect(lines).toEqual([expect.stringMatching(/^slow stored (confirmed|predicted)$/)])
  }
  await setRecording(panel, true)
  await theGap(panel, 'not-recording', 'is over')
})

test.describe('host access', () => {
  let settings: ExtensionSettings
  test.beforeAll(async () => {
    settings = await openExtensionSettings(running, new URL(panel.url()).host)
  })
  const expectAccess = (access: string) => expect.poll(async () => (await readStatus(panel)).hostAccess).toBe(access)

  test('is revoked while recording, and given back', async () => {
    const { asked, letGo } = holdBack(site, '/slow')
    const slow = load('/slow')
    await asked
    await settings.withholdAccess()
    await theGap(panel, 'no-host-access', 'lasts')
    expect(await summary()).toEqual([['/slow', 'unfinished']])
    letGo()
    await slow
    await load('/missed')
    await settings.grantAllAccess()
    await theGap(panel, 'no-host-access', 'is over')
    await expectAccess('granted')
    await load('/slow')
    await expect.poll(summary).toEqual([
      ['/slow', 'unfinished'],
      ['/slow', 'complete', 'slow stored confirmed'],
    ])
  })

  test('is missing on the page that a login leads to', async () => {
    await settings.withholdAccess()
    await theGap(panel, 'no-host-access', 'lasts')
    await settings.grantAccess('*://*.shop.test/*')
    await theGap(panel, 'no-host-access', 'is over')
    await clearLog(panel)
    const start = Date.now()
    const { asked, letGo } = holdBack(site, '/authorize')
    const page = running.page.goto('https://app.shop.test/login')
    await asked
    const arrival = Date.now()
    letGo()
    await page
    const gap = await theGap(panel, 'no-host-access', 'lasts')
    // The page's own request is in it, which was sent before anybody knew where it leads.
    expect(gap.from).toBeGreaterThanOrEqual(start)
    expect(gap.from).toBeLessThanOrEqual(arrival)
    await expect.poll(summary).toEqual([['/login', 'complete', 'sid stored confirmed']])
    await settings.grantAllAccess()
    await theGap(panel, 'no-host-access', 'is over')
  })
})

test.describe('access to one site only', () => {
  let settings: ExtensionSettings
  test.beforeAll(async () => {
    settings = await openExtensionSettings(running, new URL(panel.url()).host)
  })
  test.beforeEach(async () => {
    await settings.withholdAccess()
    await theGap(panel, 'no-host-access', 'lasts')
    await settings.grantAccess('*://*.shop.test/*')
    await theGap(panel, 'no-host-access', 'is over')
    await clearLog(panel)
  })
  test.afterEach(async () => {
    await settings.grantAllAccess()
    // What was predicted without access stays so.
    await clearLog(panel)
  })

  test('what a redirect and a frame of another site did is missing, and the log says so', async () => {
    const start = Date.now()
    await running.page.goto('https://app.shop.test/through')
    await expect
      .poll(async () => (await readGaps(panel)).map(({ hosts }) => hosts))
      .toEqual([['idp.test', 'frame.test']])
    const gap = await theGap(panel, 'no-host-access', 'is over')
    expect(gap.from).toBeGreaterThanOrEqual(start)
    expect(gap.to).toBeLessThanOrEqual(Date.now())
    await expect.poll(summary).toEqual([
      ['/through', 'complete', 'sid stored confirmed'],
      ['/framed', 'complete'],
    ])
    const row = panel.getByRole('option', { name: 'No access to idp.test and frame.test' })
    await row.click()
    await expect(panel.getByRole('button', { name: 'Allow access' })).toBeVisible()
  })

  test('what the page asks of another site is there, but nothing is said of a store that is not seen', async () => {
    await running.page.evaluate(() => fetch('https://api.test/api', { credentials: 'include' }).then(() => undefined))
    await expect
      .poll(async () =>
        (await readLog(panel))[0]?.observed.map(({ agreement, pending, evidence }) => [agreement, pending, evidence]),
      )
      .toEqual(Array(2).fill(['predicted', undefined, 'the store was not seen: no access to this site']))
    expect(await summary()).toEqual([
      ['/api', 'complete', 'api stored predicted', 'lax blocked SchemefulSameSiteLax predicted'],
    ])
    expect(await readGaps(panel)).toEqual([])
  })
})

test('a page that is left with requests under way has not crashed', async () => {
  const { asked, letGo } = holdBack(site, '/slow')
  void load('/slow').catch(() => undefined)
  await asked
  await running.page.goto('https://www.shop.test/')
  letGo()
  await settledLog(panel, 2)
  expect(await readGaps(panel)).toEqual([])
})
