import type { Frame, Locator } from 'playwright'
import type { Expectation } from '../sites/scenarios.ts'
import { readClipboard } from './clipboard.ts'
import type { RunningBrowser } from './launch.ts'

/** The row of the panel's list on which a scenario's loss has to be flagged. */
export const flaggedRow = (panel: Frame, { operation, request }: Expectation): Locator =>
  panel
    .getByRole('option', { name: `${request.method} ${request.path} ${request.host}` })
    .filter({ hasText: operation === 'set' ? 'blocked' : 'not sent' })

/** Exports the report as Markdown as a person does, through the panel's menu and the clipboard. */
export const exportMarkdown = async (running: RunningBrowser, panel: Frame): Promise<string> => {
  await panel.getByRole('button', { name: 'Export' }).click()
  await panel.getByRole('menuitem', { name: 'Copy Markdown report' }).click()
  await panel.getByRole('status').getByText('Report copied').waitFor()
  return readClipboard(running.page)
}
