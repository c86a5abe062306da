import type { Problem } from '../report/problems.ts'
import type { LogEntry } from './session.ts'

/** Of requests without an end, the capture follows the latest so many: an older one never ends, for all that is heard. */
const MOST_OPEN = 2_000

/**
 * Entries in the order in which to give them up: the oldest without a problem first, then those with one and the ones
 * that a problem points to, as its cookie's setter. None whose request is under way, or whose verdict is.
 */
export function* inOrderOfSurplus(
  entries: readonly LogEntry[],
  problems: (id: string) => readonly Problem[],
): Generator<LogEntry> {
  const open = new Set(entries.filter(({ state }) => state === 'pending').slice(-MOST_OPEN))
  const isOver = (entry: LogEntry) => !open.has(entry) && !entry.observed.some(({ pending }) => pending)
  const needed = new Set<string>()
  for (const { id } of entries) {
    const own = problems(id)
    if (own.length > 0) needed.add(id)
    for (const { setBy } of own) if (setBy !== undefined) needed.add(setBy.id)
  }
  for (const entry of entries) if (!needed.has(entry.id) && isOver(entry)) yield entry
  for (const entry of entries) if (needed.has(entry.id) && isOver(entry)) yield entry
}
