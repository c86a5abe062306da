import type { Page } from 'playwright'
import { expect } from 'playwright/test'
import { SECRET } from '../panel-preview/entries.ts'
import { test } from '../panel-preview/test.ts'

/** The panel's components in an ordinary page, with a made-up session: what needs no DevTools to be tested. */

const list = (page: Page) => page.getByRole('listbox', { name: 'Requests' })
const row = (page: Page, name: RegExp) => page.getByRole('option', { name })
const detail = (page: Page) => page.getByRole('region', { name: 'Details of the request' })
const calls = (page: Page) => page.evaluate(() => window.session.calls)

test('names each request with its verdict', async ({ open }) => {
  const page = await open('scene=login')
  await expect(row(page, /^Cookie not stored: POST .*\/login api\.shop\.test, 200, 1 blocked, 1 stored$/)).toBeVisible()
  await expect(row(page, /^Cookie not sent: GET \/me api\.shop\.test, 401, 1 not sent$/)).toBeVisible()
  await expect(row(page, /^Redirect: GET \/account/)).toBeVisible()
  await expect(row(page, /^No cookies: OPTIONS/)).toBeVisible()
  await expect(page.locator('footer')).toHaveText(
    /8 requests.*3 problems.*14 cookies of this site.*third-party cookies: allowed.*recording since 12:04:31/,
  )
})

test('works by keyboard alone', async ({ open }) => {
  const page = await open('scene=login')
  const focused = (locator: ReturnType<typeof list>) => expect(locator).toBeFocused()
  await page.keyboard.press('/')
  await focused(page.getByLabel('Filter requests'))
  await page.keyboard.type('login')
  await expect(page.getByRole('option')).toHaveCount(4)
  await page.keyboard.press('Escape')
  await expect(page.getByRole('option')).toHaveCount(8)
  await page.keyboard.press('Enter')
  await focused(list(page))
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await expect(page.locator('.row[aria-selected=true]')).toHaveAttribute('id', 'request-r3')
  await expect(list(page)).toHaveAttribute('aria-activedescendant', 'request-r3')
  await page.keyboard.press('End')
  await expect(page.locator('.row[aria-selected=true]')).toHaveAttribute('id', 'request-r8')
  await page.keyboard.press('Home')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await focused(detail(page))
  // “This is the login”, the card, its value.
  for (let i = 0; i < 3; i++) await page.keyboard.press('Tab')
  const value = page.getByRole('button', { name: 'Value of sid, 32 bytes' })
  await focused(value)
  await page.keyboard.press('Space')
  await expect(value).toHaveAttribute('aria-pressed', 'true')
  await focused(value)
  await page.keyboard.press('Escape')
  await focused(list(page))
  await page.keyboard.press('Tab')
  const divider = page.getByRole('separator', { name: 'Width of the list' })
  await focused(divider)
  const before = await list(page).evaluate((element) => element.clientWidth)
  await page.keyboard.press('ArrowRight')
  await expect.poll(() => list(page).evaluate((element) => element.clientWidth)).toBeGreaterThan(before)
  await page.keyboard.press('Control+f')
  await focused(page.getByLabel('Filter requests'))
})

test('opens the export menu by keyboard', async ({ open }) => {
  const page = await open('scene=login')
  await page.getByRole('button', { name: 'Export' }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('menuitem', { name: /^Copy Markdown report/ })).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await expect(page.getByRole('menuitem', { name: /^Download JSON report/ })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('menu')).toBeHidden()
  await expect(page.getByRole('button', { name: 'Export' })).toBeFocused()
})

test('keeps values out of the page until they are asked for, one by one', async ({ open }) => {
  const page = await open('scene=cases')
  await row(page, /\/profile/).click()
  await detail(page).locator('summary', { hasText: 'prefs' }).click()
  await expect(page.getByRole('button', { name: /^Value of/ })).toHaveCount(6)
  const html = () => page.evaluate(() => document.documentElement.outerHTML)
  expect(await html()).not.toContain(SECRET)
  await page.getByRole('button', { name: 'Value of ghost, 32 bytes' }).click()
  expect((await html()).split(SECRET)).toHaveLength(2)
  await row(page, /\/settings/).click()
  await row(page, /\/profile/).click()
  await expect(page.getByRole('button', { name: 'Value of ghost' })).toHaveAttribute('aria-pressed', 'false')
  expect(await html()).not.toContain(SECRET)
})

test('keeps the values in a URL out of the page, too, until they are asked for by keyboard', async ({ open }) => {
  const page = await open('scene=login')
  await row(page, /^Redirect: GET \/account/).click()
  const html = () => page.evaluate(() => document.documentElement.outerHTML)
  expect(await html()).not.toContain('orders%2F2026')
  const value = page.getByRole('button', { name: 'Value of next in the address, 32 bytes' })
  await value.focus()
  await page.keyboard.press('Enter')
  await expect(value).toBeFocused()
  await expect(detail(page).locator('.url .value')).toHaveText('%2Forders%2F2026%2F11%2Foverview')
  await page.keyboard.press('Enter')
  expect(await html()).not.toContain('orders%2F2026')
})

