import { readFile } from 'node:fs/promises'
import type { Frame, Locator, Page } from 'playwright'
import type { OpenPanel } from './devtools.ts'

/** The panel as its reader uses it. */
export interface PanelReader {
  clear(): Promise<void>
  /** The row of a request, by what it says. */
  row(request: { method: string; host: string; path: string }): Locator
  /** The row of a request that is flagged. */
  flagged(request: { method: string; host: string; path: string }): Locator
  /** Selects a row and gives the details beside it. */
  open(row: Locator): Promise<Locator>
  /** The problems that the footer counts. */
  problems(): Locator
  /** Presses a Copy button and gives what is on the clipboard then, as pasted into the filter and taken out again. */
  copied(button: Locator): Promise<string>
  exportMarkdown(): Promise<string>
  exportJson(): Promise<string>
}

export const panelReader = ({ devtools, panel }: OpenPanel): PanelReader => {
  const filter = panel.getByLabel('Filter requests')
  const exportBy = async (item: RegExp): Promise<void> => {
    await panel.getByRole('button', { name: 'Export' }).click()
    await panel.getByRole('menuitem', { name: item }).click()
  }
  return {
    clear: () => panel.getByRole('button', { name: 'Clear', exact: true }).click(),
    row: (request) => panel.getByRole('option', { name: new RegExp(namePattern(request)) }),
    flagged: (request) =>
      panel.getByRole('option', {
        name: new RegExp(`^Cookie not (stored|sent)(, and the login breaks here)?${namePattern(request)}`),
      }),
    open: async (row) => {
      await row.click()
      return panel.getByRole('region', { name: 'Details of the request' })
    },
    problems: () => panel.locator('footer').getByText(/\d+ problem/),
    copied: async (button) => {
      await button.click()
      await panel.getByText(/^Line copied/).waitFor()
      await filter.focus()
      await devtools.keyboard.press('Control+V')
      const text = await filter.inputValue()
      await filter.fill('')
      return text
    },
    exportMarkdown: async () => {
      await exportBy(/^Copy Markdown report/)
      await panel.getByText(/^Report copied/).waitFor()
      return pasteText(devtools, panel)
    },
    exportJson: async () => {
      // Thousands of exchanges take a busy machine its time.
      const download = devtools.waitForEvent('download', { timeout: 120_000 })
      await exportBy(/^Download JSON report/)
      return readFile(await (await download).path(), 'utf8')
    },
  }
}

/** What is on the clipboard, line breaks too: pasted into a text area made for it, which an input is not. */
const pasteText = async (devtools: Page, panel: Frame): Promise<string> => {
  await panel.evaluate(() => {
    const area = document.createElement('textarea')
    area.id = 'pasted'
    document.body.append(area)
    area.focus()
  })
  await devtools.keyboard.press('Control+V')
  return panel.evaluate(() => {
    const area = document.querySelector<HTMLTextAreaElement>('#pasted')
    area?.remove()
    return area?.value ?? ''
  })
}

const namePattern = ({ method, host, path }: { method: string; host: string; path: string }): string =>
  `: ${method} ${literally(path)} ${literally(host)},`

const literally = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
