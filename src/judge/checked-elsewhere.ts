import type { Browser, Exchange, ExchangeVerdict } from '../contract.ts'
import { type Elsewhere, elsewhere } from './elsewhere.ts'
import { isSetCookie } from './judge.ts'
import { validateExchange, validateVerdict } from './validate.ts'

/**
 * What the other browsers would do in the place of the one in which the exchange was judged, each with its usual settings
 * and with a store that the same responses have filled. Where the two stores may differ and that decides, it is `unknown`. Pure.
 * Unlike within, where an exchange that never left has a verdict without lines, each line has to have its verdict.
 * @param verdict `judge`'s of this very exchange in `browser`
 * @throws {TypeError} naming the argument or field that is not of the contract's shape, or a browser whose rules are not known
 */
export const checkedElsewhere = (exchange: Exchange, verdict: ExchangeVerdict, browser: Browser): Elsewhere => {
  validateExchange(exchange)
  validateVerdict(verdict)
  const lines = exchange.responseHeaders.filter(({ name }) => isSetCookie(name)).length
  const given = verdict.setCookies.length
  if (given !== lines)
    throw new TypeError(
      `verdict.setCookies: expected one for each Set-Cookie line of the exchange: ${lines}, got ${given}`,
    )
  return elsewhere(exchange, verdict, browser)
}