test('shows what hostile pages send as text, hidden characters escaped', async ({ open }) => {
  const page = await open('scene=hostile')
  await row(page, /evil\.test/).click()
  await expect(detail(page).locator('img, script, b:has-text("Not bold") + *')).toHaveCount(0)
  await expect(detail(page)).toContainText('<b>Not bold</b> \\u{2066}isolated\\u{2069} \\x00\\x1b[31m.')
  await page.getByRole('button', { name: 'Value of token, 40 bytes' }).click()
  await expect(detail(page).locator('mark')).toContainText(['\\x01'])
  await expect(detail(page).locator('ins')).toContainText(['abc%01def%7F'])
  await expect(detail(page).getByText('café', { exact: true })).toBeVisible()
})

test('says where and how long a stored cookie is kept', async ({ open }) => {
  const page = await open('scene=cases')
  await row(page, /\/settings/).click()
  await expect(detail(page)).toContainText('Kept: shop.test and its sub-domains · path / · until 20 Dec 2027')
})

test('copies the corrected line as it is shown, its value only once that is revealed', async ({ open }) => {
  const page = await open('scene=login')
  await row(page, /^Cookie not stored/).click()
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText())
  await page.getByRole('button', { name: 'Copy the corrected line, <value> in place of its value' }).click()
  await expect(page.getByText('Line copied, <value> in place of its value')).toBeVisible()
  expect(await clipboard()).toBe('sid=<value>; Path=/; HttpOnly; SameSite=None; Secure')
  await page.getByRole('button', { name: 'Value of sid, 32 bytes' }).click()
  await page.getByRole('button', { name: 'Copy the corrected line with its value' }).click()
  await expect(page.getByText('Line copied with its value')).toBeVisible()
  expect(await clipboard()).toBe(`sid=${SECRET}; Path=/; HttpOnly; SameSite=None; Secure`)
})

test('tells when copying failed', async ({ open }) => {
  const page = await open('scene=login')
  await page.evaluate(() => {
    document.execCommand = () => false
    navigator.clipboard.writeText = () => Promise.reject(new Error('blocked'))
  })
  await row(page, /^Cookie not stored/).click()
  await page.getByRole('button', { name: 'Copy the corrected line' }).click()
  await expect(page.getByRole('status').getByText('The browser did not allow copying')).toBeVisible()
})

test('exports the log', async ({ open }) => {
  const page = await open('scene=login')
  await page.getByRole('button', { name: 'Export' }).click()
  await page.getByRole('menuitem', { name: /^Copy Markdown report/ }).click()
  await expect(page.getByText('Report copied (redacted)')).toBeVisible()
  const markdown = await page.evaluate(() => navigator.clipboard.readText())
  expect(markdown).toContain('SameSiteNoneInsecure')
  expect(markdown).not.toContain(SECRET)
  await page.getByRole('button', { name: 'Export' }).click()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: /^Download JSON report/ }).click(),
  ])
  expect(download.suggestedFilename()).toMatch(/^cookie-verdict-.*\.json$/)
})

test('renders a few dozen of 10,000 requests, and filters them while it is typed', async ({ open }) => {
  const page = await open('scene=many')
  await expect(page.locator('footer')).toContainText('10,000 requests')
  expect(await page.getByRole('option').count()).toBeLessThan(60)
  await expect(row(page, /chunk-9999\.js/)).toBeVisible()
  await list(page).focus()
  await page.keyboard.press('Home')
  await expect(row(page, /chunk-0\.js/)).toBeVisible()
  await page.getByLabel('Filter requests').pressSequentially('chunk-4242')
  await expect(page.getByRole('option')).toHaveCount(1)
  await page.getByLabel('Clear the filter').click()
  await page.getByRole('button', { name: 'Problems only' }).click()
  await expect(page.locator('footer')).toContainText('400 of 10,000 requests')
})

test('says what other browsers would do, and shows those requests alone', async ({ open }) => {
  const page = await open('scene=login')
  await page.getByRole('button', { name: 'Differs' }).click()
  await expect(page.locator('footer')).toContainText('2 of 8 requests')
  await row(page, /collect/).click()
  const elsewhere = page.locator('.elsewhere')
  await expect(elsewhere.getByRole('listitem')).toHaveText([
    'Chromium here',
    'Firefox stored, but only for pages under shop.test',
    'Safari blocked: third-party cookies are blocked',
  ])
  await row(page, /auth\/login/).click()
  await expect(elsewhere.first().getByRole('listitem')).toHaveText([
    'Chromium here',
    'Firefox blocked',
    'Safari stored',
  ])
})

