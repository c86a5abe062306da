import { parseLine } from '../cookie/parse.ts'
import type { Finding } from '../diagnoses/diagnosis.ts'
import type { Action, AttributeAction } from '../remedies/action.ts'
import { attributeChanges } from '../remedies/carry-over.ts'
import { cookieAtHand } from '../remedies/cookie-at-hand.ts'
import { changeNote, changesIn } from '../remedies/generic.ts'
import { type Answer, type CookieAtHand, generic, type Snippet, type Stack, type StackId } from '../remedies/stack.ts'
import type { LogEntry } from './session.ts'

/** What shows what is behind an answer. */
export interface StackTrace {
  readonly headers: LogEntry['exchange']['responseHeaders']
  readonly cookieNames: readonly string[]
}

export interface Likely {
  readonly stack: StackId
  /** One sentence: what was seen. */
  readonly why: string
}

/** The stacks that there are words for. */
export interface StackBook {
  readonly stacks: readonly Stack[]
  /** The best first. */
  detect(responses: StackTrace[]): readonly Likely[]
}

/** none: the words for any stack will do. null: the likely one. */
export type StackChoice = Readonly<Record<Stack['role'], StackId | 'none' | null>>

export function likelyStacks(book: StackBook, entries: readonly LogEntry[]): readonly Likely[] {
  if (entries.length === 0) return []
  return book.detect(
    entries.map(({ exchange, verdict }) => ({
      headers: exchange.responseHeaders,
      cookieNames: [
        // A dropped line names its cookie as well.
        ...verdict.setCookies.map(({ cookie, line }) => cookie?.name ?? parseLine(line).name.text),
        ...verdict.cookies.map(({ cookie }) => cookie.name),
      ],
    })),
  )
}

export interface ChosenStack {
  readonly stack: Stack
  /** Why it was preselected; null where the reader chose it. */
  readonly why: string | null
}

/** The stack of one role that the words are for: the reader's, else the likely one; null for neither. */
export function chosenStack(
  book: StackBook,
  role: Stack['role'],
  choice: StackChoice,
  likely: readonly Likely[],
): ChosenStack | null {
  const wanted = choice[role]
  if (wanted === 'none') return null
  const of = (id: StackId) => book.stacks.find((stack) => stack.id === id && stack.role === role)
  if (wanted !== null) {
    const stack = of(wanted)
    return stack === undefined ? null : { stack, why: null }
  }
  for (const { stack: id, why } of likely) {
    const stack = of(id)
    if (stack !== undefined) return { stack, why }
  }
  return null
}

/** The chosen ones of both roles. */
export const chosenStacks = (book: StackBook, choice: StackChoice, likely: readonly Likely[]): Stack[] =>
  (['app', 'proxy'] as const).flatMap((role) => chosenStack(book, role, choice, likely)?.stack ?? [])

/** One thing to change, in the words for any stack and in those of the chosen ones. */
export interface Change {
  readonly note: string
  readonly answers: readonly { readonly stack: Stack; readonly answer: Exclude<Answer, { kind: 'generic' }> }[]
}

/**
 * What to change, the best first.
 * @param session name of the session cookie: that is meant where the finding does not say; null where none was seen
 * @param cookies those whose lines were seen
 */
export function changesOf(
  { actions, cookie: own }: Pick<Finding, 'actions' | 'cookie'>,
  session: string | null,
  stacks: readonly Stack[],
  cookies: readonly CookieAtHand[] = [],
): Change[] {
  const cookie = own ?? session
  const at = cookies.find(({ name }) => name === cookie)
  const shown = new Set<string>()
  const isNew = (answer: Answer) => answer.kind !== 'snippet' || shown.size < shown.add(answer.lines).size
  return changesIn(actions).map((change) => ({
    note: changeNote(change, own ?? null),
    answers: said(stacks, (stack) => {
      if ('action' in change) return answerOf(stack, change, at)
      return cookie === null ? generic : stack.answers.attributes(changeOf(cookie, change, at))
    }).filter(({ answer }) => isNew(answer)),
  }))
}

/**
 * What a stack has to say to a line that was corrected.
 * @param cookie its name as the panel has it
 */
export function attributeAnswers(cookie: string, line: string, fixed: string, stacks: readonly Stack[]) {
  const changes = attributeChanges(line, fixed)
  if (changes.length === 0) return []
  const change = changeOf(cookie, changes, { ...cookieAtHand(fixed), name: cookie })
  return said(stacks, (stack) => stack.answers.attributes(change))
}

/**
 * The roles for which a choice shows lines: a chooser that changes nothing is none.
 * @param answersOf what one stack has to say to all that is shown
 */
export const rolesWithLines = (
  { stacks }: Pick<StackBook, 'stacks'>,
  answersOf: (stack: Stack) => Change['answers'],
): ReadonlySet<Stack['role']> => {
  const roles = new Set<Stack['role']>()
  for (const stack of stacks) {
    if (!roles.has(stack.role) && answersOf(stack).some(({ answer }) => answer.kind === 'snippet'))
      roles.add(stack.role)
  }
  return roles
}

const changeOf = (cookie: string, changes: readonly AttributeAction[], at: CookieAtHand | undefined) =>
  at === undefined ? { cookie, changes } : { cookie, changes, at }

function said(stacks: readonly Stack[], ask: (stack: Stack) => Answer): Change['answers'] {
  return stacks.flatMap((stack) => {
    const answer = ask(stack)
    if (answer.kind === 'generic') return []
    const { instead } = answer.kind === 'snippet' ? answer : {}
    return [{ stack, answer }, ...(instead === undefined ? [] : [{ stack, answer: instead }])]
  })
}

type Other = Exclude<Action, AttributeAction>

const answerOf = (stack: Stack, action: Other, at: CookieAtHand | undefined): Answer =>
  (stack.answers[action.action] as (action: Other, at?: CookieAtHand) => Answer)(action, at)

/** The lines of a snippet, each one to be shown for itself. */
export const snippetLines = ({ lines }: Snippet): string[] => lines.replace(/\n+$/, '').split('\n')

/** `Express 5 (express-session 1)`: the version says what else the words are for. */
export const stackTitle = ({ name, version }: Stack): string => `${name.replace(/ \([^()]*\)$/, '')} ${version}`
