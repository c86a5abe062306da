import { profileOf } from '../browsers/index.ts'
import { limitsIn } from '../browsers/policy.ts'
import type { Browser, ExchangeVerdict, StoredCookie, ThirdPartyCookies } from '../contract.ts'
import { fillingOf } from '../cookie/filling.ts'
import { afterLine } from './fill-store.ts'
import { validateJar, validateLineVerdicts } from './validate.ts'

/**
 * The jar after the exchange: what was stored put in, what was removed taken out, the rest as it was. Where a site has more
 * cookies than the browser keeps, those that it deletes are taken out as far as creation times tell which.
 * @param verdict `judge`'s of the exchange, with this jar
 * @param browser the one for which `judge` was asked. It counts only where a site has more cookies than the browser keeps; left
 * out it is Chromium, whichever the verdict is of
 * @param thirdPartyCookies what `judge` was told of them: in Firefox a partition's bytes are limited only where they are partitioned
 * @throws {TypeError} naming the argument or field that is not of the contract's shape, or a browser whose rules are not known
 */
export const applyVerdict = (
  jar: StoredCookie[],
  verdict: ExchangeVerdict,
  browser: Browser = 'chromium',
  thirdPartyCookies?: ThirdPartyCookies,
): StoredCookie[] => {
  const { policy } = profileOf(browser, 'browser')
  const limits = limitsIn(policy, thirdPartyCookies ?? policy.thirdPartyDefault)
  validateJar(jar, 'jar')
  validateLineVerdicts(verdict)
  return [...verdict.setCookies.reduce((filling, line) => afterLine(filling, line, limits), fillingOf(jar)).cookies]
}
