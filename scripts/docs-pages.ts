import protocol from 'devtools-protocol/json/browser_protocol.json'
import { prose } from '../src/report/markdown-escape.ts'
import { sendRules, setRules, warnRules } from '../src/rules/index.ts'
import { notObservable } from '../src/rules/not-observable.ts'
import { blockedSection, doubtfulSection, passingSection, undecidedSection } from './docs-examples.ts'
import { browserTable } from './docs-policy.ts'
import { type Operation, type PageRule, pageName } from './docs-rules.ts'

// Loaded for their tables alone: see docs-vitest.ts.
import.meta.glob('../src/rules/{set,send,warn}/*.test.ts', { eager: true })

const longestProse = 2000

/** A sentence of ours, with its code spans. */
const words = (text: string): string => prose(text, longestProse)

/** The same in a table's cell. */
const cell = (text: string): string => words(text).replaceAll('|', '\\|')

const made = '<!-- Made by `npm run docs` from the rule and its test. Change those, and run it again. -->'

const enumOf: Record<Operation, string> = { set: 'SetCookieBlockedReason', send: 'CookieBlockedReason' }

const isInProtocol = (id: string, operation: Operation): boolean => {
  const network = protocol.domains.find(({ domain }) => domain === 'Network')
  const type = network?.types?.find((one) => one.id === enumOf[operation])
  return type !== undefined && 'enum' in type && Array.isArray(type.enum) && type.enum.includes(id)
}

const operationWords: Record<Operation, string> = {
  set: 'when a response sets a cookie',
  send: 'when a stored cookie is to be sent',
}

const nameWords = ({ rule, operation, warns }: PageRule): string => {
  if (warns) return 'A name of ours: the cookie is accepted, so the DevTools protocol reports no reason'
  return isInProtocol(rule.id, operation)
    ? `\`${enumOf[operation]}\` of the DevTools protocol`
    : 'A name of ours: the browser does not report it, not even in its own panels'
}

const outcomeWords = ({ operation, warns }: PageRule, isCertain: boolean): string =>
  !isCertain
    ? 'Not certain: the cookie may be stored or not'
    : warns
      ? 'Warns: the cookie is stored, but not as the line says'
      : operation === 'set'
        ? 'Blocks: the cookie is not stored'
        : 'Blocks: the cookie is not sent'

const rulePage = (page: PageRule): string => {
  const { rule, operation, warns } = page
  const undecided = undecidedSection(page)
  const doubtful = doubtfulSection(page)
  return lines([
    made,
    '',
    `# ${rule.id}, ${operationWords[operation]}`,
    '',
    words(rule.summary),
    '',
    '| | |',
    '| --- | --- |',
    `| Outcome | ${outcomeWords(page, doubtful.length === 0)} |`,
    ...(operation === 'set' && !warns ? [`| Layer | \`${rule.layer}\` ([what that means](README.md#layers)) |`] : []),
    `| Name | ${nameWords(page)} |`,
    `| Standard | ${cell(rule.spec)} |`,
    '',
    warns ? '## What it warns of' : doubtful.length > 0 ? '## What it is not certain of' : '## What it blocks',
    '',
    ...blockedSection(page),
    ...doubtful,
    '## What it lets pass',
    '',
    ...passingSection(page),
    '',
    ...(undecided.length === 0 || doubtful.length > 0 ? [] : ["## What it can't decide", '', ...undecided, '']),
    '## Browsers',
    '',
    ...browserTable(page),
  ])
}

const notObservablePage = (id: string, operation: Operation, reason: string): string =>
  lines([
    made,
    '',
    `# ${id}, ${operationWords[operation]}`,
    '',
    `\`${enumOf[operation]}\` of the DevTools protocol has this name, and no rule gives it.`,
    '',
    words(reason),
  ])

const lines = (all: readonly string[]): string => `${all.join('\n').trimEnd()}\n`

const rules: readonly PageRule[] = [
  ...setRules.map((rule): PageRule => ({ rule, operation: 'set', warns: false })),
  ...sendRules.map((rule): PageRule => ({ rule, operation: 'send', warns: false })),
  ...warnRules.map((rule): PageRule => ({ rule, operation: 'set', warns: true })),
]

const link = (id: string, operation: Operation): string => `[${id}](${pageName(id, operation)})`

const ruleTable = (shown: readonly PageRule[]): string[] => [
  '| Reason | What it is | Standard |',
  '| --- | --- | --- |',
  ...shown.map(({ rule, operation }) => `| ${link(rule.id, operation)} | ${cell(rule.summary)} | ${cell(rule.spec)} |`),
]

const setTable = (shown: readonly PageRule[]): string[] => [
  '| Reason | Layer | What it is | Standard |',
  '| --- | --- | --- | --- |',
  ...shown.map(
    ({ rule, operation }) =>
      `| ${link(rule.id, operation)} | \`${rule.layer}\` | ${cell(rule.summary)} | ${cell(rule.spec)} |`,
  ),
]

const notObservableTable = (operation: Operation): string[] => [
  '| Name | Why no rule gives it |',
  '| --- | --- |',
  ...Object.entries(notObservable[operation]).map(([id, reason]) => `| ${link(id, operation)} | ${cell(reason)} |`),
]

const index = (): string =>
  lines([
    made,
    '',
    '# The reasons',
    '',
    'Each reason that a verdict can give has a page: what happened, why, what to do, which near misses are let pass, and what differs',
    'between browsers. The cases are those of the rule’s own test.',
    '',
    '## When a response sets a cookie',
    '',
    ...setTable(rules.filter(({ operation, warns }) => operation === 'set' && !warns)),
    '',
    '### Layers',
    '',
    'The browser looks in this order, and reports the reasons of the first layer that blocks: the request itself (`request`), whether there',
    'is a cookie at all (`content`), how large it is (`size`), what stands in it (`characters`), the rest of the line (`line`), the settings',
    '(`settings`), and last what the store and the request’s context say (`store`). A verdict lists that layer first, and what the later',
    'ones would say behind it.',
    '',
    '## When a stored cookie is to be sent',
    '',
    ...ruleTable(rules.filter(({ operation }) => operation === 'send')),
    '',
    '## Accepted, but not as written',
    '',
    ...ruleTable(rules.filter(({ warns }) => warns)),
    '',
    '## Names of the protocol that no rule gives',
    '',
    'When set:',
    '',
    ...notObservableTable('set'),
    '',
    'When sent:',
    '',
    ...notObservableTable('send'),
  ])

/** Every page of docs/rules by its file name. */
export const pages = (): Map<string, string> =>
  new Map([
    ['README.md', index()],
    ...rules.map((page): [string, string] => [pageName(page.rule.id, page.operation), rulePage(page)]),
    ...(['set', 'send'] as const).flatMap((operation) =>
      Object.entries(notObservable[operation]).map(([id, reason]): [string, string] => [
        pageName(id, operation),
        notObservablePage(id, operation, reason),
      ]),
    ),
  ])
