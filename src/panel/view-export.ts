import type { Report } from '../contract.ts'
import { toJson } from '../report/json.ts'
import { toMarkdown } from '../report/markdown.ts'
import { toReport } from '../report/report.ts'
import type { PanelModel } from './view-model.ts'

async function redactedReport(model: PanelModel, version: string, created: Date): Promise<Report> {
  const { browser, page, thirdPartyCookies } = model.status.peek()
  return toReport(
    {
      entries: model.session.entries.map(({ id, exchange, verdict, observed, state }) => ({
        ...exchange,
        id,
        verdict,
        observed: [...observed],
        ...(state === 'unfinished' && { unfinished: true }),
      })),
      storeWrites: model.session.writes,
      gaps: model.session.gaps,
      browser,
      page,
      thirdPartyCookies,
      generator: { name: 'Cookie Verdict', version },
      created,
    },
    { redact: true },
  )
}

/** The log as Markdown for a ticket, redacted. `version` is our own. */
export async function exportMarkdown(model: PanelModel, version: string, created = new Date()): Promise<string> {
  return toMarkdown(await redactedReport(model, version, created))
}

/** The log as a report file, redacted. */
export async function exportJson(model: PanelModel, version: string, created = new Date()): Promise<string> {
  return toJson(await redactedReport(model, version, created))
}

/** `cookie-verdict-2026-11-21T05-32-10.json`, in UTC. */
export function reportFileName(created: Date): string {
  return `cookie-verdict-${created.toISOString().slice(0, 19).replaceAll(':', '-')}.json`
}
