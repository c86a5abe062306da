import type { Report, ReportExchange } from '../contract.ts'
import { toJson } from '../report/json.ts'
import { toMarkdown } from '../report/markdown.ts'
import { problemsOf } from '../report/problems.ts'
import { toReport } from '../report/report.ts'
import type { LogEntry } from './session.ts'
import { diagnosisIn } from './view-export-diagnosis.ts'
import { verdictWithSnippets } from './view-export-fix.ts'
import type { PanelModel } from './view-model.ts'
import { chosenStacks } from './view-stacks.ts'
import type { StoryModel } from './view-story-model.ts'

/** What is told is told of the log as it is now. */
async function redactedReport(model: PanelModel, story: StoryModel, version: string, created: Date): Promise<Report> {
  const told = story.tellNow()
  const { entries } = model.session
  const stacks = chosenStacks(story.book, story.choice.peek(), story.likely.peek())
  const withProblems = new Map(problemsOf(entries.map(reported)).map(({ id, problems }) => [id, problems]))
  const byId = new Map(entries.map((entry) => [entry.id, entry]))
  const stacksOf = (setter: string) => {
    const entry = byId.get(setter)
    if (entry === undefined) return stacks
    const likely = story.likelyFor(entry)
    return likely === null ? [] : chosenStacks(story.book, story.choice.peek(), likely)
  }
  const { browser, page, thirdPartyCookies } = model.status.peek()
  return toReport(
    {
      entries: entries.map((entry) => {
        const problems = withProblems.get(entry.id)
        const one = reported(entry)
        return problems === undefined ? one : { ...one, verdict: verdictWithSnippets(entry, problems, stacksOf) }
      }),
      storeWrites: model.session.writes,
      gaps: model.session.gaps,
      diagnoses: told.diagnoses.map((found) => diagnosisIn(found, told.cookie, stacks, told.cookies)),
      story: told.story,
      browser,
      page,
      thirdPartyCookies,
      generator: { name: 'Cookie Verdict', version },
      created,
    },
    { redact: true },
  )
}

function reported({ id, exchange, verdict, observed, state, fromCache, error }: LogEntry): ReportExchange {
  return {
    ...exchange,
    id,
    verdict,
    observed: [...observed],
    ...(state === 'unfinished' && { unfinished: true }),
    fromCache,
    ...(error !== undefined && { error }),
  }
}

/** The log as Markdown for a ticket, redacted. `version` is our own. */
export async function exportMarkdown(
  model: PanelModel,
  story: StoryModel,
  version: string,
  created = new Date(),
): Promise<string> {
  return toMarkdown(await redactedReport(model, story, version, created))
}

/** The log as a report file, redacted. */
export async function exportJson(
  model: PanelModel,
  story: StoryModel,
  version: string,
  created = new Date(),
): Promise<string> {
  return toJson(await redactedReport(model, story, version, created))
}

/** `cookie-verdict-2026-11-21T05-32-10.json`, in UTC. */
export function reportFileName(created: Date): string {
  return `cookie-verdict-${created.toISOString().slice(0, 19).replaceAll(':', '-')}.json`
}
