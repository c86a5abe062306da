import type { Agreement } from '../../src/contract.ts'
import type { LogEntry } from '../../src/panel/session.ts'
import { openPanel } from '../browser/devtools.ts'
import { panelReader } from '../browser/panel.ts'
import type { Case, Recording } from './cases.ts'
import type { Difference } from './compare-store.ts'
import { planCases } from './plan.ts'
import { startRecorder } from './record.ts'
import { differencesOf, type Held, idsOf } from './through-extension-compare.ts'
import { exportedLog, restingEntries } from './through-extension-log.ts'
import { type BrowserHop, watchHops } from './through-extension-traffic.ts'

export interface PlayedThrough {
  version: string
  /** Cases that the browser sent. */
  requests: number
  /** Exchanges that were held against the browser's own verdicts: those of the cases, and of the pages they need. */
  exchanges: number
  /** Their lines and cookies. */
  verdicts: number
  agreements: Record<Agreement, number>
  /** How many verdicts are unknown, by their reasons. */
  unknown: Map<string, number>
  /** How many known ones nothing confirmed, by what is said of them. */
  unconfirmed: Map<string, number>
  /** Exchanges with verdicts of which the browser tells nothing to hold them against, by type and end. */
  untold: Map<string, number>
  /** Requests that the browser tells of and the log lacks. */
  missing: string[]
  differing: { held: Held; found: Difference[] }[]
}

/** Lines or cookies for each request of `planCases`. */
const perRequest = 10

/** So many requests: two thirds of them with lines, the others with a jar. */
export const planRequests = (seed: number, requests: number, thirdPartyCookies: 'allowed' | 'blocked'): Case[] => {
  const sending = Math.floor(requests / 3)
  const setting = requests - sending
  const venue = { browser: 'chromium', thirdPartyCookies } as const
  return planCases({ seed, lines: setting * perRequest, cookies: sending * perRequest, venue })
}

/**
 * Plays cases in a browser that has our extension, DevTools open and our panel shown, one after the other, and holds the
 * panel's log and its export against what CDP says of every request, and against the store.
 * @param extension folder of the unpacked extension
 */
export const playThroughExtension = async (
  cases: readonly Case[],
  thirdPartyCookies: 'allowed' | 'blocked',
  extension = 'dist/chromium',
): Promise<PlayedThrough> => {
  const recorder = await startRecorder(thirdPartyCookies, extension)
  try {
    const opened = await openPanel(recorder.running)
    const browserHops = watchHops(recorder.cdp)
    const recordings: Recording[] = []
    for (const testCase of cases) {
      const recording = await recorder.record(testCase)
      if (recording !== null) recordings.push(recording)
    }
    const entries = await restingEntries(opened.panel)
    const exported = exportedLog(await panelReader(opened).exportJson())
    const { held, missing } = match(entries, recordings, browserHops())
    const all = held.map((one) => ({ ...one, exported: exported.get(one.entry.id) }))
    return { version: recorder.version, requests: recordings.length, missing, ...compare(all) }
  } finally {
    await recorder.close()
  }
}

/** Finds for each exchange what the browser says of it: those of one URL in their order. */
const match = (
  entries: readonly LogEntry[],
  recordings: readonly Recording[],
  hops: readonly BrowserHop[],
): { held: Omit<Held, 'exported'>[]; missing: string[] } => {
  const told = new Map<string, BrowserHop[]>()
  for (const hop of hops) told.set(nameOf(hop), [...(told.get(nameOf(hop)) ?? []), hop])
  const played = new Map(recordings.map((recording) => [recording.url, recording]))
  const held = entries.map((entry) => {
    const { url } = entry.exchange
    const recording = played.get(url) ?? null
    played.delete(url)
    return { entry, recording, hop: told.get(nameOf(entry.exchange))?.shift() ?? null }
  })
  return { held, missing: [...told.values()].flat().map(nameOf) }
}

const nameOf = ({ method, url }: { method: string; url: string }): string => `${method} ${url}`

const compare = (held: readonly Held[]): Omit<PlayedThrough, 'version' | 'requests' | 'missing'> => {
  const unknown = new Map<string, number>()
  const unconfirmed = new Map<string, number>()
  const untold = new Map<string, number>()
  const agreements = { confirmed: 0, predicted: 0, contradicted: 0, unexplained: 0 }
  const differing: PlayedThrough['differing'] = []
  let exchanges = 0
  let verdicts = 0
  for (const one of held) {
    const { exchange, verdict, observed, error } = one.entry
    const all = [...verdict.setCookies, ...verdict.cookies]
    if (one.hop === null && one.recording?.silent !== true) {
      if (all.length > 0) count(untold, `${exchange.resourceType} ${error ?? exchange.status}`)
      continue
    }
    exchanges++
    verdicts += all.length
    for (const { outcome, reasons } of all) if (outcome === 'unknown') count(unknown, idsOf(reasons))
    for (const { operation, index, agreement, evidence } of observed) {
      agreements[agreement]++
      const { outcome } = (operation === 'set' ? verdict.setCookies : verdict.cookies)[index] ?? {}
      if (agreement !== 'confirmed' && outcome !== 'unknown')
        count(unconfirmed, `${agreement}: ${operation}, ${outcome}: ${evidence}`)
    }
    const found = differencesOf(one)
    if (found.length > 0) differing.push({ held: one, found })
  }
  return { exchanges, verdicts, agreements, unknown, unconfirmed, untold, differing }
}

const count = (counts: Map<string, number>, what: string): void => void counts.set(what, (counts.get(what) ?? 0) + 1)

/** A difference as a person reads it. */
export const throughText = ({ held: { entry, recording }, found }: PlayedThrough['differing'][number]): string =>
  [
    `${recording?.case.id ?? 'a page'} ${JSON.stringify(recording?.case.context)} ${entry.exchange.method} ${entry.exchange.url}`,
    ...found.map(({ what, ours, browser }) => `  ${what}\n    ours:    ${ours}\n    browser: ${browser}`),
  ].join('\n')

/** The figures of a run, a line each. */
export const throughFigures = (played: PlayedThrough): string[] => {
  const { requests, exchanges, verdicts, agreements, unknown, unconfirmed, untold, differing, missing } = played
  const unknowns = [...unknown.values()].reduce((sum, one) => sum + one, 0)
  const list = (counts: ReadonlyMap<string, number>): string[] =>
    [...counts].sort(([, a], [, b]) => b - a).map(([what, number]) => `  ${number} ${what}`)
  return [
    `${requests} requests, with their pages ${exchanges} exchanges and ${verdicts} verdicts: ${exchanges - differing.length} agree with the browser, ${missing.length} are missing`,
    `${agreements.confirmed} confirmed, ${agreements.predicted} predicted, ${agreements.contradicted} contradicted, ${agreements.unexplained} unexplained; ${unknowns} unknown (${((100 * unknowns) / verdicts).toFixed(2)} %)`,
    ...(unknown.size > 0 ? ['unknown, by reason:', ...list(unknown)] : []),
    ...(unconfirmed.size > 0 ? ['not confirmed:', ...list(unconfirmed)] : []),
    ...(untold.size > 0 ? ['of which the browser tells nothing:', ...list(untold)] : []),
  ]
}
