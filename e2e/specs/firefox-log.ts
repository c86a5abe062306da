import { expect } from 'playwright/test'
import type { Gap, StoreWrite } from '../../src/contract.ts'
import type { LogEntry, SessionStatus } from '../../src/panel/session.ts'
import type { RunningFirefox } from '../browser/firefox.ts'
import { removeCookies } from '../browser/firefox-chrome.ts'
import type { ExtensionDocument } from '../browser/firefox-extension.ts'
import { type FirefoxPanel, openFirefoxPanel } from '../browser/firefox-toolbox.ts'

/** As capture-log.ts, in Firefox: the session as its panel has it. */

type Panel = Pick<ExtensionDocument, 'evaluate'>

export interface State {
  entries: LogEntry[]
  gaps: Gap[]
  writes: StoreWrite[]
  status: SessionStatus
}

export const readState = (panel: Panel): Promise<State> =>
  panel.evaluate(() => {
    const session = window.cookieVerdictSession
    if (session === undefined) throw new Error('There is no session.')
    const { entries, gaps, writes, status } = session
    return JSON.parse(JSON.stringify({ entries, gaps, writes, status: status.peek() }))
  }, null)

export const clearLog = (panel: Panel): Promise<void> =>
  panel.evaluate(() => window.cookieVerdictSession?.clear(), null)

export const setRecording = (panel: Panel, on: boolean): Promise<void> =>
  panel.evaluate((recording) => window.cookieVerdictSession?.setRecording(recording), on)

/** Opens DevTools on our panel, and waits until it records. */
export const openSession = async (running: RunningFirefox, isPrivate = false): Promise<FirefoxPanel> => {
  const panel = await openFirefoxPanel(running, isPrivate)
  await panel.evaluate(
    () =>
      new Promise((resolve) =>
        window.cookieVerdictSession === undefined ? addEventListener('cookie-verdict-session', resolve) : resolve(null),
      ),
    null,
  )
  await expect.poll(async () => (await readState(panel)).status.connection).toBe('connected')
  return panel
}

const isOver = ({ state, observed }: LogEntry): boolean =>
  state !== 'pending' && observed.every(({ pending }) => pending !== true)

/** The log, when it has so many entries and all is said that will be. */
export const restingLog = async (panel: Panel, length: number): Promise<LogEntry[]> => {
  await expect
    .poll(async () => {
      const { entries } = await readState(panel)
      return entries.every(isOver) ? entries.map(({ exchange }) => exchange.url) : 'not over'
    })
    .toHaveLength(length)
  return (await readState(panel)).entries
}

/** What was written to the store without a response of the tab: `+name=value cause`, `-` where it was deleted. */
export const toldWrites = async (panel: Panel): Promise<string[]> =>
  (await readState(panel)).writes.map(
    ({ removed, cause, cookie: { name, value } }) => `${removed ? '-' : '+'}${name}=${value} ${cause}`,
  )

/** An empty jar and an empty log, on a page. What the emptying did is over then. */
export const beginOn = async (running: RunningFirefox, panel: Panel, url: string): Promise<void> => {
  await running.page.goto(url)
  await removeCookies(running.evaluateInChrome)
  // Writes are told in order: when this one is, all that came before is over.
  await running.page.evaluate(() => {
    // biome-ignore-start lint/suspicious/noDocumentCookie: what a page does
    document.cookie = 'begin=1'
    document.cookie = 'begin=; max-age=-1'
    // biome-ignore-end lint/suspicious/noDocumentCookie: what a page does
  })
  await expect.poll(async () => (await toldWrites(panel)).at(-1)).toBe('-begin=1 explicit')
  await clearLog(panel)
}

/** The log's one gap, when it lasts or is over as it should. */
export const theGap = async (panel: Panel, kind: Gap['kind'], state: 'lasts' | 'is over'): Promise<Gap> => {
  const gaps = async () => (await readState(panel)).gaps
  await expect
    .poll(async () => (await gaps()).map((gap) => [gap.kind, gap.to === null ? 'lasts' : 'is over']))
    .toEqual([[kind, state]])
  const [gap] = await gaps()
  if (gap === undefined) throw new Error('The gap is gone.')
  return gap
}
