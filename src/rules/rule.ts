import type { BrowserProfile, Policy } from '../browsers/policy.ts'
import type { ReadLine } from '../browsers/read.ts'
import type { DomainResult } from '../browsers/resolve-domain.ts'
import type { Exchange, StoredCookie, ThirdPartyCookies } from '../contract.ts'
import type { RequestContext } from '../cookie/context.ts'
import type { Filling } from '../cookie/filling.ts'
import type { Span } from '../cookie/parse.ts'
import type { Action } from '../remedies/action.ts'
import type { Occasion } from './occasion.ts'

/** What every rule may look at: one request, where it stands, and what is known of the browser's settings. */
export interface RequestEvidence {
  exchange: Exchange
  context: RequestContext
  profile: BrowserProfile
  /** Whether the request carried credentials, as stated or read from its headers. */
  credentials: 'include' | 'omit' | 'unknown'
  /** What the browser does with third-party cookies on this request. */
  thirdPartyCookies: ThirdPartyCookies
  /** The setting is not known, and is by default to keep a third party's cookies apart by page: the likeliest place for them. */
  mayBeKeptApart: boolean
  /** Bits of `occasion`. */
  occasions: number
  /** A CORS preflight: never carries cookies, and sets none. */
  preflight: boolean
  /** Whether nothing but the frame it belongs to can take its credentials away: no script, no attribute. */
  boundToFrame: boolean
}

export interface SetEvidence extends RequestEvidence {
  read: ReadLine
  domain: DomainResult
  /** The cookie that the line describes (RFC 6265bis 5.7); host-only where its Domain is not valid. */
  cookie: StoredCookie
  /** The store just before. */
  jar: readonly StoredCookie[]
  /** The same, with what is known of its order. */
  store: Filling
}

export interface SendEvidence extends RequestEvidence {
  cookie: StoredCookie
}

/** What would have to be known to decide. The words are in missing.ts. */
export type Missing = 'credentials' | 'frames' | 'third-party-setting' | 'creation-time' | 'credentialless' | 'browser'

/** block: the cookie is dropped or withheld. warn: accepted, but not as written. undecided: the evidence is not there. */
export type Finding<Facts> =
  | { kind: 'pass' }
  | { kind: 'block'; facts: Facts }
  | { kind: 'warn'; facts: Facts }
  | { kind: 'undecided'; missing: Missing; facts: Facts }

export const pass = { kind: 'pass' } as const
export const block = <Facts>(facts: Facts): Finding<Facts> => ({ kind: 'block', facts })
export const warn = <Facts>(facts: Facts): Finding<Facts> => ({ kind: 'warn', facts })
export const undecided = <Facts>(missing: Missing, facts: Facts): Finding<Facts> => ({
  kind: 'undecided',
  missing,
  facts,
})

export interface Words {
  /** One line: names the attribute and the fix. */
  title: string
  /** One paragraph with this cookie's own values, in code spans. Never a cookie's value. */
  explanation: string
}

/**
 * The order in which Chromium looks, as measured: it reports the first layer that blocks and is silent about later
 * ones. Within the first four a browser reports one reason; within the others all that hold.
 */
export const layers = ['request', 'content', 'size', 'characters', 'line', 'settings', 'store'] as const
export type Layer = (typeof layers)[number]

interface RuleShape<Evidence, Facts> {
  /** CDP's name where it has one; a name of the same form else. */
  id: string
  /** Section of the standard. */
  spec: string
  /** One sentence for the documentation: what the rule is, no values. */
  summary: string
  /** The rule is asked only then. Default: always. */
  on?: Occasion
  evaluate(evidence: Evidence, policy: Policy): Finding<Facts>
  explain(facts: Facts): Words
  /** What to do, most useful first. */
  remedies(facts: Facts): Action[]
}

export interface SetRule<Facts> extends RuleShape<SetEvidence, Facts> {
  operation: 'set'
  layer: Layer
  /** The span of the line at fault. */
  part?(facts: Facts): Span | undefined
}