test('looks at 10,000 requests for other browsers while the page goes on', async ({ open }) => {
  const page = await open('scene=many')
  const differs = page.getByRole('button', { name: 'Differs' })
  await differs.click()
  await expect(differs).toHaveAttribute('aria-pressed', 'true')
  await expect(page.locator('footer')).toContainText('of 10,000 requests')
})

test('follows the end of the list while the reader is there, and keeps the selection', async ({ open }) => {
  const page = await open('scene=many', { width: 1000, height: 400 })
  const add = (id: string) =>
    page.evaluate((name) => {
      const last = window.session.entries.at(-1)
      if (last)
        window.session.put({ ...last, id: name, exchange: { ...last.exchange, url: `https://shop.test/${name}` } })
    }, id)
  await add('new1')
  await expect(row(page, /\/new1 /)).toBeInViewport()
  await list(page).evaluate((element) => element.scrollTo(0, 2400))
  await expect(row(page, /chunk-105\.js/)).toBeVisible()
  await row(page, /chunk-105\.js/).click()
  await add('new2')
  await expect(page.locator('footer')).toContainText('10,002 requests')
  expect(await list(page).evaluate((element) => element.scrollTop)).toBe(2400)
  await page.evaluate(() => {
    const entry = window.session.entries[105]
    if (entry) window.session.put({ ...entry, exchange: { ...entry.exchange, status: 503 } })
  })
  await expect(page.locator('.row[aria-selected=true]')).toContainText('503')
  await expect(detail(page)).toContainText('503')
})

const events = (page: Page) => page.getByRole('region', { name: 'Details of the store write' })

test('shows what no response wrote, and what is missing, between the requests', async ({ open }) => {
  const page = await open('scene=events', { width: 1000, height: 700 })
  await expect(page.getByRole('option').first()).toHaveAccessibleName('Not recording 12:03:15 to 12:04:31 (76 s)')
  await expect(
    row(page, /^Cookie heartbeat app.shop.test, written 34 times by script or by the browser, /),
  ).toHaveCount(1)
  await expect(row(page, /^Cookie cart .*evicted to make room/)).toBeVisible()
  await expect(row(page, /^The tab crashed, nothing recorded at 12:04:34$/)).toBeVisible()
  await expect(row(page, /^The extension was reloaded, nothing recorded since 12:05:33$/)).toBeVisible()
  await expect(page.locator('footer')).toContainText('8 requests')
  const before = await page.getByRole('option').count()
  await page.evaluate(() => {
    const [first] = window.session.log.writes
    if (first) window.session.log.addWrites([{ ...first, id: 'late', time: first.time + 100 }])
    window.session.changed()
  })
  await expect(page.getByRole('option')).toHaveCount(before + 1)
  const consents = row(page, /^Cookie consent/)
  await expect(consents).toHaveCount(2)
  const places = await consents.evaluateAll((rows) => rows.map((one) => Number(one.getAttribute('aria-posinset'))))
  expect(places.every((place) => place < 8)).toBe(true)
  await page.getByRole('button', { name: 'Problems only' }).click()
  await expect(row(page, /^Cookie /)).toHaveCount(3)
  await expect(row(page, /^Cookie not /)).toHaveCount(3)
  await expect(page.locator('.row.gap')).toHaveCount(4)
  await page.getByRole('button', { name: 'Problems only' }).click()
  await page.getByLabel('Filter requests').fill('heartbeat')
  await expect(page.locator('.row:not(.gap)')).toHaveCount(1)
  await expect(page.locator('.row.gap')).toHaveCount(4)
  await expect(page.locator('footer')).toContainText('0 of 8 requests')
  await page.getByLabel('Filter requests').fill('nowhere')
  await expect(page.getByRole('main')).toContainText('No request matches')
  await expect(page.locator('.row.gap')).toHaveCount(4)
  await page.getByRole('button', { name: 'Show all' }).click()
  await page.getByRole('button', { name: 'Clear', exact: true }).click()
  await expect(page.locator('.row:not(.gap)')).toHaveCount(0)
})

test('tells of a store write what the store has, masked, and which requests had to do with it', async ({ open }) => {
  const page = await open('scene=events')
  await row(page, /^Cookie csrf/).click()
  await expect(events(page)).toContainText('removed by another tab, an extension or the browser')
  await expect(events(page)).toContainText('host-only for api.shop.test · path /auth')
  await expect(events(page)).toContainText('HttpOnly')
  await expect(events(page)).toContainText('Before: GET /me api.shop.test went without it')
  expect(await events(page).innerHTML()).not.toContain('8f2d11')
  await page.getByRole('button', { name: 'Value of csrf, 6 bytes' }).click()
  await expect(events(page)).toContainText('8f2d11')
  await events(page).getByRole('button', { name: 'GET /me api.shop.test' }).click()
  await expect(page.locator('.row[aria-selected=true]')).toHaveAttribute('id', 'request-r4')
  await list(page).focus()
  await page.keyboard.press('ArrowUp')
  await expect(page.getByRole('region', { name: 'Details of the gap' })).toContainText('Allow access to the site')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await expect(page.locator('.row[aria-selected=true]')).toHaveAccessibleName(/^Cookie csrf/)
  expect(await page.locator('html').innerHTML()).not.toContain('8f2d11')
})

