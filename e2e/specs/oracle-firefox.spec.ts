import { expect, test } from 'playwright/test'
import { planCases } from '../oracle/plan.ts'
import { differenceText, play, verdictCount } from '../oracle/play.ts'

/** So many for each setting: most for Firefox's default. */
const plans = [
  { thirdPartyCookies: 'partitioned', lines: 800, cookies: 600 },
  { thirdPartyCookies: 'allowed', lines: 250, cookies: 250 },
  { thirdPartyCookies: 'blocked', lines: 250, cookies: 250 },
] as const

/** Fresh cases on every run, held against the real Firefox. ORACLE_SEED plays a printed seed again. */
for (const { thirdPartyCookies, lines, cookies } of plans) {
  test(`every verdict is Firefox's own, third-party cookies ${thirdPartyCookies}`, async () => {
    test.setTimeout(180_000)
    const seed = Number(process.env['ORACLE_SEED'] ?? Math.floor(Math.random() * 1_000_000))
    console.log(`oracle seed ${seed}`)
    const venue = { browser: 'firefox', thirdPartyCookies } as const
    const { recordings, differing } = await play(planCases({ seed, lines, cookies, venue }), venue)
    expect(differing.map(differenceText).join('\n'), `ORACLE_SEED=${seed}`).toBe('')
    expect(verdictCount(recordings)).toBeGreaterThan((lines + cookies) * 0.9)
  })
}