export interface SendRule<Facts> extends RuleShape<SendEvidence, Facts> {
  operation: 'send'
}

/** A finding with its words within reach, made only when asked for: most lines pass. */
export type Result =
  | { kind: 'pass' }
  | {
      kind: 'block' | 'warn' | 'undecided'
      id: string
      layer: Layer
      spec: string
      missing: Missing | null
      explain(): Words
      remedies(): readonly Action[]
      part(): Span | undefined
    }

/** A rule with its facts' type closed over, so that rules of different facts stand in one list. */
export interface Rule<Evidence> {
  id: string
  /** `set/SecureOnly`: ids alone are not unique. */
  key: string
  spec: string
  summary: string
  layer: Layer
  /** Null: always. */
  on: Occasion | null
  evaluate(evidence: Evidence, policy: Policy): Finding<unknown>
  /** The words to a finding of this very rule. */
  resultOf(finding: Found<unknown>): Result
}

type Found<Facts> = Exclude<Finding<Facts>, { kind: 'pass' }>

/** Lists of rules that are kept at hand; what pages send makes a few dozen. */
const mostLists = 512

/**
 * Which of the rules are asked, by the occasions that are given. Nearly all lines share a few sets of occasions, on which
 * hardly any of the two dozen rules has a say: each set's rules are looked out once.
 */
export const rulesByOccasion = <Evidence>(
  rules: readonly Rule<Evidence>[],
): ((occasions: number) => readonly Rule<Evidence>[]) => {
  const lists = new Map<number, readonly Rule<Evidence>[]>()
  return (occasions) => {
    const known = lists.get(occasions)
    if (known !== undefined) return known
    const asked = rules.filter(({ on }) => on === null || (on & occasions) !== 0)
    if (lists.size >= mostLists) lists.clear()
    lists.set(occasions, asked)
    return asked
  }
}

/** What a rule says about evidence that gives its occasion. */
export const runRule = <Evidence extends RequestEvidence>(rule: Rule<Evidence>, evidence: Evidence): Result => {
  const { policy, unverified } = evidence.profile
  const finding = rule.evaluate(evidence, policy)
  if (finding.kind === 'pass') return pass
  return unverified.has(rule.key) ? neverSeen(rule, finding) : rule.resultOf(finding)
}

/** Nobody has seen this browser do it: a block is not certain, and there is nothing to warn of. */
const neverSeen = <Evidence>(rule: Rule<Evidence>, { kind, facts }: Found<unknown>): Result =>
  kind === 'warn' ? pass : rule.resultOf({ kind: 'undecided', missing: 'browser', facts })

export const defineSetRule = <Facts>(rule: SetRule<Facts>): Rule<SetEvidence> =>
  close(rule, rule.operation, rule.layer, rule.part)

export const defineSendRule = <Facts>(rule: SendRule<Facts>): Rule<SendEvidence> =>
  close(rule, rule.operation, 'store', undefined)

const close = <Evidence, Facts>(
  rule: RuleShape<Evidence, Facts>,
  operation: 'set' | 'send',
  layer: Layer,
  part: ((facts: Facts) => Span | undefined) | undefined,
): Rule<Evidence> => {
  const { id, spec, summary, on = null, evaluate, explain, remedies } = rule
  return {
    id,
    key: `${operation}/${id}`,
    spec,
    summary,
    layer,
    on,
    evaluate,
    resultOf: (finding) => {
      // Its own: `evaluate` has just made them.
      const facts = finding.facts as Facts
      let actions: readonly Action[] | null = null
      return {
        kind: finding.kind,
        id,
        layer,
        spec,
        missing: finding.kind === 'undecided' ? finding.missing : null,
        explain: () => explain(facts),
        remedies: () => {
          actions ??= remedies(facts)
          return actions
        },
        part: () => part?.(facts),
      }
    },
  }
}
