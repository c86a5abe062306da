import { readdir, readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { expect } from 'playwright/test'
import type { RunningFirefox } from './firefox.ts'
import type { FirefoxPanel } from './firefox-toolbox.ts'

export interface RequestName {
  method: string
  host: string
  path: string
}

/** What a card of the details says. */
export interface Card {
  text: string
  /** Ids of its reasons, the decisive one first. */
  reasons: string[]
  /** What else to change, of the decisive reason. */
  notes: string[]
  /** Whether the corrected line can be copied. */
  hasLine: boolean
}

/** As `panel.ts`, in Firefox: the panel as its reader uses it. */
export interface FirefoxPanelReader {
  clear(): Promise<void>
  /** What the row of a request says to a screen reader; null while there is none. */
  rowName(request: RequestName): Promise<string | null>
  select(request: RequestName): Promise<void>
  /** The first card of the details that names the cookie; null while there is none. */
  card(cookie: string): Promise<Card | null>
  /** Reveals the cookie's value, presses the button that copies the corrected line, and gives what is on the clipboard then. */
  copyLine(cookie: string): Promise<string>
  /** What the footer counts. */
  footer(): Promise<string>
  exportMarkdown(): Promise<string>
  exportJson(): Promise<string>
}

const rowOf = ({ method, host, path: name }: RequestName): string =>
  `[role=option][aria-label*=${JSON.stringify(`: ${method} ${name} ${host},`)}]`

/** @param downloads folder that Firefox saves to without asking */
export const firefoxPanelReader = (
  running: RunningFirefox,
  panel: FirefoxPanel,
  downloads: string,
): FirefoxPanelReader => {
  const clipboard = (): Promise<string> =>
    running.evaluateInChrome(
      (chrome) => (chrome as unknown as { navigator: Navigator }).navigator.clipboard.readText(),
      null,
    )
  /** What the clipboard holds once `copy` has put something there. */
  const copied = async (copy: () => Promise<void>): Promise<string> => {
    await running.evaluateInChrome(
      (chrome) => (chrome as unknown as { navigator: Navigator }).navigator.clipboard.writeText(''),
      null,
    )
    await copy()
    await expect.poll(clipboard).not.toBe('')
    return clipboard()
  }
  const exportBy = async (item: 1 | 2): Promise<void> => {
    await panel.click('.export > button')
    await panel.click(`#export-menu [role=menuitem]:nth-child(${item})`)
  }
  return {
    clear: () => panel.click('button[aria-label="Clear"]'),
    rowName: (request) =>
      panel.evaluate(
        (selector: string) => document.querySelector(selector)?.getAttribute('aria-label') ?? null,
        rowOf(request),
      ),
    select: (request) => panel.click(rowOf(request)),
    card: (cookie) =>
      panel.evaluate((name: string) => {
        const cards = [...document.querySelectorAll('[aria-label="Details of the request"] .card')]
        const card = cards.find(({ textContent }) => textContent?.includes(name))
        if (card === undefined) return null
        const reasons = [...card.querySelectorAll('[data-reason]')]
        return {
          text: card.textContent ?? '',
          reasons: reasons.map((reason) => reason.getAttribute('data-reason') ?? ''),
          notes: [...(reasons[0]?.querySelectorAll('li') ?? [])].map(({ textContent }) => textContent ?? ''),
          hasLine: reasons[0]?.querySelector('[aria-label^="Copy the corrected line"]') != null,
        }
      }, cookie),
    async copyLine(cookie) {
      await panel.click(`.card [aria-label^=${JSON.stringify(`Value of ${cookie},`)}]`)
      return copied(() => panel.click('[aria-label^="Copy the corrected line"]'))
    },
    footer: () => panel.evaluate(() => document.querySelector('footer')?.textContent ?? '', null),
    exportMarkdown: () => copied(() => exportBy(1)),
    async exportJson() {
      await exportBy(2)
      let file = ''
      let text = ''
      // The file is there before it is filled, and away for a moment while it gets its name.
      await expect
        .poll(async () => {
          const [name] = (await readdir(downloads)).filter((one) => one.endsWith('.json'))
          if (name === undefined) return false
          file = path.join(downloads, name)
          text = await readFile(file, 'utf8').catch(() => '')
          return text.trimEnd().endsWith('}')
        })
        .toBe(true)
      await rm(file)
      return text
    },
  }
}
