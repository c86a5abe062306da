import type { Diagnosis, DiagnosisRank, Story, StoryStep } from '../contract.ts'
import { breaksAt } from '../report/culprits.ts'
import type { Problem } from '../report/problems.ts'
import { nameOfLine } from '../story/reading.ts'
import type { IconName } from './components/Icon.tsx'
import type { LogEntry } from './session.ts'
import type { Told } from './told.ts'
import type { ExchangeRow } from './view-rows.ts'
import type { Tone } from './view-verdict.ts'

export interface MarkWords {
  readonly icon: IconName
  readonly tone: Tone
  readonly words: string
}

/** What a mark of a step is drawn as, and said. */
export const STEP_MARKS: Readonly<Record<StoryStep['mark'], MarkWords>> = {
  ok: { icon: 'ok', tone: 'ok', words: 'works' },
  broken: { icon: 'blocked', tone: 'bad', words: 'breaks here' },
  risky: { icon: 'notSent', tone: 'warn', words: 'to look at' },
  open: { icon: 'pending', tone: 'quiet', words: 'not seen yet' },
  skipped: { icon: 'none', tone: 'quiet', words: 'not part of this login' },
}

export const OUTCOME_MARKS: Readonly<Record<Story['outcome'], MarkWords>> = {
  healthy: { icon: 'ok', tone: 'ok', words: 'The login works' },
  broken: { icon: 'blocked', tone: 'bad', words: 'The login breaks' },
  open: { icon: 'pending', tone: 'quiet', words: 'So far, so good' },
}

export const RANK_WORDS: Readonly<Record<DiagnosisRank, { readonly words: string; readonly tone: Tone }>> = {
  'blocks-now': { words: 'breaks the login', tone: 'bad' },
  'blocks-next': { words: 'would break it next', tone: 'warn' },
  odd: { words: 'worth knowing', tone: 'quiet' },
}

export const CONFIDENCE_WORDS: Readonly<Record<Diagnosis['confidence'], string>> = {
  seen: 'the requests show it',
  likely: 'likely: little else would look like this',
  possible: 'possible: one of several explanations',
}

/** Id of a finding's card: a diagnosis may be made twice, of different things. */
export const cardId = (place: number): string => `found-${place}`

export interface Fix {
  readonly kind: 'diagnosis' | 'exchange'
  readonly id: string
}

/** Where "Show the fix" leads; null where there is nothing to mend. */
export function fixOf({ story, diagnoses }: Told): Fix | null {
  if (story?.outcome !== 'broken') return null
  const [first] = diagnoses
  if (first?.rank === 'blocks-now') return { kind: 'diagnosis', id: cardId(0) }
  const id = breaksAt(story)
  return id === null ? null : { kind: 'exchange', id }
}

/** What the way there is called: no verdict says what to mend where a step breaks without a cookie to blame. */
export function fixLabel(told: Told, fix: Fix, row: Pick<ExchangeRow, 'entry' | 'problems'> | null): string {
  if (fix.kind === 'diagnosis') return told.diagnoses[0]?.actions.length === 0 ? 'Show why' : 'Show the fix'
  return row !== null && breakingProblem(told, row) !== null ? 'Show the fix' : 'Show the request'
}

/** The card of the finding that says why the login breaks at an exchange; null where none names it, or where its own verdict says it. */
export function whyOf({ story, diagnoses }: Told, id: string): string | null {
  const blocking = diagnoses.filter(({ rank }) => rank === 'blocks-now')
  const own = blocking.findIndex(({ exchanges }) => exchanges[0] === id)
  const isBroken = story?.steps.some(({ mark, exchanges }) => mark === 'broken' && exchanges.includes(id)) === true
  if (own >= 0) return cardId(own)
  return isBroken && blocking.length > 0 ? cardId(0) : null
}

/**
 * Of the request at which the login breaks, the cookie's problem that the step is about: the session cookie's, else the first of that
 * kind. Null where no cookie is to blame.
 */
export function breakingProblem(
  { story, cookie }: Told,
  { entry: { verdict }, problems }: Pick<ExchangeRow, 'entry' | 'problems'>,
): Problem | null {
  const step = story?.steps.find(({ mark }) => mark === 'broken')?.id
  const operation = step === 'stored' ? 'set' : step === 'sent' ? 'send' : null
  const own = problems.filter((one) => one.operation === operation)
  const nameOf = ({ index }: Problem): string | undefined =>
    operation === 'set'
      ? verdict.setCookies.slice(index, index + 1).map(nameOfLine)[0]
      : verdict.cookies[index]?.cookie.name
  return own.find((one) => nameOf(one) === cookie) ?? own[0] ?? null
}

/** Ids of all exchanges that a story points to. */
export function storyExchanges(story: Story | null): string[] {
  if (story === null) return []
  return [
    story.login,
    ...story.steps.flatMap(({ exchanges }) => exchanges),
    ...story.arrows.map(({ exchange }) => exchange),
  ]
}

const PAGES: ReadonlySet<string> = new Set(['main_frame', 'sub_frame', 'xmlhttprequest'])

/** Whether a reader may want to pick it as the login: something was sent, or a cookie set, or it came back with a code. */
export function mayBeLogin({ exchange, verdict }: LogEntry): boolean {
  if (!PAGES.has(exchange.resourceType) || exchange.method === 'OPTIONS') return false
  return (
    exchange.method !== 'GET' || verdict.setCookies.length > 0 || /[?&](?:code|ticket|SAMLResponse)=/.test(exchange.url)
  )
}

/** A query may hold a code, a state, a password: a story does without. */
export const withoutQuery = (path: string): string => path.replace(/\?.*$/s, '')
