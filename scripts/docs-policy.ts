import { profiles } from '../src/browsers/index.ts'
import type { Policy } from '../src/browsers/policy.ts'
import type { Result, Rule } from '../src/rules/rule.ts'
import { type RequestRow, runSend, runSet, sendTables, setTables } from '../src/rules/testing.ts'
import type { PageRule } from './docs-rules.ts'

/** Each value in words, and another one that it could have: a rule that says otherwise then depends on it. */
const values: { [K in keyof Policy]: { words: string; other: Policy[K] } } = {
  bareToken: { words: 'A pair without `=` is', other: 'named' },
  namelessCookies: { words: 'A cookie may have no name', other: false },
  tabIsControl: { words: 'A TAB inside the line is a control character', other: 'in-path' },
  controlsRefused: { words: 'Control characters are refused', other: 'in-name-and-value' },
  oddCharacters: {
    words: 'Quotes, white space and other than ASCII characters in a pair are read',
    other: 'in-its-own-way',
  },
  invalidUtf8Value: { words: "A value's bytes that are no UTF-8 are", other: 'replaced' },
  maxPairBytes: { words: 'Name and value may have together, bytes', other: null },
  maxAttributeBytes: { words: "An attribute's value counts up to, bytes", other: null },
  sizeLimitedAttributes: { words: 'That limit holds for', other: ['path', 'domain', 'expires', 'max-age'] },
  maxDefaultPathBytes: { words: 'A default-path may have, bytes', other: 1024 },
  maxAgeForm: { words: 'Max-Age is digits, or digits with a sign', other: 'digits' },
  cookieDate: { words: 'Dates are read by the parser of', other: 'nspr' },
  keepsCreation: { words: 'A cookie set anew keeps its place in the Cookie header', other: 'always' },
  tellsUnchanged: { words: 'Extensions hear of a session cookie that is set again as it was', other: false },
  nonAsciiDomain: { words: 'A Domain with other than ASCII characters is', other: 'refused' },
  domainFaultsRefused: { words: 'Faults of a Domain that make the browser refuse the line', other: [] },
  noneNeedsSecure: { words: 'SameSite=None needs Secure', other: false },
  laxByDefault: { words: 'A cookie without SameSite counts as Lax', other: false },
  laxUnsafeSeconds: { words: 'A cookie without SameSite is sent on a cross-site POST for, seconds', other: 0 },
  prefixes: { words: 'Prefixes that are enforced', other: [] },
  prefixCase: { words: 'Case of letters in which a prefix counts', other: 'exact' },
  hostPrefixNeedsExplicitPath: { words: '`__Host-` needs a Path that says `/`', other: false },
  hostPrefixTakesDomain: { words: 'A Domain that `__Host-` bears', other: 'host-only' },
  localhostIsSecure: { words: 'Plain http on localhost counts as secure', other: false },
  schemefulSameSite: { words: 'http and https of one domain are two sites', other: false },
  partitionAncestorBy: { words: 'A partition key tells documents of other sites in between, by', other: 'domain' },
  redirectsCount: { words: 'A cross-site hop makes the rest of a redirect chain cross-site', other: true },
  crossSiteResponsesSet: { words: 'Cross-site responses may set SameSite=Strict and Lax', other: true },
  documentsBetweenCount: { words: 'Documents of other sites in between make a request cross-site', other: 'unknown' },
  maxAgeSeconds: { words: 'The longest life of a cookie, seconds', other: 7 * 86_400 },
  storageAccessHeaderTells: { words: '`Sec-Fetch-Storage-Access` tells', other: 'nothing' },
  credentiallessFrames: { words: 'There are frames without credentials, `<iframe credentialless>`', other: false },
  thirdPartyDefault: { words: 'Third-party cookies are, where nobody says otherwise', other: 'blocked' },
  partitionedEscapesBlocking: {
    words: 'Partitioned cookies are kept where third-party cookies are blocked',
    other: false,
  },
  partitionBytesCount: { words: 'Bytes of a partition are limited', other: 'where-partitioned' },
  maxSiteCookies: { words: 'Cookies of one site, its partitions apart', other: null },
  siteCookiesLeft: { words: 'So many of them are left when there are more', other: 100 },
  maxPartitionBytes: { words: "Names and values of a site's cookies in one partition, bytes", other: null },
  partitionBytesLeft: { words: 'So many of them are left when there are more', other: 8_000 },
  maxPartitionCookies: { words: "A site's cookies in one partition", other: null },
  partitionCookiesLeft: { words: 'So many of them are left when there are more', other: 150 },
  roomIsMade: { words: 'Room for a new cookie is made when it is stored, or in advance', other: 'in-advance' },
  lastUseSeconds: { words: 'A use counts if the one before is longer ago than, seconds', other: 0 },
}

/** What the rule says to each row of its table under a changed policy. */
const verdictsOf = ({ rule, operation }: PageRule, over: Partial<Policy>): Result['kind'][] => {
  const withPolicy = <Row extends RequestRow>(row: Row): Row => ({ ...row, policy: { ...row.policy, ...over } })
  if (operation === 'send') {
    const { blocks, passes, undecided = [] } = tableOf(sendTables, rule)
    return [...blocks, ...passes, ...undecided].map((row) => runSend(rule, withPolicy(row)).kind)
  }
  const { blocks, passes, undecided = [] } = tableOf(setTables, rule)
  return [...blocks, ...passes, ...undecided].map((row) => runSet(rule, withPolicy(row)).kind)
}

/** @throws {Error} for a rule without a test */
export const tableOf = <Evidence, Table>(tables: Map<Rule<Evidence>, Table>, rule: Rule<Evidence>): Table => {
  const table = tables.get(rule)
  if (table === undefined) throw new Error(`${rule.id} has no test with a table beside it`)
  return table
}

const shown = (value: Policy[keyof Policy]): string => {
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (Array.isArray(value)) return value.map((item) => `\`${item}\``).join(', ')
  return value === null ? 'no limit' : String(value)
}

/** What the rule's verdicts depend on, browser by browser: found by trying its table with each value changed. */
export const browserTable = (page: PageRule): string[] => {
  const before = verdictsOf(page, {})
  const keys = (Object.keys(values) as (keyof Policy)[]).filter((key) => {
    const after = verdictsOf(page, { [key]: values[key].other })
    return after.some((verdict, index) => verdict !== before[index])
  })
  const unverified = profiles
    .filter((profile) => profile.unverified.has(page.rule.key))
    .map(({ name }) => `${name} was never seen to do this, nor not to: a verdict for it says that it is not certain.`)
  if (keys.length === 0)
    return unverified.length > 0 ? unverified : ['No value in which browsers differ bears on this rule.']
  return [
    `| What differs | ${profiles.map(({ name }) => name).join(' | ')} | Source |`,
    `| --- | ${profiles.map(() => '---').join(' | ')} | --- |`,
    ...keys.map((key) => {
      const each = profiles
        .map(({ policy, unknown }) => (unknown.has(key) ? 'not known' : shown(policy[key])))
        .join(' | ')
      const sources = [...new Set(profiles.map(({ sources }) => sources[key]))].join('; ')
      return `| ${values[key].words} | ${each} | ${sources} |`
    }),
    ...(unverified.length > 0 ? ['', ...unverified] : []),
  ]
}
