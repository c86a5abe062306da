import type { Frame } from 'playwright'
import { expect } from 'playwright/test'
import type { Observed, StoreWrite } from '../../src/contract.ts'
import type { LogEntry, SessionStatus } from '../../src/panel/session.ts'

/** The session's log, as the panel has it. */
export const readLog = (panel: Frame): Promise<LogEntry[]> =>
  panel.evaluate(() => JSON.parse(JSON.stringify(window.cookieVerdictSession?.entries)))

export const readStatus = (panel: Frame): Promise<SessionStatus> =>
  panel.evaluate(() => JSON.parse(JSON.stringify(window.cookieVerdictSession?.status.peek())))

export const setRecording = (panel: Frame, on: boolean): Promise<void> =>
  panel.evaluate((recording) => window.cookieVerdictSession?.setRecording(recording), on)

export const clearLog = (panel: Frame): Promise<void> => panel.evaluate(() => window.cookieVerdictSession?.clear())

const isOver = ({ state, observed }: LogEntry): boolean =>
  state !== 'pending' && observed.every(({ agreement }) => agreement !== 'predicted')

/** The log, when it has so many entries and the store has answered for each. */
export const settledLog = async (panel: Frame, length: number): Promise<LogEntry[]> => {
  await expect
    .poll(async () => {
      const log = await readLog(panel)
      return log.every(isOver) ? log.map(({ exchange }) => exchange.url) : 'not over'
    })
    .toHaveLength(length)
  return readLog(panel)
}

const agreementOf = (observed: readonly Observed[], operation: Observed['operation'], index: number): string =>
  observed.find((one) => one.operation === operation && one.index === index)?.agreement ?? 'unseen'

/** `name outcome reason… agreement` of each Set-Cookie line. */
export const linesOf = ({ verdict, observed }: LogEntry): string[] =>
  verdict.setCookies.map(({ line, outcome, reasons }, index) =>
    [
      line.slice(0, line.indexOf('=')),
      outcome,
      ...reasons.map(({ id }) => id),
      agreementOf(observed, 'set', index),
    ].join(' '),
  )

/** `name=value outcome reason… agreement` of each cookie that the request could have carried. */
export const cookiesOf = ({ verdict, observed }: LogEntry): string[] =>
  verdict.cookies.map(({ cookie: { name, value }, outcome, reasons }, index) =>
    [`${name}=${value}`, outcome, ...reasons.map(({ id }) => id), agreementOf(observed, 'send', index)].join(' '),
  )

/** What was written to the store without a response of the tab. */
export const readWrites = (panel: Frame): Promise<StoreWrite[]> =>
  panel.evaluate(() => JSON.parse(JSON.stringify(window.cookieVerdictSession?.writes)))

/** The log, when it has so many entries and all is said that will be. */
export const restingLog = async (panel: Frame, length: number): Promise<LogEntry[]> => {
  await expect
    .poll(async () => {
      const log = await readLog(panel)
      const waits = log.some(({ state, observed }) => state === 'pending' || observed.some(({ pending }) => pending))
      return waits ? -1 : log.length
    })
    .toBe(length)
  return readLog(panel)
}
