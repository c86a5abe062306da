import type { Scenario, ScenarioId } from './scenarios.ts'

/**
 * What a developer can change besides the Set-Cookie line:
 * - use-https: every page, redirect and API is on https;
 * - include-credentials: the page's fetch says `credentials: 'include'`;
 * - same-site: the API moves from api.other.test to api.shop.test;
 * - ask-the-api: the page asks the host that set the cookie whether the visitor is logged in;
 * - clear-cookie: the cookie that an earlier visit left is deleted;
 * - session-on-server: the cookie carries a short id, and what it stood for stays on the server.
 */
export type Change =
  | 'use-https'
  | 'include-credentials'
  | 'same-site'
  | 'ask-the-api'
  | 'clear-cookie'
  | 'session-on-server'

export interface Fix {
  /** Sent as it is at every login, instead of the scenario's own line: a byte string without line breaks. */
  setCookie?: string
  changes?: readonly Change[]
}

/** A scenario as it runs, the fix applied. */
export interface Setup {
  shop: string
  landing: string
  api: string | null
  login: Scenario['login']
  state: Scenario['state']
  line(value: string): string
  earlier: { origin: string; line: string } | null
}

const onHttps = (origin: string): string => origin.replace(/^http:/, 'https:')

export const setUp = (scenario: Scenario, fix: Fix): Setup => {
  const has = (change: Change) => fix.changes?.includes(change) === true
  const origin = (text: string) => (has('use-https') ? onHttps(text) : text)
  const { login, earlier } = scenario
  const api = scenario.api ?? null
  return {
    shop: origin(scenario.shop),
    landing: origin(scenario.landing ?? scenario.shop),
    api: has('same-site') ? (api?.replace('//api.other.test', '//api.shop.test') ?? null) : api,
    login: login.by === 'fetch' && has('include-credentials') ? { ...login, credentials: 'include' } : login,
    state: has('ask-the-api') ? 'api' : scenario.state,
    line: (value) => {
      if (fix.setCookie !== undefined) return fix.setCookie
      if (has('session-on-server')) return scenario.line('').replace(/^([^=]*)=[^;]*/, `$1=${value}`)
      return scenario.line(value)
    },
    earlier:
      earlier === undefined
        ? null
        : { origin: earlier.origin, line: has('clear-cookie') ? earlier.clear : earlier.set },
  }
}

/** Where a visitor of a scenario begins. */
export const startUrl = (id: ScenarioId, { shop, earlier }: Setup): string =>
  earlier === null ? `${shop}/?scenario=${id}` : `${earlier.origin}/earlier?scenario=${id}`
