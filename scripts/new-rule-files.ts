import protocol from 'devtools-protocol/json/browser_protocol.json'
import { sendRules, setRules, warnRules } from '../src/rules/index.ts'
import { notObservable } from '../src/rules/not-observable.ts'
import { Failure } from './command.mjs'

/** set: a line is refused. send: a stored cookie is withheld. warn: a line is accepted, but not as written. */
export const operations = ['set', 'send', 'warn'] as const
export type Operation = (typeof operations)[number]

export interface NewRule {
  /** As in `import x from './FILE.ts'`. */
  variable: string
  file: string
  /** Path from the project's folder, and text. */
  files: { path: string; text: string }[]
  /** Files of the project that have to name the rule. */
  changes: { path: string; change: (text: string) => string }[]
}

/** What the templates say until somebody writes the rule's own words: no page of docs/rules may have it. */
export const placeholders = {
  summary: 'What the rule is, in one sentence and without values.',
  title: 'One line that names the attribute and the fix',
  explanation: 'and what happens to it, why, in one paragraph and never with its value.',
} as const

const isOperation = (text: string): text is Operation => operations.some((operation) => operation === text)

/** `SameSiteNone` to `same-site-none`, `DomainNonASCII` to `domain-non-ascii`. */
const kebab = (name: string): string =>
  name
    .replace(/([a-z])([A-Z])/g, '$1-$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1-$2')
    .toLowerCase()

const camel = (file: string): string => file.replace(/-(\w)/g, (_dash, letter: string) => letter.toUpperCase())

/** Ids of the rules that a reader would take for the new one: a line's refusals and warnings stand side by side. */
const taken: Record<Operation, readonly { id: string }[]> = {
  set: [...setRules, ...warnRules],
  warn: [...setRules, ...warnRules],
  send: sendRules,
}

/**
 * What `npm run new-rule` makes: the rule and its test.
 * @throws {Failure} one line that says what is wrong with the name or the operation
 */
export const newRule = (name: string | undefined, operation: string): NewRule => {
  if (!isOperation(operation))
    throw new Failure(
      `--operation ${operation}: there is set (a line is refused), send (a cookie is withheld) and warn.`,
    )
  if (name === undefined) throw new Failure('Which name? npm run new-rule -- ExampleRule --operation set')
  if (!/^([A-Z][a-z]+|[A-Z]{2,}(?![a-z]))+$/.test(name))
    throw new Failure(
      `${name} is no name for a rule: words that begin with a capital, letters only, as in ExampleRule.`,
    )
  if (taken[operation].some(({ id }) => id.toLowerCase() === name.toLowerCase()))
    throw new Failure(`${name} is taken: there is a rule of that name in src/rules.`)
  if (operation !== 'warn' && Object.hasOwn(notObservable[operation], name))
    throw new Failure(`${name} stands in src/rules/not-observable.ts with a reason: take it out there first.`)
  const file = kebab(name)
  const path = `src/rules/${operation}/${file}`
  return {
    variable: camel(file),
    file,
    files: [
      { path: `${path}.ts`, text: operation === 'send' ? sendRule(name) : setRule(name, operation) },
      { path: `${path}.test.ts`, text: testOf(file, operation) },
    ],
    changes: [
      { path: listOf(operation), change: (text) => listed(text, file, operation) },
      ...(operation === 'warn' || protocolNames(operation).includes(name)
        ? []
        : [{ path: ownNamesFile, change: (text: string) => namedAsOurs(text, name) }]),
    ],
  }
}

const listOf = (operation: Operation): string => `src/rules/${operation}/index.ts`
const ownNamesFile = 'src/rules/index.test.ts'

const protocolNames = (operation: 'set' | 'send'): string[] => {
  const network = protocol.domains.find(({ domain }) => domain === 'Network')
  const reasons = operation === 'set' ? 'SetCookieBlockedReason' : 'CookieBlockedReason'
  const type = network?.types?.find(({ id }) => id === reasons)
  return type !== undefined && 'enum' in type && Array.isArray(type.enum) ? type.enum : []
}

