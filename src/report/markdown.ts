import type { DiagnosisRank, Report } from '../contract.ts'
import { blameOf, breaksAt, culpritsOf } from './culprits.ts'
import { prose } from './markdown-escape.ts'
import { gapLine, storeWriteLines } from './markdown-events.ts'
import { legendOf } from './markdown-legend.ts'
import { problemSection } from './markdown-problem.ts'
import { foldRepeats } from './markdown-repeats.ts'
import { diagnosisBlock, diagramBlock, storyBlocks, storyHeading } from './markdown-story.ts'
import { environmentTable, requestRow, requestTableHead } from './markdown-tables.ts'
import {
  browserLabel,
  count,
  healthySummary,
  type ProblemExchange,
  problemSummary,
  summaryHeading,
} from './markdown-words.ts'
import { problemsOf } from './problems.ts'

/** GitHub takes 65,536 characters. */
const MOST = 60_000
/** For the story, and together with it for what was found over several exchanges. */
const MOST_FOR_STORY = 8_000
const MOST_FOR_DIAGNOSES = 20_000
/** For findings behind the problems. */
const MOST_FOR_LATE_DIAGNOSES = 42_000
/** For the problems; the rest is for who asked whom, and the table of all requests. */
const MOST_FOR_PROBLEMS = 38_000
/** With who asked whom, which is worth less than what went wrong. */
const MOST_FOR_DIAGRAM = 45_000
/** Together with what was before, for what is told in one line each. */
const MOST_FOR_LINES = 52_000
const MOST_LINES = 15
const MOST_ROWS = 200
/** For the last sentence, which says what was left out. */
const RESERVE = 300

/**
 * The report for a ticket, in Markdown as GitHub and Jira read it: the login's story where there is one, with what to change; one
 * sentence that says it all, where it was seen, each problem with its evidence and its fix; who asked whom, and a table of all requests.
 * It reads well as it is written, too: what is for a renderer stands last. At most 60,000 characters; what was left out is told. Nothing that a page wrote is markup in it (markdown-escape.ts).
 */
export function toMarkdown(report: Report): string {
  const problems = numbered(report)
  const text = new Text()
  const { story } = report
  text.add(`## ${story === undefined ? summaryHeading(report, problems) : storyHeading(report, story)}`)
  const breaks = story?.outcome === 'broken'
  const explained = report.diagnoses.some(({ rank }) => rank === 'blocks-now')
  const ofVerdict = breaks && !explained
  // What to change stands high up: it is what is looked for.
  if (story !== undefined) addBlocks(storyBlocks(report, story), text, MOST_FOR_STORY)
  if (!ofVerdict) addDiagnoses(report, text, MOST_FOR_DIAGNOSES, explained)
  if (story !== undefined) text.add(`### ${summaryHeading(report, problems)}`)
  text.add(problems.length > 0 ? problemSummary(report, problems) : healthySummary(report))
  const environment = text.blocks.length
  text.add(environmentTable(report, legendOf(report, null)))
  addProblems(report, breaks ? breakFirst(problems, breaksAt(story)) : problems, text)
  // A verdict alone says why it breaks: findings of something else would pass for the cause before it.
  if (ofVerdict) addDiagnoses(report, text, MOST_FOR_LATE_DIAGNOSES, true)
  const diagram = story === undefined ? null : diagramBlock(story)
  if (diagram !== null) addBlocks([diagram], text, MOST_FOR_DIAGRAM)
  addStoreWrites(report, text)
  addGaps(report, text)
  addRequests(report, problems, text)
  text.add(
    `Made by ${prose(`${report.generator.name} ${report.generator.version}`)} in ${prose(browserLabel(report))}.`,
  )
  // Which stand-ins there are is known when all is written; until then there is room for the longest legend.
  text.blocks[environment] = environmentTable(report, '')
  text.blocks[environment] = environmentTable(report, legendOf(report, text.blocks.join('\n')))
  return `${text.blocks.join('\n\n')}\n`
}

function numbered({ exchanges }: Report): ProblemExchange[] {
  const problems = new Map(problemsOf(exchanges).map((one) => [one.id, one.problems]))
  return exchanges.flatMap((exchange, i) => {
    const own = problems.get(exchange.id)
    return own ? [{ exchange, number: i + 1, problems: own }] : []
  })
}

/** In their order, but for the request at which the login breaks. */
const breakFirst = (problems: readonly ProblemExchange[], id: string | null): ProblemExchange[] => [
  ...problems.filter(({ exchange }) => exchange.id === id),
  ...problems.filter(({ exchange }) => exchange.id !== id),
]

