import { expect, test } from 'playwright/test'
import { planRequests, playThroughExtension, throughFigures, throughText } from '../oracle/through-extension.ts'
import { isUnlisted } from '../oracle/through-extension-compare.ts'

/** The oracle's cases through the real extension, fresh on every run. ORACLE_SEED plays a printed seed again. */

const requests = 75
/** Exchanges of a hundred that may lack a cookie which a line of their own response overwrites: an open fault, see docs/architecture.md. */
const unlistedShare = 2
/** Verdicts of a hundred that may be unknown for want of evidence. */
const unknownShare = 2

for (const mode of ['allowed', 'blocked'] as const) {
  test(`what the panel says of mixed requests is what the browser did, third-party cookies ${mode}`, async () => {
    test.setTimeout(120_000)
    const seed = Number(process.env['ORACLE_SEED'] ?? Math.floor(Math.random() * 1_000_000))
    console.log(`oracle seed ${seed}`)
    const played = await playThroughExtension(planRequests(seed, requests), mode)
    console.log(throughFigures(played).join('\n'))
    const unlisted = played.differing.filter(({ found }) => found.every(isUnlisted))
    if (unlisted.length > 0) console.log(`sent, and not listed:\n${unlisted.map(throughText).join('\n')}`)
    const others = played.differing.filter((one) => !unlisted.includes(one))
    expect(others.map(throughText).join('\n'), `ORACLE_SEED=${seed}`).toBe('')
    expect((100 * unlisted.length) / played.exchanges).toBeLessThan(unlistedShare)
    expect(played.missing).toEqual([])
    expect([...played.untold.keys()]).toEqual([])
    const unknown = [...played.unknown.values()].reduce((sum, count) => sum + count, 0)
    expect((100 * unknown) / played.verdicts).toBeLessThan(unknownShare)
    expect((100 * played.ofTheMoment) / played.verdicts).toBeLessThan(unknownShare)
    expect(played.exchanges).toBeGreaterThan(requests)
  })
}
