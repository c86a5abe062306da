import { expect } from 'playwright/test'
import { lowContrast } from '../panel-preview/low-contrast.ts'
import { STORIES } from '../panel-preview/stories.ts'
import { test } from '../panel-preview/test.ts'

/** Whatever the panel shows, it fits its width and can be read in both themes. A test for each scene, so that none is long. */

test.describe.configure({ mode: 'parallel' })

for (const [scene, name] of [
  ['login', /^Cookie not stored/],
  ['cases', /very-long-segment/],
  ['cases', /v2\/sessions/],
  ['hostile', /evil\.test/],
  ['events', /^Cookie <img/],
  ['events', /^The extension could/],
] as const) {
  test(`never scrolls sideways: ${scene}, ${name.source}`, async ({ open }) => {
    for (const width of [400, 640, 1200]) {
      const page = await open(`scene=${scene}`, { width, height: 600 })
      await page.getByRole('option', { name }).click()
      const wide = await page.evaluate(() =>
        [...document.querySelectorAll('html, .list, .detail, .toolbar, .footer, .card, .raw-text')]
          .filter((element) => element.scrollWidth > element.clientWidth)
          .map((element) => element.className || element.tagName),
      )
      expect(wide, `at ${width}`).toEqual([])
      await page.close()
    }
  })
}

for (const [scene, name] of [
  ['login', /^Cookie not stored/],
  ['cases', /\/profile/],
  ['cases', /\/settings/],
  ['cases', /\/session /],
  ['hostile', /evil\.test/],
  ['login&hostAccess=missing', /\/me /],
  ['events', /^Cookie heartbeat/],
  ['events', /^The tab crashed/],
] as const) {
  test(`has enough contrast: ${scene}, ${name.source}`, async ({ open }) => {
    for (const theme of ['light', 'dark']) {
      const page = await open(`scene=${scene}&theme=${theme}`, { width: 1000, height: 1400 })
      await page.getByRole('option', { name }).click()
      await page.mouse.move(0, 0)
      expect(await page.evaluate(lowContrast), theme).toEqual([])
      await page.getByLabel('Filter requests').focus()
      expect(await page.evaluate(lowContrast), `${theme}, the focus elsewhere`).toEqual([])
      await page.close()
    }
  })
}

for (const scene of Object.keys(STORIES)) {
  test(`fits, in any width: ${scene}`, async ({ open }) => {
    for (const view of ['requests', 'story']) {
      const page = await open(`scene=${scene}&view=${view}`, { width: 1200, height: 600 })
      for (const width of [1200, 640, 320]) {
        await page.setViewportSize({ width, height: 600 })
        const wide = await page.evaluate(() =>
          [...document.querySelectorAll('html, .story-bar, .story-page, .detail, .toolbar, .footer, .card, .diagram')]
            .filter((element) => element.scrollWidth > element.clientWidth)
            .map((element) => element.className || element.tagName),
        )
        expect(wide, `${view} at ${width}`).toEqual([])
      }
      await page.close()
    }
  })

  test(`has enough contrast: ${scene}`, async ({ open }) => {
    for (const view of ['requests', 'story']) {
      for (const theme of ['light', 'dark']) {
        const page = await open(`scene=${scene}&theme=${theme}&view=${view}`, { width: 1000, height: 2400 })
        await page.mouse.move(0, 0)
        expect(await page.evaluate(lowContrast), `${view}, ${theme}`).toEqual([])
        await page.close()
      }
    }
  })
}
