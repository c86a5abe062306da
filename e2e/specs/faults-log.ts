import type { Frame } from 'playwright'
import { expect } from 'playwright/test'
import type { Gap, GapKind } from '../../src/contract.ts'
import type { Site } from './capture-site.ts'

/** What the log says is missing of it. */
export const readGaps = (panel: Frame): Promise<Gap[]> =>
  panel.evaluate(() => JSON.parse(JSON.stringify(window.cookieVerdictSession?.gaps)))

/** The log's one gap, when it lasts or is over as it should. */
export const theGap = async (panel: Frame, kind: GapKind, state: 'lasts' | 'is over'): Promise<Gap> => {
  await expect
    .poll(async () => (await readGaps(panel)).map((gap) => [gap.kind, gap.to === null ? 'lasts' : 'is over']))
    .toEqual([[kind, state]])
  const [gap] = await readGaps(panel)
  if (gap === undefined) throw new Error('The gap is gone.')
  return gap
}

/** Holds the answers of these paths back. @returns when all have been asked for, and what lets them go */
export const holdBack = (site: Site, ...held: readonly string[]) => {
  let letGo: () => void = () => undefined
  const released = new Promise<void>((resolve) => {
    letGo = resolve
  })
  const asked = held.map(
    (path) =>
      new Promise<void>((resolve) => {
        site.interrupt(path, async () => {
          resolve()
          await released
        })
      }),
  )
  return { asked: Promise.all(asked), letGo }
}