/** Above the findings of each rank. */
const FINDINGS: Readonly<Record<DiagnosisRank, string>> = {
  'blocks-now': 'Why it breaks, and what to change',
  'blocks-next': 'What would break it next',
  odd: 'Worth knowing',
}

/** Blocks of Markdown, counted. */
class Text {
  readonly blocks: string[] = []
  length = 0

  add(block: string): void {
    this.blocks.push(block)
    this.length += block.length + 2
  }

  fits(block: string, most: number): boolean {
    return this.length + block.length + RESERVE <= most
  }
}

function addBlocks(blocks: readonly string[], text: Text, most: number): void {
  for (const block of blocks) if (text.fits(block, most)) text.add(block)
}

/** @param beside what breaks the login: what is merely odd is no place for code then */
function addDiagnoses(report: Report, text: Text, most: number, beside: boolean): void {
  const { diagnoses } = report
  let shown = 0
  let under = ''
  for (const diagnosis of diagnoses) {
    const { snippets: _, ...inWords } = diagnosis
    const versions = beside && diagnosis.rank === 'odd' ? [inWords] : [diagnosis, inWords]
    const block = versions.map((one) => diagnosisBlock(one, report)).find((one) => text.fits(one, most))
    if (block === undefined) break
    const heading = FINDINGS[diagnosis.rank ?? 'blocks-now']
    if (heading !== under) text.add(`### ${heading}`)
    under = heading
    text.add(block)
    shown++
  }
  if (shown < diagnoses.length) text.add(leftOut(diagnoses.length - shown, 'diagnosis', 'diagnoses'))
}

function addProblems(report: Report, problems: readonly ProblemExchange[], text: Text): void {
  const { sections, repeats } = foldRepeats(problems)
  let shown = 0
  for (const section of sections) {
    const { head, blocks } = problemSection(section, report, repeats)
    const [first, ...others] = blocks
    if (first === undefined || !text.fits(head + first, MOST_FOR_PROBLEMS)) break
    text.add(head)
    text.add(first)
    shown++
    const fitting = others.findIndex((block) => !addFitting(block, text))
    if (fitting !== -1)
      text.add(leftOut(others.length - fitting, 'more problem of this request', 'more problems of this request'))
  }
  if (shown < sections.length) {
    text.add(leftOut(sections.length - shown, 'more request with a problem', 'more requests with a problem'))
  }
}

function addFitting(block: string, text: Text): boolean {
  const fits = text.fits(block, MOST_FOR_PROBLEMS)
  if (fits) text.add(block)
  return fits
}

function addStoreWrites({ storeWrites = [] }: Report, text: Text): void {
  addLines('### Not from a response', storeWriteLines(storeWrites), ['more cookie', 'more cookies'], text)
}

function addGaps({ gaps = [] }: Report, text: Text): void {
  addLines('### Gaps', gaps.map(gapLine), ['more gap', 'more gaps'], text)
}

function addLines(head: string, lines: readonly string[], [one, many]: readonly [string, string], text: Text): void {
  if (lines.length === 0) return
  const shown: string[] = []
  let length = head.length
  for (const line of lines.slice(0, MOST_LINES)) {
    length += line.length + 1
    if (text.length + length + RESERVE > MOST_FOR_LINES) break
    shown.push(line)
  }
  text.add(head)
  if (shown.length > 0) text.add(shown.join('\n'))
  if (shown.length < lines.length) text.add(leftOut(lines.length - shown.length, one, many))
}

function addRequests(report: Report, problems: readonly ProblemExchange[], text: Text): void {
  const { exchanges, diagnoses } = report
  const story = report.story ?? null
  if (exchanges.length === 0) return
  const marked = new Map(problems.map((one) => [one.exchange.id, one.problems]))
  const breaks = breaksAt(story)
  const culprits = culpritsOf(story, diagnoses)
  const rows: string[] = []
  let length = requestTableHead.length
  for (const [i, exchange] of exchanges.entries()) {
    const row = requestRow(exchange, i + 1, marked.get(exchange.id) ?? [], blameOf(exchange.id, breaks, culprits))
    if (rows.length === MOST_ROWS || text.length + length + row.length + 2 * RESERVE > MOST) break
    rows.push(row)
    length += row.length + 1
  }
  text.add(`### All requests (${exchanges.length.toLocaleString('en-GB')})`)
  if (rows.length > 0) text.add([requestTableHead, ...rows].join('\n'))
  if (rows.length < exchanges.length) text.add(leftOut(exchanges.length - rows.length, 'more request', 'more requests'))
}

function leftOut(n: number, one: string, many: string): string {
  return `_${count(n, one, many)} left out: see the report file (JSON)._`
}
