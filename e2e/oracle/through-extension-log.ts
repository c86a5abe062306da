import type { Frame } from 'playwright'
import type { Report, ReportExchange } from '../../src/contract.ts'
import type { LogEntry } from '../../src/panel/session.ts'

/** Entries that are taken from the panel's page at once. */
const atOnce = 200

/** The log of the panel, when there is nothing more to come. */
export const restingEntries = async (panel: Frame): Promise<LogEntry[]> => {
  await panel.waitForFunction(
    () => {
      const entries = window.cookieVerdictSession?.entries ?? []
      return (
        entries.length > 0 &&
        entries.every(({ state, observed }) => state !== 'pending' && observed.every(({ pending }) => pending !== true))
      )
    },
    undefined,
    { polling: 250, timeout: 120_000 },
  )
  const read: LogEntry[] = []
  for (;;) {
    const text = await panel.evaluate(
      ([from, to]) => JSON.stringify(window.cookieVerdictSession?.entries.slice(from, to)),
      [read.length, read.length + atOnce] as const,
    )
    const next = JSON.parse(text ?? '[]') as LogEntry[]
    if (next.length === 0) return read
    read.push(...next)
  }
}

/** The exchanges of an exported report, by id. */
export const exportedLog = (json: string): ReadonlyMap<string, ReportExchange> =>
  new Map((JSON.parse(json) as Report).exchanges.map((exchange) => [exchange.id, exchange]))
