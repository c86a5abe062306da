import type { Page } from 'playwright'
import { expect } from 'playwright/test'
import { lowContrast } from '../panel-preview/low-contrast.ts'
import { test } from '../panel-preview/test.ts'

/** What is selected looks so, in the system's few colours (a contrast theme), too. */

const background = (page: Page, selector: string) =>
  page
    .locator(selector)
    .first()
    .evaluate((element) => getComputedStyle(element).backgroundColor)

for (const theme of ['light', 'dark'] as const) {
  test(`shows in the system’s ${theme} colours what is selected, and where the panes meet`, async ({ open }) => {
    const page = await open(`scene=story-broken&theme=${theme}`)
    await page.emulateMedia({ forcedColors: 'active', colorScheme: theme })
    const canvas = await background(page, 'body')
    await page.getByRole('option', { name: /POST \/auth\/login/ }).click()
    for (const focused of ['.list', '.filter input']) {
      await page.locator(focused).focus()
      expect(await background(page, '.row[aria-selected=true]'), focused).not.toBe(canvas)
      expect(await background(page, '[role=tab][aria-selected=true]')).toBe(
        await background(page, '.row[aria-selected=true]'),
      )
      expect(await page.evaluate(lowContrast), focused).toEqual([])
    }
    const line = await page
      .locator('.divider')
      .evaluate((divider) => getComputedStyle(divider, '::before').backgroundColor)
    expect(line).not.toBe(canvas)
    await page.getByRole('button', { name: 'Problems only' }).click()
    expect(await background(page, '[aria-pressed=true]')).not.toBe(canvas)
    await page.getByRole('button', { name: 'Export' }).click()
    expect(await background(page, '[role=menuitem]:focus')).not.toBe(canvas)
    expect(await page.evaluate(lowContrast)).toEqual([])
  })
}

test('shows that a gap is selected while the focus is elsewhere', async ({ open }) => {
  const page = await open('scene=events')
  await page.locator('.row.gap').first().click()
  await page.getByLabel('Filter requests').focus()
  expect(await background(page, '.row.gap[aria-selected=true]')).not.toBe(
    await background(page, '.row.gap[aria-selected=false]'),
  )
})
