import type {
  Browser,
  Diagnosis,
  Exchange,
  Gap,
  Report,
  ReportExchange,
  StoreWrite,
  Story,
  ThirdPartyCookies,
} from '../contract.ts'
import { redactReport } from './redact.ts'

export interface ReportInput {
  /** In order of request. Fields beyond the contract's are left out of the report. */
  readonly entries: readonly ReportExchange[]
  readonly browser: { readonly name: Browser; readonly version: string }
  /** In order of time, like the gaps. */
  readonly storeWrites?: readonly StoreWrite[]
  readonly gaps?: readonly Gap[]
  /** URL of the inspected page. */
  readonly page: string
  readonly thirdPartyCookies: ThirdPartyCookies
  /** Ranked. */
  readonly diagnoses?: readonly Diagnosis[]
  /** The login in the log; null or left out where there is none. */
  readonly story?: Story | null
  readonly created: Date
  /** What makes the report: this extension or command, and its version. */
  readonly generator: { readonly name: string; readonly version: string }
}

export interface ReportOptions {
  /** Whether secrets are replaced by placeholders (see redact.ts). Default true. */
  readonly redact?: boolean
}

/** The report of the contract: what `toJson` and `toMarkdown` write, and `validateReport` reads. */
export async function toReport(input: ReportInput, { redact = true }: ReportOptions = {}): Promise<Report> {
  const report: Report = {
    schema: 'cookie-verdict/report@1',
    generator: { name: input.generator.name, version: input.generator.version },
    browser: { name: input.browser.name, version: input.browser.version },
    created: input.created.toISOString(),
    page: input.page,
    redacted: false,
    thirdPartyCookies: input.thirdPartyCookies,
    exchanges: input.entries.map(reportExchange),
    ...listed('storeWrites', input.storeWrites),
    ...listed('gaps', input.gaps),
    diagnoses: (input.diagnoses ?? []).map((diagnosis) => ({ ...diagnosis })),
    ...(input.story && { story: input.story }),
  }
  return redact ? redactReport(report) : report
}

/** The field where there is something to list. */
function listed<Key extends string, Item extends object>(
  key: Key,
  items: readonly Item[] = [],
): { [K in Key]?: Item[] } {
  const field: { [K in Key]?: Item[] } = {}
  if (items.length > 0) field[key] = items.map((item) => ({ ...item }))
  return field
}

function reportExchange(entry: ReportExchange): ReportExchange {
  const { id, verdict, observed, unfinished, fromCache, error } = entry
  return {
    id,
    ...exchangeOf(entry),
    verdict,
    observed,
    ...(unfinished === true && { unfinished }),
    ...(fromCache === true && { fromCache }),
    ...(error !== undefined && { error }),
  }
}

function exchangeOf(exchange: Exchange): Exchange {
  const { url, method, resourceType, initiator, frames, redirectChain, credentials } = exchange
  const { requestHeaders, status, responseHeaders, time } = exchange
  return {
    url,
    method,
    resourceType,
    initiator,
    frames,
    ...(redirectChain && { redirectChain }),
    ...(credentials && { credentials }),
    requestHeaders,
    status,
    responseHeaders,
    time,
  }
}