test('exports them', async ({ open }) => {
  const page = await open('scene=events')
  await page.getByRole('button', { name: 'Export' }).click()
  await page.getByRole('menuitem', { name: /^Copy Markdown report/ }).click()
  await expect(page.getByText('Report copied (redacted)')).toBeVisible()
  const markdown = await page.evaluate(() => navigator.clipboard.readText())
  expect(markdown).toContain('### Not from a response')
  expect(markdown).toContain('### Gaps')
  expect(markdown).not.toContain(SECRET)
})

test('says how many requests were given up, and drops no more than it must', async ({ open }) => {
  const page = await open('scene=full')
  await expect(page.locator('footer')).toContainText('9,375 requests')
  await expect(page.locator('footer')).toContainText('500 problems')
  await expect(page.locator('footer')).toContainText('3,125 older given up')
  await list(page).focus()
  await page.keyboard.press('Home')
  const gap = row(page, /^3,125 older requests were given up to save memory, those without a problem first$/)
  await expect(gap).toBeVisible()
  await expect(gap).toHaveAttribute('aria-selected', 'true')
})

test('keeps in place what the reader looks at when older requests are given up above it', async ({ open }) => {
  const page = await open('scene=full', { width: 1000, height: 400 })
  await list(page).evaluate((element) => element.scrollTo(0, 100_000))
  const looked = page.locator('#request-m7295')
  await expect(looked).toBeInViewport()
  const place = () => looked.boundingBox()
  const before = await place()
  await page.evaluate(() => {
    const last = window.session.entries.at(-1)
    const more = Array.from({ length: 626 }, (_, i) => ({ ...last, id: `more${i}` }))
    window.session.put(...(more as NonNullable<typeof last>[]))
  })
  await expect(page.locator('footer')).toContainText('3,751 older given up')
  await expect.poll(place).toEqual(before)
})

test('says what to do where there is nothing to list', async ({ open }) => {
  const empty = await open('scene=empty')
  await empty.getByRole('main').getByRole('button', { name: 'Reload the page' }).click()
  expect(await calls(empty)).toEqual(['reloadPage'])
  const off = await open('scene=empty&recording=off')
  await off.getByRole('main').getByRole('button', { name: 'Record' }).click()
  expect(await calls(off)).toEqual(['setRecording true'])
  await expect(off.getByRole('main')).toContainText('Log in on the page')
  const noAccess = await open('scene=login&hostAccess=missing')
  await noAccess.getByRole('button', { name: 'Allow access' }).click()
  expect(await calls(noAccess)).toEqual(['requestHostAccess'])
  await expect(noAccess.getByRole('button', { name: 'Allow access' })).toHaveCount(0)
  const lost = await open('scene=empty&connection=lost')
  await expect(lost.getByRole('main')).toContainText('Close DevTools and open it again')
  await expect(lost.getByRole('button', { name: 'Stop recording' })).toBeDisabled()
  const filtered = await open('scene=login')
  await filtered.getByLabel('Filter requests').fill('nowhere')
  await filtered.getByRole('button', { name: 'Show all' }).click()
  await expect(filtered.getByRole('option')).toHaveCount(8)
})

test('sends its commands', async ({ open }) => {
  const page = await open('scene=login')
  await page.getByRole('button', { name: 'Stop recording' }).click()
  await page.getByRole('button', { name: 'Record', exact: true }).click()
  await page.getByRole('button', { name: 'Clear', exact: true }).click()
  await page.getByRole('banner').getByRole('button', { name: 'Reload the page' }).click()
  expect(await calls(page)).toEqual(['setRecording false', 'setRecording true', 'clear', 'reloadPage'])
  await expect(page.getByRole('main')).toContainText('Log in on the page')
})

test('gives one pane at a time at 400 pixels', async ({ open }) => {
  const page = await open('scene=login', { width: 400, height: 600 })
  await expect(detail(page)).toHaveCount(0)
  await row(page, /^Cookie not stored/).click()
  await expect(detail(page)).toBeFocused()
  await expect(list(page)).toBeHidden()
  await page.getByRole('button', { name: 'Back to the requests' }).click()
  await expect(list(page)).toBeFocused()
  await expect(page.locator('.row[aria-selected=true]')).toHaveAttribute('id', 'request-r3')
})
