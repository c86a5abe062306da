import type { Diagnosis, DiagnosisRank, Report, Story } from '../contract.ts'
import { codeBlock, codeSpan, prose } from './markdown-escape.ts'
import { snippetBlock } from './markdown-snippet.ts'
import { browserLabel } from './markdown-words.ts'
import { sequenceDiagram } from './mermaid.ts'
import { type ToldStep, toldSteps } from './story-steps.ts'

const LONGEST_SENTENCE = 600
const LONGEST_EXPLANATION = 1500
const LONGEST_DETAIL = 400
const MOST_REQUESTS = 20
const MOST_CHANGES = 8

const MARKS: Readonly<Record<ToldStep['mark'], string>> = {
  ok: '✓',
  broken: '✗',
  risky: '!',
  open: '…',
}

const RANKS: Readonly<Record<DiagnosisRank, string>> = {
  'blocks-now': 'breaks the login',
  'blocks-next': 'would break it next',
  odd: 'worth knowing',
}

const CONFIDENCES: Readonly<Record<Diagnosis['confidence'], string>> = {
  seen: 'the requests show it',
  likely: 'likely',
  possible: 'one of several explanations',
}

/** The story in one sentence: a heading's text. */
export const storyHeading = (report: Report, story: Story): string =>
  `${prose(browserLabel(report))}: ${prose(story.sentence, LONGEST_SENTENCE)}`

/** Which request is the login and why, its steps, and what was checked of it: a block each. */
export function storyBlocks(report: Report, story: Story): string[] {
  const numbers = numbersOf(report)
  const login = numbers.get(story.login)
  const { steps, unreached } = toldSteps(story)
  const told = steps.map(
    ({ mark, title, detail, exchanges }, i) =>
      `${i + 1}. ${MARKS[mark]} **${prose(title)}**${aside(exchanges.slice(0, 1), numbers)}${detail === '' ? '' : `.${rest(detail)}`}`,
  )
  const checks = story.checks.map(({ mark, title, detail }) => `- ${MARKS[mark]} **${prose(title)}**${rest(detail)}`)
  const why = story.why.map((one) => prose(one, LONGEST_DETAIL)).join(' ')
  return [
    login === undefined ? '' : `The login is request ${login}. ${why}`.trimEnd(),
    told.join('\n'),
    unreached,
    checks.length > 0 ? `Checked:\n\n${checks.join('\n')}` : '',
  ].filter((block) => block !== '')
}

/** Who asked whom: for a renderer, so that it is read last. Null where nobody asked. */
export const diagramBlock = (story: Story): string | null =>
  story.arrows.length === 0 ? null : `### Who asked whom\n\n${codeBlock(sequenceDiagram(story), 'mermaid')}`

/** What was found over several exchanges, and what to change. */
export function diagnosisBlock(diagnosis: Diagnosis, report: Report): string {
  const { id, title, explanation, confidence, exchanges, rank, matters, changes = [], snippets = [], check } = diagnosis
  const words = [...(rank === undefined ? [] : [RANKS[rank]]), CONFIDENCES[confidence]].join('; ')
  const named = changes
    .slice(0, MOST_CHANGES)
    .map((change, i) =>
      [
        `- ${prose(change, LONGEST_DETAIL * 2)}`,
        ...snippets.filter((one) => one.change === i).map((one) => indented(snippetBlock(one))),
      ].join('\n\n'),
    )
  const hasSnippets = snippets.length > 0
  return [
    `**${prose(title)}** (${words}; ${codeSpan(id, 80)}). ${prose(explanation, LONGEST_EXPLANATION)}${seenIn(exchanges, numbersOf(report))}`,
    matters === undefined ? '' : `Why it matters: ${prose(matters, LONGEST_EXPLANATION)}`,
    named.length > 0 ? `What to change:\n\n${named.join(hasSnippets ? '\n\n' : '\n')}` : '',
    check === undefined ? '' : `How to check: ${prose(check, LONGEST_EXPLANATION)}`,
  ]
    .filter((block) => block !== '')
    .join('\n\n')
}

/** Part of a list's item. */
const indented = (block: string): string => block.replace(/^(?=.)/gm, '  ')

/** Their places in the table of all requests, from 1. */
const numbersOf = ({ exchanges }: Report): ReadonlyMap<string, number> =>
  new Map(exchanges.map(({ id }, i) => [id, i + 1]))

const rest = (detail: string): string => (detail === '' ? '' : ` ${prose(detail, LONGEST_DETAIL)}`)

/** `request 3`, `requests 2, 3 and 5`; empty where the report has none of them. */
function requests(ids: readonly string[], numbers: ReadonlyMap<string, number>): string {
  const where = ids.flatMap((id) => numbers.get(id) ?? []).slice(0, MOST_REQUESTS)
  where.sort((a, b) => a - b)
  if (where.length < 2) return where.length === 0 ? '' : `request ${where[0]}`
  return `requests ${where.slice(0, -1).join(', ')} and ${where.at(-1)}`
}

const aside = (ids: readonly string[], numbers: ReadonlyMap<string, number>): string => {
  const where = requests(ids, numbers)
  return where === '' ? '' : ` (${where})`
}

const seenIn = (ids: readonly string[], numbers: ReadonlyMap<string, number>): string => {
  const where = requests(ids, numbers)
  return where === '' ? '' : ` Seen in ${where}.`
}
