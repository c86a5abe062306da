import { profiles } from '../browsers/index.ts'
import type { Report, ReportExchange } from '../contract.ts'
import { type Elsewhere, type ElsewhereVerdict, elsewhere, sendDiffers, setDiffers } from '../judge/elsewhere.ts'
import { elsewhereWhy } from './elsewhere-why.ts'
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

/** `Firefox stores it; Safari: not known (no published result tells).`: what the other browsers would do with a flagged cookie. */
export const elsewhereWords = (exchange: ReportExchange, problem: Problem, { browser }: Report): string => {
  // Whatever stands in a report, it can be told.
  if (!URL.canParse(exchange.url)) return ''
  const there = foretold.get(exchange) ?? elsewhere(exchange, exchange.verdict, browser.name)
  foretold.set(exchange, there)
  const { operation, index } = problem
  const words = operation === 'set' ? setWords(exchange, there, index) : sendWords(exchange, there, index)
  return words.length === 0 ? '' : `${words.join('; ')}.`
}

const setWords = ({ verdict }: ReportExchange, { setCookies }: Elsewhere, index: number): string[] => {
  const here = verdict.setCookies[index]
  return here === undefined ? [] : (setCookies[index] ?? []).map((one) => said(one, 'set', setDiffers(here, one)))
}

const sendWords = ({ verdict }: ReportExchange, { cookies }: Elsewhere, index: number): string[] => {
  const here = verdict.cookies[index]
  return here === undefined ? [] : (cookies[index] ?? []).map((one) => said(one, 'send', sendDiffers(here, one)))
}

/** The reason stands where it is another than here, or where nothing is certain: as in the panel. */
const said = (there: ElsewhereVerdict<string>, operation: Problem['operation'], differs: boolean): string => {
  const why = there.outcome === 'unknown' || differs ? elsewhereWhy(there) : ''
  return `${deed(there, operation)}${why === '' ? '' : ` (${why})`}`
}

const deed = ({ browser, outcome, onlyUnder }: ElsewhereVerdict<string>, operation: Problem['operation']): string => {
  const name = profiles.find((profile) => profile.browser === browser)?.name ?? browser
  if (outcome === 'unknown') return `${name}: not known`
  if (operation === 'send' && outcome === 'blocked') return `${name} does not send it`
  return `${name} ${verbs[outcome] ?? outcome}${onlyUnder === null ? '' : `, but ${pagesUnder(onlyUnder)}`}`
}
