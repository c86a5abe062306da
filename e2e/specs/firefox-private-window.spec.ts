import { expect, test } from 'playwright/test'
import { launchFirefox } from '../browser/firefox.ts'
import { openPrivateWindow } from '../browser/firefox-private.ts'
import { firefoxExtensionSettings } from '../browser/firefox-settings.ts'
import { cookiesOf, linesOf } from './capture-log.ts'
import { startSite } from './capture-site.ts'
import { openSession, readState } from './firefox-log.ts'

/** As private-window.spec.ts, in Firefox, where the panel of a private window records by itself. */

test('is recorded like any other, with the writes of its own store alone', async () => {
  const body = '<link rel="icon" href="data:,">'
  const site = await startSite({ '/': { body }, '/set': { body, headers: { 'Set-Cookie': 'sid=1; Path=/' } } })
  const running = await launchFirefox({
    thirdPartyCookies: 'partitioned',
    servers: site.servers,
    extension: 'dist/firefox',
  })
  try {
    await firefoxExtensionSettings(running).setPrivateWindows(true)
    const page = await openPrivateWindow(running)
    await page.goto('https://app.shop.test/')
    const panel = await openSession(running, true)
    await expect.poll(async () => (await readState(panel)).status.page).toBe('https://app.shop.test/')

    await running.page.goto('https://app.shop.test/set')
    await page.evaluate(() => fetch('/set').then(() => undefined))
    await page.evaluate(() => {
      // biome-ignore lint/suspicious/noDocumentCookie: what a page does
      document.cookie = 'script=1'
    })
    await page.goto('https://app.shop.test/')
    const told = async () => {
      const { entries, writes, status } = await readState(panel)
      return [entries.map(linesOf), entries.map(cookiesOf), writes.map(({ cookie }) => cookie.name), status.jarSize]
    }
    await expect
      .poll(told)
      .toEqual([
        [['sid stored confirmed'], []],
        [[], ['sid=1 sent confirmed', 'script=1 sent confirmed']],
        ['script'],
        2,
      ])
    // It goes on while another panel of DevTools is shown.
    await panel.leave()
    await page.goto('https://app.shop.test/set')
    await openSession(running, true)
    await expect
      .poll(async () => (await readState(panel)).entries.map(({ exchange, state }) => [exchange.url, state]))
      .toEqual([
        ['https://app.shop.test/set', 'complete'],
        ['https://app.shop.test/', 'complete'],
        ['https://app.shop.test/set', 'complete'],
      ])
    const { status, gaps } = await readState(panel)
    expect([status.hostAccess, status.connection, gaps]).toEqual(['granted', 'connected', []])
    const kept = await running.evaluateInChrome(
      ({ Services }) => Services.cookies.cookies.map(({ name }) => name).sort(),
      null,
    )
    // The other window's, which its user sees.
    expect(kept).toEqual(['sid'])
  } finally {
    await running.close()
    await site.close()
  }
})
