import type { FirefoxThirdPartyMode } from '../browser/firefox-preferences.ts'
import type { Case, Recording } from './cases.ts'
import { differences } from './compare.ts'
import type { Difference } from './compare-store.ts'
import { forFirefox } from './firefox-cases.ts'
import { startFirefoxRecorder } from './firefox-record.ts'
import { type Recorder, startRecorder } from './record.ts'

export interface Played {
  version: string
  recordings: Recording[]
  /** Exchanges in which our verdict and the browser differ. */
  differing: { recording: Recording; found: Difference[] }[]
  /** What the browser refused to send. */
  notSent: Case[]
}

/** Where to play: every case in one browser, with one setting. */
export type Venue =
  | { browser: 'chromium'; thirdPartyCookies: 'allowed' | 'blocked' }
  | { browser: 'firefox'; thirdPartyCookies: FirefoxThirdPartyMode }

const startIn = (venue: Venue): Promise<Recorder> =>
  venue.browser === 'firefox' ? startFirefoxRecorder(venue.thirdPartyCookies) : startRecorder(venue.thirdPartyCookies)

/** Plays the cases in a real browser, one after the other. */
export const play = async (cases: readonly Case[], venue: Venue): Promise<Played> => {
  const recorder = await startIn(venue)
  const played: Played = { version: recorder.version, recordings: [], differing: [], notSent: [] }
  try {
    for (const [index, generated] of cases.entries()) {
      const testCase = venue.browser === 'firefox' ? forFirefox(generated, index, venue.thirdPartyCookies) : generated
      const recording = await recorder.record(testCase)
      if (recording === null) {
        played.notSent.push(testCase)
        continue
      }
      played.recordings.push(recording)
      const found = differences(recording)
      if (found.length > 0) played.differing.push({ recording, found })
    }
  } finally {
    await recorder.close()
  }
  return played
}

/** How many verdicts a set of recordings asks for: lines and cookies. */
export const verdictCount = (recordings: readonly Recording[]): number =>
  recordings.reduce((sum, { case: { lines }, before }) => sum + lines.length + before.length, 0)

/** A difference as a person reads it, with the row that goes into a rule's table. */
export const differenceText = ({ recording, found }: Played['differing'][number]): string =>
  [
    `${recording.case.id} ${JSON.stringify(recording.case.context)}`,
    ...found.map(({ what, ours, browser }) => `  ${what}\n    ours:    ${ours}\n    browser: ${browser}`),
    `  as a row: ${JSON.stringify(rowOf(recording))}`,
  ].join('\n')

/** As src/rules/testing.ts has its rows. */
const rowOf = (recording: Recording): object => ({
  lines: recording.case.lines,
  url: recording.url,
  method: recording.method,
  resourceType: recording.resourceType,
  initiator: recording.initiator,
  frames: recording.frames,
  redirectChain: recording.redirectChain,
  credentials: recording.credentials,
  thirdPartyCookies: recording.thirdPartyCookies,
  jar: recording.before,
})
