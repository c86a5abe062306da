import { profileOf } from '../browsers/index.ts'
import type { Browser, ExchangeVerdict, StoredCookie } from '../contract.ts'
import { fillingOf } from '../cookie/eviction.ts'
import { afterLine } from './fill-store.ts'

/**
 * The jar after the exchange: what was stored put in, what was removed taken out, the rest as it was. Where a site has more
 * cookies than the browser keeps, those that it deletes are taken out as far as creation times tell which.
 * @throws {TypeError} for a browser whose rules are not known
 */
export const applyVerdict = (
  jar: StoredCookie[],
  verdict: ExchangeVerdict,
  browser: Browser = 'chromium',
): StoredCookie[] => {
  const { policy } = profileOf(browser)
  return [...verdict.setCookies.reduce((filling, line) => afterLine(filling, line, policy), fillingOf(jar)).cookies]
}
