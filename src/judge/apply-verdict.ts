import { profileOf } from '../browsers/index.ts'
import type { Browser, ExchangeVerdict, StoredCookie } from '../contract.ts'
import { fillingOf } from '../cookie/eviction.ts'
import { afterLine } from './fill-store.ts'
import { validateJar, validateLineVerdicts } from './validate.ts'

/**
 * The jar after the exchange: what was stored put in, what was removed taken out, the rest as it was. Where a site has more
 * cookies than the browser keeps, those that it deletes are taken out as far as creation times tell which.
 * @param verdict `judge`'s of the exchange, with this jar
 * @param browser the one for which `judge` was asked. It counts only where a site has more cookies than the browser keeps; left
 * out it is Chromium, whichever the verdict is of
 * @throws {TypeError} naming the argument or field that is not of the contract's shape, or a browser whose rules are not known
 */
export const applyVerdict = (
  jar: StoredCookie[],
  verdict: ExchangeVerdict,
  browser: Browser = 'chromium',
): StoredCookie[] => {
  const { policy } = profileOf(browser, 'browser')
  validateJar(jar, 'jar')
  validateLineVerdicts(verdict)
  return [...verdict.setCookies.reduce((filling, line) => afterLine(filling, line, policy), fillingOf(jar)).cookies]
}
