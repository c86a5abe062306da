import type { Frame, Page } from 'playwright'

const path = (index: number): string => `/set/${index}`

/**
 * Milliseconds from each response to the frame of the panel in which its row has the answer, in order of time.
 * @param page on the bench's site, with DevTools open
 */
export const answerTimes = async (page: Page, panel: Frame, responses: number): Promise<number[]> => {
  await page.goto('http://www.shop.test/empty')
  await panel.evaluate(
    (paths) => {
      const missing = new Set(paths)
      window.shownAt = new Map()
      new MutationObserver((_, observer) => {
        for (const row of document.querySelectorAll('[role="option"]')) {
          const [, shown] = / (\/set\/\d+) \S+, 200/.exec(row.getAttribute('aria-label') ?? '') ?? []
          if (shown === undefined || !missing.delete(shown)) continue
          // Drawn in the frame that is being made.
          requestAnimationFrame(() => window.shownAt?.set(shown, Date.now()))
        }
        if (missing.size === 0) observer.disconnect()
      }).observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ['aria-label'] })
    },
    Array.from({ length: responses }, (_, index) => path(index)),
  )
  for (let index = 0; index < responses; index++) {
    await page.evaluate((url) => fetch(url).then((response) => response.text()), path(index))
    await panel.waitForFunction((shown) => window.shownAt?.has(shown), path(index))
  }
  return panel.evaluate(() =>
    (window.cookieVerdictSession?.entries ?? []).flatMap(({ exchange }) => {
      const shown = window.shownAt?.get(new URL(exchange.url).pathname)
      return shown === undefined ? [] : [shown - exchange.time]
    }),
  )
}

declare global {
  interface Window {
    /** By path: epoch milliseconds. */
    shownAt?: Map<string, number>
  }
}
