import protocol from 'devtools-protocol/json/browser_protocol.json'
import { describe, expect, it } from 'vitest'
import { sendRules, setRules, warnRules } from './index.ts'
import { notObservable } from './not-observable.ts'
import { layers } from './rule.ts'

const folders = { set: setRules, send: sendRules, warn: warnRules }
/** Every rule's file and what it exports, by its path. */
const files = import.meta.glob<unknown>(['./{set,send,warn}/*.ts', '!**/*.test.ts', '!**/index.ts'], {
  eager: true,
  import: 'default',
})
const tests = import.meta.glob('./{set,send,warn}/*.test.ts')
const pathsIn = (folder: string): string[] => Object.keys(files).filter((path) => path.startsWith(`./${folder}/`))
const ids = (rules: readonly { id: string }[]): string[] => rules.map(({ id }) => id)

describe.each(Object.entries(folders))('rules/%s', (folder, rules) => {
  it('lists every rule of the folder, and nothing twice', () => {
    expect(new Set(rules)).toEqual(new Set(pathsIn(folder).map((path) => files[path])))
    expect(rules).toHaveLength(pathsIn(folder).length)
  })

  it.each(pathsIn(folder))('%s has its test', (path) => {
    expect(Object.keys(tests)).toContain(path.replace(/\.ts$/, '.test.ts'))
  })

  it.each(rules)('$id says what it is', ({ id, spec, summary }) => {
    expect(id).toMatch(/^[A-Z][A-Za-z]+$/)
    // Sections of the standards that are numbered for good; the others have only a name to look for.
    expect(spec).toMatch(/^(RFC 6265bis \d|draft-ietf-|Fetch|CHIPS)/)
    expect(summary).toMatch(/^\S[^\n]+\.$/)
  })
})

it('has ids that are unique per operation', () => {
  const set = ids([...setRules, ...warnRules])
  expect(new Set(set).size).toBe(set.length)
  expect(new Set(ids(sendRules)).size).toBe(sendRules.length)
})

it('lists the set rules layer by layer', () => {
  const order = setRules.map(({ layer }) => layers.indexOf(layer))
  expect(order).toEqual(order.toSorted((a, b) => a - b))
})

describe("the protocol's names", () => {
  const network = protocol.domains.find(({ domain }) => domain === 'Network')
  const enumOf = (id: string): string[] => {
    const type = network?.types?.find((one) => one.id === id)
    return type !== undefined && 'enum' in type && Array.isArray(type.enum) ? type.enum : []
  }
  const kinds = [
    { type: 'SetCookieBlockedReason', rules: ids(setRules), left: notObservable.set },
    { type: 'CookieBlockedReason', rules: ids(sendRules), left: notObservable.send },
  ]

  it.each(kinds)('of $type are each a rule, or left out for a reason', ({ type, rules, left }) => {
    const names = enumOf(type)
    expect(names.length).toBeGreaterThan(10)
    expect(names.filter((name) => !rules.includes(name) && !Object.hasOwn(left, name))).toEqual([])
  })

  it.each(kinds)('that are left out of $type are still in it, and no rule gives them', ({ type, rules, left }) => {
    const names = enumOf(type)
    expect(Object.keys(left).filter((name) => !names.includes(name) || rules.includes(name))).toEqual([])
    for (const reason of Object.values(left)) expect(reason).toMatch(/^[A-Z][^\n]{30,}\.$/)
  })

  it('are not given to what it is silent about', () => {
    const known = kinds.flatMap(({ type }) => enumOf(type))
    expect(new Set(ids([...setRules, ...sendRules]).filter((id) => !known.includes(id)))).toEqual(
      new Set([
        'AmbiguousSerialization',
        'CorsPreflight',
        'CredentialsOmitted',
        'EvictedAtOnce',
        'DefaultPathExceedsMaxSize',
        'Expired',
        'InvalidPartitioned',
        'NamelessCookie',
        'PartitionKeyMismatch',
        'UnverifiedReading',
      ]),
    )
  })
})
