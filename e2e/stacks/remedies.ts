import { randomBytes } from 'node:crypto'
import type { Action, AttributeAction } from '../../src/remedies/action.ts'
import type { Answer, AttributeChange, Stack } from '../../src/remedies/stack.ts'

type StackAction = Exclude<Action, AttributeAction>

const pasted = (id: string, what: string, answer: Answer): string => {
  if (answer.kind !== 'snippet') throw new Error(`${id} has no lines for ${what}: ${JSON.stringify(answer)}`)
  return answer.lines
}

/**
 * The lines that the panel shows for an action, as they are pasted.
 * @throws {Error} where the stack has no lines for it
 */
export const linesOf = ({ id, answers }: Stack, action: StackAction): string =>
  pasted(id, action.action, (answers[action.action] as (action: StackAction) => Answer)(action))

/** The same for attributes of a cookie. */
export const attributeLinesOf = ({ id, answers }: Stack, change: AttributeChange): string =>
  pasted(id, 'attributes', answers.attributes(change))

/**
 * Keeps what is the project's own where the note beside some lines says so.
 * @throws {Error} where the lines have no such place
 */
export const withOwn = (lines: string, place: string, own: string): string => {
  if (!lines.includes(place)) throw new Error(`There is no ${place} in:\n${lines}`)
  return lines.replace(place, own)
}

/** Where a configuration wants a secret: made once. */
export const secret = randomBytes(32).toString('hex')

export const appHost = 'app.shop.test'
export const appOrigin = `https://${appHost}`
export const spaOrigin = 'https://web.shop.test'
export const providerOrigin = 'https://id.other.test'

/** The headers that the single-page app sends and that need a preflight's leave. */
export const spaHeaders = ['content-type', 'authorization']
