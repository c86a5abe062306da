import { type Browser, chromium, type Page } from 'playwright'
import { test as base, expect } from 'playwright/test'
import { findBrowser } from '../../scripts/find-browser.mjs'
import { type Preview, startPreview } from './server.ts'

interface Worker {
  preview: Preview
  chromium: Browser
}
interface Fixtures {
  open(query: string, size?: { width: number; height: number }): Promise<Page>
}

export const test = base.extend<Fixtures, Worker>({
  preview: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the parameters' names
    async ({}, use) => {
      const preview = await startPreview()
      await use(preview)
      await preview.close()
    },
    { scope: 'worker' },
  ],
  chromium: [
    // biome-ignore lint/correctness/noEmptyPattern: likewise
    async ({}, use) => {
      const executablePath = await findBrowser()
      if (executablePath === null) throw new Error('No Chromium found.')
      const browser = await chromium.launch({ executablePath })
      await use(browser)
      await browser.close()
    },
    { scope: 'worker' },
  ],
  open: async ({ preview, chromium: browser }, use) => {
    const context = await browser.newContext({ permissions: ['clipboard-read'], timezoneId: 'UTC' })
    const failures: string[] = []
    await use(async (query, size = { width: 1000, height: 600 }) => {
      const page = await context.newPage()
      page.on('pageerror', (error) => failures.push(error.message))
      page.on('dialog', (dialog) => {
        failures.push(`a dialog: ${dialog.message()}`)
        void dialog.dismiss()
      })
      await page.setViewportSize(size)
      await page.goto(`${preview.url}?${query}`)
      await page.locator('.app').waitFor()
      return page
    })
    await context.close()
    expect(failures).toEqual([])
  },
})
