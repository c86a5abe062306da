import { profiles } from '../browsers/index.ts'
import type { Report, ReportExchange } from '../contract.ts'
import { type Elsewhere, type ElsewhereVerdict, elsewhere } from '../judge/elsewhere.ts'
import type { Problem } from './problems.ts'

/** `only for pages under shop.test`, of a partition's site. */
export const pagesUnder = (site: string): string =>
  `only for pages under ${URL.canParse(site) ? new URL(site).hostname : site}`

const verbs: Readonly<Record<string, string>> = {
  stored: 'stores it',
  removed: 'removes it',
  blocked: 'does not store it',
  sent: 'sends it',
}

/** A request often has several problems. */
const foretold = new WeakMap<ReportExchange, Elsewhere>()

/** `Firefox stores it; Safari: not known.`: what the other browsers would do with a flagged cookie. */
export const elsewhereWords = (exchange: ReportExchange, problem: Problem, { browser }: Report): string => {
  // Whatever stands in a report, it can be told.
  if (!URL.canParse(exchange.url)) return ''
  const there = foretold.get(exchange) ?? elsewhere(exchange, exchange.verdict, browser.name)
  foretold.set(exchange, there)
  const { operation, index } = problem
  const each = operation === 'set' ? there.setCookies[index] : there.cookies[index]
  return each === undefined || each.length === 0 ? '' : `${each.map((one) => said(one, operation)).join('; ')}.`
}

const said = ({ browser, outcome, onlyUnder }: ElsewhereVerdict<string>, operation: Problem['operation']): string => {
  const name = profiles.find((profile) => profile.browser === browser)?.name ?? browser
  if (outcome === 'unknown') return `${name}: not known`
  if (operation === 'send' && outcome === 'blocked') return `${name} does not send it`
  return `${name} ${verbs[outcome] ?? outcome}${onlyUnder === null ? '' : `, but ${pagesUnder(onlyUnder)}`}`
}
