import { expect, test } from 'playwright/test'
import { launch, type RunningBrowser } from '../browser/launch.ts'
import { type Oracle, startOracle } from '../browser/oracle.ts'
import type { ThirdPartyMode } from '../browser/profile.ts'
import { logIn, survives } from '../sites/robot.ts'
import { type ScenarioId, scenarios } from '../sites/scenarios.ts'
import type { Fix } from '../sites/setup.ts'
import { type Shop, startShop } from '../sites/shop.ts'

const hostOnly: Fix = { setCookie: 'sid=corrected; Path=/; HttpOnly; Secure; SameSite=Lax' }
const forSubdomains: Fix = { setCookie: 'sid=corrected; Domain=shop.test; Path=/; HttpOnly; Secure; SameSite=Lax' }
const onHttp: Fix = { setCookie: 'sid=corrected; Path=/; HttpOnly; SameSite=Lax' }
const crossSite: Fix = { setCookie: 'sid=corrected; Path=/; HttpOnly; Secure; SameSite=None' }
const partitioned: Fix = { setCookie: 'sid=corrected; Path=/; HttpOnly; Secure; SameSite=None; Partitioned' }
const sameSite: Fix = { changes: ['same-site'] }

/** What a developer would do about each scenario; every one of them has to make the login hold. */
const fixes: Record<ScenarioId, Record<ThirdPartyMode, readonly Fix[]>> = (() => {
  const either = (...list: readonly Fix[]) => ({ allowed: list, blocked: list })
  return {
    healthy: either(),
    'none-without-secure': either({ setCookie: 'sid=corrected; Path=/; HttpOnly; SameSite=None; Secure' }),
    'domain-mismatch': either(hostOnly, forSubdomains),
    'public-suffix': either(hostOnly),
    'secure-over-http': either({ changes: ['use-https'] }, onHttp),
    'host-prefix': either({ setCookie: '__Host-sid=corrected; Path=/; HttpOnly; Secure; SameSite=Lax' }),
    'too-large': either({ changes: ['session-on-server'] }),
    'cross-site-lax': { allowed: [crossSite, partitioned, sameSite], blocked: [partitioned, sameSite] },
    'cross-site-default': { allowed: [crossSite, partitioned, sameSite], blocked: [partitioned, sameSite] },
    'secure-twin': either({ changes: ['clear-cookie'] }, { changes: ['use-https'] }),
    'credentials-omitted': {
      allowed: [{ changes: ['include-credentials'] }],
      blocked: [
        { changes: ['include-credentials'], ...partitioned },
        { changes: ['include-credentials', 'same-site'] },
      ],
    },
    'third-party-blocked': { allowed: [], blocked: [partitioned, sameSite] },
    'wrong-path': either(hostOnly),
    'host-only': either(forSubdomains, { changes: ['ask-the-api'] }),
    'secure-on-http': either({ changes: ['use-https'] }),
    'strict-after-return': either(hostOnly),
  }
})()

let shop: Shop
test.beforeAll(async () => {
  shop = await startShop()
})
test.afterAll(() => shop?.close())

for (const mode of ['allowed', 'blocked'] as const) {
  test.describe(`third-party cookies ${mode}`, () => {
    let running: RunningBrowser
    let oracle: Oracle
    test.beforeAll(async () => {
      running = await launch({ thirdPartyCookies: mode, servers: shop.servers })
      oracle = await startOracle(running.page)
    })
    test.afterAll(() => running?.close())
    test.beforeEach(() => oracle.clearCookies())

    for (const { id, expected } of scenarios) {
      const loss = expected[mode]
      test(`${id}: ${loss === null ? 'the login survives' : `the browser says ${loss.reason}`}`, async () => {
        shop.select(id)
        oracle.clear()
        await logIn(running.page, shop)
        const verdicts = oracle.verdicts()
        if (loss === null) {
          expect(await survives(running.page)).toBe(true)
          expect(verdicts.flatMap((verdict) => [...verdict.blockedSetCookies, ...verdict.withheld])).toEqual([])
          return
        }
        const { method, host, path } = loss.request
        const at = verdicts.filter((v) => v.method === method && v.host === host && v.path === path)
        expect(at).toHaveLength(1)
        if (loss.reason === 'CredentialsOmitted') {
          // CDP has no word for it: the line came, nothing blocked it, and the store does not have it.
          expect(at[0]).toMatchObject({ setCookies: [expect.stringMatching(/^sid=/)], blockedSetCookies: [] })
          expect(await oracle.cookies()).toEqual([])
        } else if (loss.operation === 'set') {
          expect(at[0]?.blockedSetCookies).toEqual([
            { line: expect.stringMatching(`^${loss.cookie}=`), reasons: [loss.reason] },
          ])
        } else {
          expect(at[0]?.withheld).toEqual([{ name: loss.cookie, reasons: [loss.reason] }])
        }
        expect(await survives(running.page)).toBe(false)
      })

      for (const fix of fixes[id][mode]) {
        const words = [...(fix.changes ?? []), ...(fix.setCookie === undefined ? [] : [fix.setCookie])].join(', ')
        test(`${id}: the login survives with ${words}`, async () => {
          shop.select(id)
          // The broken login comes first, as in life: what it leaves in the jar must not stand in the fix's way.
          await logIn(running.page, shop)
          shop.applyFix(fix)
          await logIn(running.page, shop)
          expect(await survives(running.page)).toBe(true)
        })
      }
    }
  })
}

test('the shop sends the very bytes of a fix, at every login', async () => {
  const running = await launch({ thirdPartyCookies: 'allowed', servers: shop.servers })
  try {
    const oracle = await startOracle(running.page)
    shop.select('healthy')
    const line = 'sid="a=b" \xe9~; path=/ ;SECURE;  HttpOnly=0;foo'
    shop.applyFix({ setCookie: line })
    await logIn(running.page, shop)
    expect(oracle.verdicts().flatMap(({ setCookies }) => setCookies)).toEqual([line])
    expect(await survives(running.page)).toBe(true)
  } finally {
    await running.close()
  }
})

test('choosing another scenario in the page empties the jar and starts it', async () => {
  const running = await launch({ thirdPartyCookies: 'allowed', servers: shop.servers })
  try {
    const { page } = running
    const oracle = await startOracle(page)
    for (const id of ['third-party-blocked', 'public-suffix'] as const) {
      shop.select(id)
      shop.applyFix(id === 'public-suffix' ? hostOnly : {})
      await logIn(page, shop)
      expect(await oracle.cookies()).toHaveLength(1)
      await page.getByRole('link', { name: 'Stored for the wrong path' }).click()
      await page.waitForURL('https://app.shop.test/?scenario=wrong-path')
      expect(shop.scenario).toBe('wrong-path')
      expect(await oracle.cookies()).toEqual([])
    }
  } finally {
    await running.close()
  }
})
