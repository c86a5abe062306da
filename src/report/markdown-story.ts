import type { Diagnosis, DiagnosisRank, Report, Story, StoryStep } from '../contract.ts'
import { codeBlock, codeSpan, prose } from './markdown-escape.ts'
import { browserLabel } from './markdown-words.ts'
import { sequenceDiagram } from './mermaid.ts'

const LONGEST_SENTENCE = 600
const LONGEST_EXPLANATION = 1500
const LONGEST_DETAIL = 400
const MOST_REQUESTS = 20
const MOST_CHANGES = 8

const MARKS: Readonly<Record<Exclude<StoryStep['mark'], 'skipped'>, string>> = {
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

/** The story in one sentence: a heading's text. */
export const storyHeading = (report: Report, story: Story): string =>
  `${prose(browserLabel(report))}: ${prose(story.sentence, LONGEST_SENTENCE)}`

/** Which request is the login and why, its steps, who asked whom, what was checked: a block each. */
export function storyBlocks(report: Report, story: Story): string[] {
  const numbers = numbersOf(report)
  const login = numbers.get(story.login)
  const steps = story.steps.flatMap(({ mark, title, detail, exchanges }) => {
    if (mark === 'skipped') return []
    return [`${MARKS[mark]} **${prose(title)}**${rest(detail)}${requests(exchanges.slice(0, 1), numbers)}`]
  })
  const why = story.why.map((one) => prose(one, LONGEST_DETAIL)).join(' ')
  const checks = story.checks.map(({ mark, title, detail }) => `- ${MARKS[mark]} **${prose(title)}**${rest(detail)}`)
  return [
    login === undefined ? '' : `The login is request ${login}. ${why}`.trimEnd(),
    steps.map((step, i) => `${i + 1}. ${step}`).join('\n'),
    story.arrows.length > 0 ? codeBlock(sequenceDiagram(story), 'mermaid') : '',
    checks.length > 0 ? `Checked:\n\n${checks.join('\n')}` : '',
  ].filter((block) => block !== '')
}

/** What was found over several exchanges, and what to change. */
export function diagnosisBlock(diagnosis: Diagnosis, report: Report): string {
  const { id, title, explanation, confidence, exchanges, rank, matters, changes = [], check } = diagnosis
  const words = [...(rank === undefined ? [] : [RANKS[rank]]), confidence].join('; ')
  const named = changes.slice(0, MOST_CHANGES).map((change) => `- ${prose(change, LONGEST_DETAIL * 2)}`)
  return [
    `**${prose(title)}** (${words}; ${codeSpan(id, 80)}). ${prose(explanation, LONGEST_EXPLANATION)}${requests(exchanges, numbersOf(report))}`,
    matters === undefined ? '' : `Why it matters: ${prose(matters, LONGEST_EXPLANATION)}`,
    named.length > 0 ? `What to change:\n\n${named.join('\n')}` : '',
    check === undefined ? '' : `How to check: ${prose(check, LONGEST_EXPLANATION)}`,
  ]
    .filter((block) => block !== '')
    .join('\n\n')
}

/** Their places in the table of all requests, from 1. */
const numbersOf = ({ exchanges }: Report): ReadonlyMap<string, number> =>
  new Map(exchanges.map(({ id }, i) => [id, i + 1]))

const rest = (detail: string): string => (detail === '' ? '' : ` ${prose(detail, LONGEST_DETAIL)}`)

function requests(ids: readonly string[], numbers: ReadonlyMap<string, number>): string {
  const where = ids.flatMap((id) => numbers.get(id) ?? []).slice(0, MOST_REQUESTS)
  if (where.length === 0) return ''
  return where.length === 1 ? ` Request: ${where[0]}.` : ` Requests: ${where.join(', ')}.`
}
