import { expect, test } from 'playwright/test'
import { planRequests, playThroughExtension, throughFigures, throughText } from '../oracle/through-extension.ts'

/** The oracle's cases through the real extension, fresh on every run. ORACLE_SEED plays a printed seed again. */

const requests = 75
/** Verdicts of a hundred that may be unknown for want of evidence. */
const unknownShare = 2

for (const mode of ['allowed', 'blocked'] as const) {
  test(`what the panel says of mixed requests is what the browser did, third-party cookies ${mode}`, async () => {
    test.setTimeout(120_000)
    const seed = Number(process.env['ORACLE_SEED'] ?? Math.floor(Math.random() * 1_000_000))
    console.log(`oracle seed ${seed}`)
    const played = await playThroughExtension(planRequests(seed, requests, mode), mode)
    console.log(throughFigures(played).join('\n'))
    expect(played.differing.map(throughText).join('\n'), `ORACLE_SEED=${seed}`).toBe('')
    expect(played.missing).toEqual([])
    expect([...played.untold.keys()]).toEqual([])
    const unknown = [...played.unknown.values()].reduce((sum, count) => sum + count, 0)
    expect((100 * unknown) / played.verdicts).toBeLessThan(unknownShare)
    expect(played.exchanges).toBeGreaterThan(requests)
  })
}
