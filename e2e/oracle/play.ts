import type { Case, Recording } from './cases.ts'
import { differences } from './compare.ts'
import type { Difference } from './compare-store.ts'
import { startRecorder } from './record.ts'

export interface Played {
  version: string
  recordings: Recording[]
  /** Exchanges in which our verdict and the browser differ. */
  differing: { recording: Recording; found: Difference[] }[]
  /** What the browser refused to send. */
  notSent: Case[]
}

/** Plays the cases in a real browser, one after the other. */
export const play = async (cases: readonly Case[], thirdPartyCookies: 'allowed' | 'blocked'): Promise<Played> => {
  const recorder = await startRecorder(thirdPartyCookies)
  const played: Played = { version: recorder.version, recordings: [], differing: [], notSent: [] }
  try {
    for (const testCase of cases) {
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
