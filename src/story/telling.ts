import type { StoryStep, StoryStepId } from '../contract.ts'
import { code, list } from '../remedies/words.ts'
import { readingOf, shownPath } from './reading.ts'
import type { Seen } from './seen.ts'

/** A page's text among plain words: hidden characters shown, nothing that ends a quotation. */
export const plain = (text: string): string => code(text).slice(1, -1)

/** `POST /login`, without what may be secret. */
export const callOf = (seen: Seen): string => plain(`${seen.exchange.method} ${shownPath(readingOf(seen).url)}`)

/** The same, quoted. */
export const quotedCall = (seen: Seen): string => `\`${callOf(seen)}\``

/** `POST /login 303`. */
export const callAndStatus = (seen: Seen): string =>
  seen.exchange.status === 0 ? callOf(seen) : `${callOf(seen)} ${seen.exchange.status}`

/** "`sid` and `rt`", three at most. */
export const namesText = (names: readonly string[]): string => {
  const once = [...new Set(names)]
  const shown = once.slice(0, 3).map((name) => (name === '' ? 'a cookie without a name' : code(name)))
  return list(once.length > 3 ? [...shown, `${once.length - 3} more`] : shown)
}

/** A step with what the sentence says of it where it breaks. */
export interface ToldStep extends StoryStep {
  /** Completes "Your login broke at step 4: …"; only where `mark` is broken. */
  readonly because?: string
  /** What is not certain of it, as a sentence of its own: the login is neither whole nor broken then. */
  readonly doubt?: string
  /** It comes of what breaks at the same request, and is told after it. */
  readonly follows?: true
}

export const step = (
  id: StoryStepId,
  mark: StoryStep['mark'],
  title: string,
  detail: string,
  exchanges: readonly (Seen | null | undefined)[] = [],
): ToldStep => ({ id, mark, title, detail, exchanges: idsOf(exchanges) })

export const brokenStep = (
  id: StoryStepId,
  title: string,
  detail: string,
  because: string,
  exchanges: readonly (Seen | null | undefined)[],
): ToldStep => ({ ...step(id, 'broken', title, detail, exchanges), because })

export const skipped = (id: StoryStepId): ToldStep => step(id, 'skipped', '', '')

const idsOf = (seen: readonly (Seen | null | undefined)[]): string[] =>
  [...new Set(seen.flatMap((one) => (one === null || one === undefined ? [] : [one.id])))].slice(0, 20)