/** @throws {Failure} where the list is written in another way than this command knows */
const changed = (text: string, at: string, pattern: RegExp, change: (match: string) => string): string => {
  if (!pattern.test(text)) throw new Failure(`${at} is no longer written as this command knows it: nothing was made.`)
  return text.replace(pattern, change)
}

/** The import at its place in the alphabet, and the rule as the last of the list: the layer of the template is the last. */
const listed = (text: string, file: string, operation: Operation): string => {
  const at = listOf(operation)
  const imported = changed(text, at, /(?:^import \w+ from '\.\/[a-z-]+\.ts'\n)+/m, (block) =>
    [...block.trimEnd().split('\n'), `import ${camel(file)} from './${file}.ts'`].sort(byFile).join('\n').concat('\n'),
  )
  return changed(
    imported,
    at,
    /Rules: readonly Rule<\w+>\[\] = \[\n(?: {2}\w+,\n)+(?=\]\n)/,
    (list) => `${list}  ${camel(file)},\n`,
  )
}

/** As lint sorts imports: by their files' names, without the ending. */
const byFile = (a: string, b: string): number => (importedFile(a) < importedFile(b) ? -1 : 1)

const importedFile = (line: string): string => /'\.\/([a-z-]+)\.ts'/.exec(line)?.[1] ?? ''

const namedAsOurs = (text: string, name: string): string =>
  changed(text, ownNamesFile, /const ownNames = \[\n(?: {2}'\w+',\n)+(?=\]\n)/, (list) => {
    const [first = '', ...names] = list.trimEnd().split('\n')
    return [first, ...[...names, `  '${name}',`].sort(), ''].join('\n')
  })

const setRule = (name: string, operation: 'set' | 'warn'): string => {
  const finds = operation === 'set' ? 'block' : 'warn'
  const imports = operation === 'set' ? 'block, defineSetRule, pass' : 'defineSetRule, pass, warn'
  return `import type { Span } from '../../cookie/parse.ts'
import { theCookie } from '../../remedies/words.ts'
import { ${imports} } from '../rule.ts'

export default defineSetRule<{ name: string; span: Span }>({
  id: '${name}',
  operation: 'set',
  layer: 'store',
  spec: 'RFC 6265bis 5.7',
  summary: '${placeholders.summary}',
  // Asked of every line. With \`on: occasion.x\` (../occasion.ts) it is asked only where that is the case: cheaper.
  evaluate: ({ read }) => {
    if (read.name !== 'example') return pass
    const { start, end } = read.parsed.name
    return ${finds}({ name: read.name, span: { start, end } })
  },
  explain: ({ name }) => ({
    title: '${placeholders.title}',
    explanation: \`\${theCookie(name)} ${placeholders.explanation}\`,
  }),
  part: ({ span }) => span,
  remedies: () => [],
})
`
}

const sendRule = (name: string): string => `import { theCookie } from '../../remedies/words.ts'
import { block, defineSendRule, pass } from '../rule.ts'

export default defineSendRule<{ name: string }>({
  id: '${name}',
  operation: 'send',
  spec: 'RFC 6265bis 5.8',
  summary: '${placeholders.summary}',
  // Asked of every cookie. With \`on: occasion.x\` (../occasion.ts) it is asked only where that is the case: cheaper.
  evaluate: ({ cookie }) => (cookie.path === '/example' ? block({ name: cookie.name }) : pass),
  explain: ({ name }) => ({
    title: '${placeholders.title}',
    explanation: \`\${theCookie(name)} ${placeholders.explanation}\`,
  }),
  remedies: () => [],
})
`

const testOf = (file: string, operation: Operation): string =>
  operation === 'send'
    ? `import { testSendRule } from '../testing.ts'
import rule from './${file}.ts'

testSendRule(rule, {
  blocks: [{ cookie: { path: '/example' }, says: ['\`sid\`'], fix: [] }],
  // The near misses.
  passes: [{ cookie: { path: '/' } }, { cookie: { path: '/examples' } }],
})
`
    : `import { testSetRule } from '../testing.ts'
import rule from './${file}.ts'

testSetRule(rule, {
  blocks: [{ line: 'example=abcdef; Path=/', says: ['\`example\`'], marks: 'example', fix: [] }],
  // The near misses.
  passes: [{ line: 'examples=abcdef' }, { line: 'sid=example' }],
})
`
