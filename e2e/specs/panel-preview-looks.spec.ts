import { expect } from 'playwright/test'
import { lowContrast } from '../panel-preview/low-contrast.ts'
import { STORIES } from '../panel-preview/stories.ts'
import { test } from '../panel-preview/test.ts'

/** Whatever the panel shows, it fits its width and can be read in both themes. A test for each picture, so that none is long. */

for (const [scene, name] of [
  ['login', /^Cookie not stored/],
  ['cases', /very-long-segment/],
  ['cases', /v2\/sessions/],
  ['hostile', /evil\.test/],
  ['events', /^Cookie <img/],
  ['events', /^The extension could/],
] as const) {
  for (const width of [400, 640, 1200]) {
    test(`never scrolls sideways at ${width} pixels: ${scene}, ${name.source}`, async ({ open }) => {
      const page = await open(`scene=${scene}`, { width, height: 600 })
      await page.getByRole('option', { name }).click()
      const wide = await page.evaluate(() =>
        [...document.querySelectorAll('html, .list, .detail, .toolbar, .footer, .card, .raw-text')]
          .filter((element) => element.scrollWidth > element.clientWidth)
          .map((element) => element.className || element.tagName),
      )
      expect(wide).toEqual([])
    })
  }
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
  for (const theme of ['light', 'dark']) {
    test(`has enough contrast in the ${theme} theme: ${scene}, ${name.source}`, async ({ open }) => {
      const page = await open(`scene=${scene}&theme=${theme}`, { width: 1000, height: 1400 })
      await page.getByRole('option', { name }).click()
      await page.mouse.move(0, 0)
      expect(await page.evaluate(lowContrast)).toEqual([])
      await page.getByLabel('Filter requests').focus()
      expect(await page.evaluate(lowContrast), 'the focus elsewhere').toEqual([])
    })
  }
}

for (const scene of Object.keys(STORIES)) {
  for (const view of ['requests', 'story']) {
    test(`fits, in any width: ${scene}, ${view}`, async ({ open }) => {
      const page = await open(`scene=${scene}&view=${view}`, { width: 1200, height: 600 })
      for (const width of [1200, 640, 320]) {
        await page.setViewportSize({ width, height: 600 })
        const wide = await page.evaluate(() =>
          [...document.querySelectorAll('html, .story-bar, .story-page, .detail, .toolbar, .footer, .card, .diagram')]
            .filter((element) => element.scrollWidth > element.clientWidth)
            .map((element) => element.className || element.tagName),
        )
        expect(wide, `at ${width}`).toEqual([])
      }
    })

    for (const theme of ['light', 'dark']) {
      test(`has enough contrast in the ${theme} theme: ${scene}, ${view}`, async ({ open }) => {
        const page = await open(`scene=${scene}&theme=${theme}&view=${view}`, { width: 1000, height: 2400 })
        await page.mouse.move(0, 0)
        expect(await page.evaluate(lowContrast)).toEqual([])
      })
    }
  }
}
