import type { Page } from 'playwright'
import { expect } from 'playwright/test'
import { test } from '../panel-preview/test.ts'

/** The panel where DevTools has little room for it: low and wide, as it mostly is, with everything at twice its size, or narrow. */

test.describe.configure({ mode: 'parallel' })

const DOCKED = { width: 900, height: 320 }

test('docked at the bottom, shows the verdict of the step that broke without scrolling', async ({ open }) => {
  const page = await open('scene=story-broken', DOCKED)
  await page.getByRole('button', { name: /sid not stored/ }).click()
  const whole = { ratio: 1 }
  await expect(page.locator('.reason .why > b').first()).toBeInViewport(whole)
  await expect(page.getByRole('button', { name: '401' })).toBeInViewport(whole)
  await page.getByRole('option', { name: /GET \/me / }).click()
  await expect(page.locator('.detail h2')).toHaveText([/^Cookies on the request/, /^Set-Cookie/])
  await expect(page.getByRole('region', { name: 'not sent: csrf' }).locator('header')).toBeInViewport(whole)
})

test('docked at the bottom, brings the fix into sight when it is asked for', async ({ open }) => {
  const page = await open('scene=story-verdict', DOCKED)
  await page.getByRole('button', { name: 'Show the fix' }).click()
  await expect(page.getByRole('button', { name: /^Copy the corrected line/ })).toBeInViewport({ ratio: 1 })
  await page.setViewportSize({ width: 900, height: 900 })
  await page.getByRole('option', { name: /GET \/me / }).click()
  await page.getByRole('button', { name: 'Show the fix' }).click()
  await expect(page.locator('.facts')).toBeInViewport({ ratio: 1 })
  await expect(page.getByRole('button', { name: /^Copy the corrected line/ })).toBeInViewport({ ratio: 1 })
})

test('docked at the bottom, shows the story’s steps and what was found side by side', async ({ open }) => {
  const page = await open('scene=story-broken&view=story', DOCKED)
  await expect(page.getByRole('article').first().getByRole('heading').first()).toBeInViewport({ ratio: 1 })
  await expect(page.getByRole('heading', { name: /The login breaks at step 4/ })).toBeInViewport({ ratio: 1 })
})

/** Elements whose text is drawn over the footer. */
const overFooter = (page: Page) =>
  page.evaluate(() => {
    const footer = document.querySelector('.footer')?.getBoundingClientRect().top ?? 0
    return [...document.querySelectorAll('.list-pane > .empty, .list, .detail, .whole')]
      .filter((element) => element.getBoundingClientRect().bottom > footer + 0.5)
      .map((element) => element.className)
  })

/** Lines end between two pixels, and so may what is seen of them. */
const MOST = { ratio: 0.95 }

for (const [width, height] of [
  [900, 250],
  [900, 160],
  [450, 175],
] as const) {
  test(`can be used at ${width} × ${height}`, async ({ open }) => {
    const empty = await open('scene=empty&hostAccess=missing', { width, height })
    const allow = empty.getByRole('button', { name: 'Allow access' })
    await allow.scrollIntoViewIfNeeded()
    await expect(allow).toBeInViewport(MOST)
    const page = await open('scene=story-broken', { width, height })
    const row = page.getByRole('option', { name: /POST \/auth\/login/ })
    await row.click()
    const verdict = page.locator('.reason .why > b').first()
    await verdict.scrollIntoViewIfNeeded()
    await expect(verdict).toBeInViewport(MOST)
    expect(await overFooter(page)).toEqual([])
    await page.getByLabel('Filter requests').fill('nowhere')
    await page.keyboard.press('Enter')
    const all = page.getByRole('button', { name: 'Show all' })
    await all.scrollIntoViewIfNeeded()
    await expect(all).toBeInViewport(MOST)
    expect(await overFooter(page)).toEqual([])
    await all.click()
    await row.scrollIntoViewIfNeeded()
    await expect(row).toBeInViewport(MOST)
    await page.keyboard.press('/')
    await expect(page.getByLabel('Filter requests')).toBeInViewport(MOST)
    await page.keyboard.press('Enter')
    await expect(page.locator('.list-pane')).toBeInViewport(MOST)
  })
}

test('in one pane, shows what a filter finds in place of the details', async ({ open }) => {
  const page = await open('scene=story-broken', { width: 400, height: 600 })
  const row = page.getByRole('option', { name: /POST \/auth\/login/ })
  const details = page.getByRole('region', { name: 'Details of the request' })
  await row.click()
  await expect(details).toBeFocused()
  await page.getByLabel('Filter requests').fill('auth')
  await expect(details).toHaveCount(0)
  await expect(row).toBeVisible()
  await row.click()
  await page.getByRole('button', { name: 'Problems only' }).click()
  await expect(details).toHaveCount(0)
  await row.click()
  await page.keyboard.press('/')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('listbox', { name: 'Requests' })).toBeFocused()
})

test('in a narrow list, tells long paths apart by their ends', async ({ open }) => {
  const page = await open('scene=cases', DOCKED)
  const last = page.getByRole('option', { name: /very-long-segment/ }).locator('.last-segment')
  await expect(last).toContainText(/^app\.js\?/)
  const name = await last.evaluate((element) => {
    const text = document.createTreeWalker(element, NodeFilter.SHOW_TEXT).nextNode()
    if (text === null) throw new Error('no text')
    const range = document.createRange()
    range.setStart(text, 0)
    range.setEnd(text, 'app.js'.length)
    return range.getBoundingClientRect().right - element.getBoundingClientRect().right
  })
  expect(name).toBeLessThan(0)
})

test('in a narrow list, leaves a path whole as long as its host can give way', async ({ open }) => {
  const page = await open('scene=story-healthy', DOCKED)
  const last = page.getByRole('option', { name: /POST \/signin accounts\./ }).locator('.last-segment')
  // What the ellipsis hides is still in the box: the letters are counted where they are drawn.
  const text = await last.evaluate((element) => {
    const range = document.createRange()
    range.selectNodeContents(element)
    return range.getBoundingClientRect().width - element.getBoundingClientRect().width
  })
  expect(text).toBeLessThanOrEqual(0.02)
})
