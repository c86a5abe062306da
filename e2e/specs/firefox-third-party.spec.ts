import { expect, test } from 'playwright/test'
import type { LogEntry } from '../../src/panel/session.ts'
import { launchFirefox, type RunningFirefox } from '../browser/firefox.ts'
import type { FirefoxThirdPartyMode } from '../browser/firefox-preferences.ts'
import type { FirefoxPanel } from '../browser/firefox-toolbox.ts'
import { cookiesOf, linesOf } from './capture-log.ts'
import { type Site, startSite } from './capture-site.ts'
import { clearLog, openSession, readState, restingLog } from './firefox-log.ts'

/**
 * What becomes of third-party cookies is a setting that no extension of ours may read. A fetch that loses its cookies looks the
 * same to the last header, whether it was made without credentials or the browser blocks them: nothing may be said for certain before
 * something else has told the setting.
 */

const noIcon = '<link rel="icon" href="data:,">'
const page = 'https://www.shop.test'
const api = 'https://other.test'
const attributes = 'Path=/; Secure; SameSite=None'

let site: Site
test.beforeAll(async () => {
  const cors = { 'Access-Control-Allow-Origin': page, 'Access-Control-Allow-Credentials': 'true' }
  site = await startSite({
    '/': { body: noIcon },
    '/own': { body: noIcon, headers: { 'Set-Cookie': `own=1; ${attributes}` } },
    '/api': { headers: { ...cors, 'Set-Cookie': `api=1; ${attributes}` } },
    '/frame': { headers: { 'Set-Cookie': `frame=1; ${attributes}` } },
  })
})
test.afterAll(() => site?.close())

const pathOf = ({ exchange }: LogEntry): string => new URL(exchange.url).pathname

/** Runs on a fresh browser, on a page of the shop, with a cookie of the other site's own in the jar. */
const run = async (
  thirdPartyCookies: FirefoxThirdPartyMode,
  test: (running: RunningFirefox, panel: FirefoxPanel) => Promise<void>,
) => {
  await using running = await launchFirefox({ thirdPartyCookies, servers: site.servers, extension: 'dist/firefox' })
  const panel = await openSession(running)
  await running.page.goto(`${api}/own`)
  await running.page.goto(`${page}/`)
  await restingLog(panel, 2)
  await clearLog(panel)
  await test(running, panel)
}

const ask = ({ page: tab }: RunningFirefox, credentials: 'include' | 'omit') =>
  tab.evaluate(
    (url, mode) => fetch(url, { credentials: mode }).then(() => undefined),
    `${api}/api`,
    credentials as RequestCredentials,
  )

const addFrame = ({ page: tab }: RunningFirefox) =>
  tab.evaluate(
    (src) =>
      new Promise<void>((resolve) => {
        document.body.append(Object.assign(document.createElement('iframe'), { src, onload: () => resolve() }))
      }),
    `${api}/frame`,
  )

/** What is said of the fetch's line and of the other site's own cookie. */
const said = async (panel: FirefoxPanel, length: number): Promise<string[]> => {
  const entry = (await restingLog(panel, length)).find((one) => pathOf(one) === '/api')
  return entry === undefined ? [] : [...linesOf(entry), ...cookiesOf(entry).filter((text) => text.startsWith('own='))]
}

const undecided = [
  'api unknown CredentialsOmitted UserPreferences predicted',
  'own=1 unknown PartitionKeyMismatch CredentialsOmitted UserPreferences predicted',
]

for (const credentials of ['include', 'omit'] as const) {
  test(`third-party cookies blocked, a fetch with credentials: ${credentials}`, async () => {
    await run('blocked', async (running, panel) => {
      await ask(running, credentials)
      expect(await said(panel, 1)).toEqual(undecided)
      // Nothing but the setting takes a frame's cookies away.
      await addFrame(running)
      await expect
        .poll(() => said(panel, 2))
        .toEqual(['api blocked UserPreferences confirmed', 'own=1 blocked UserPreferences confirmed'])
      const [, frame] = (await readState(panel)).entries
      expect(frame && linesOf(frame)).toEqual(['frame blocked UserPreferences confirmed'])
      expect((await readState(panel)).status.thirdPartyCookies).toBe('blocked')
    })
  })
}

test('third-party cookies partitioned, a fetch without credentials', async () => {
  await run('partitioned', async (running, panel) => {
    await ask(running, 'omit')
    expect(await said(panel, 1)).toEqual(undecided)
    await addFrame(running)
    await expect
      .poll(() => said(panel, 2))
      .toEqual([
        'api blocked CredentialsOmitted confirmed',
        'own=1 blocked PartitionKeyMismatch CredentialsOmitted confirmed',
      ])
    await clearLog(panel)
    await ask(running, 'include')
    expect(await said(panel, 1)).toEqual(['api stored confirmed', 'own=1 blocked PartitionKeyMismatch confirmed'])
  })
})

test('third-party cookies allowed, a fetch without credentials, and with', async () => {
  await run('allowed', async (running, panel) => {
    await ask(running, 'omit')
    expect(await said(panel, 1)).toEqual(undecided)
    await addFrame(running)
    await expect
      .poll(() => said(panel, 2))
      .toEqual(['api blocked CredentialsOmitted confirmed', 'own=1 blocked CredentialsOmitted confirmed'])
    await clearLog(panel)
    await ask(running, 'include')
    expect(await said(panel, 1)).toEqual(['api stored confirmed', 'own=1 sent confirmed'])
  })
})
