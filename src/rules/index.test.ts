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

/** A rule's id; its path where the file exports none. */
const nameIn = (path: string): string => {
  const rule = files[path]
  return typeof rule === 'object' && rule !== null && 'id' in rule ? String(rule.id) : path
}

/** Refusals that the protocol has no name for. Here, so that none of its names is misspelt. */
const ownNames = [
  'AmbiguousSerialization',
  'CorsPreflight',
  'CredentialsOmitted',
  'DefaultPathExceedsMaxSize',
  'EvictedAtOnce',
  'Expired',
  'InvalidPartitioned',
  'NamelessCookie',
  'PartitionKeyMismatch',
  'UnverifiedReading',
]

describe.each(Object.entries(folders))('rules/%s', (folder, rules) => {
  // Compared by their names: what differs between two lists of rules is hundreds of lines long.
  it('lists every rule of the folder, and nothing twice', () => {
    const missing = pathsIn(folder).filter((path) => !rules.some((rule) => rule === files[path]))
    const strange = rules.filter((rule) => !pathsIn(folder).some((path) => files[path] === rule))
    const twice = rules.filter((rule, index) => rules.indexOf(rule) !== index)
    const list = `src/rules/${folder}/index.ts`
    expect([
      ...missing.map((path) => `not listed in ${list}: ${nameIn(path)}`),
      ...strange.map(({ id }) => `listed in ${list}, but not in its folder: ${id}`),
      ...twice.map(({ id }) => `listed twice in ${list}: ${id}`),
    ]).toEqual([])
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
  const order = setRules.map(({ id, layer }) => ({ id, layer }))
  expect(order).toEqual(order.toSorted((a, b) => layers.indexOf(a.layer) - layers.indexOf(b.layer)))
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

  it('are given to every other rule, but for names of our own', () => {
    const known = kinds.flatMap(({ type }) => enumOf(type))
    const others = new Set(ids([...setRules, ...sendRules]).filter((id) => !known.includes(id)))
    expect([
      ...[...others]
        .filter((id) => !ownNames.includes(id))
        .map((id) => `no name of the protocol's: ${id}. If it is one of our own, add it to ownNames in this file`),
      ...ownNames.filter((id) => !others.has(id)).map((id) => `in ownNames, but no rule has it: ${id}`),
    ]).toEqual([])
  })
})
