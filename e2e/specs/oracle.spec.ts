import { expect, test } from 'playwright/test'
import { planCases } from '../oracle/plan.ts'
import { differenceText, play, verdictCount } from '../oracle/play.ts'

/** Fresh cases on every run, held against the real browser. ORACLE_SEED plays a printed seed again. */
for (const mode of ['allowed', 'blocked'] as const) {
  test(`every verdict is the browser's own, third-party cookies ${mode}`, async () => {
    test.setTimeout(120_000)
    const seed = Number(process.env['ORACLE_SEED'] ?? Math.floor(Math.random() * 1_000_000))
    console.log(`oracle seed ${seed}`)
    const venue = { browser: 'chromium', thirdPartyCookies: mode } as const
    const { recordings, differing } = await play(planCases({ seed, lines: 300, cookies: 150, venue }), venue)
    expect(differing.map(differenceText).join('\n'), `ORACLE_SEED=${seed}`).toBe('')
    expect(verdictCount(recordings)).toBeGreaterThan(400)
  })
}
