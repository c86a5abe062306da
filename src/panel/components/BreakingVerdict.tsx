import type { Told } from '../told.ts'
import { elsewhereOf, sendElsewhere, setElsewhere } from '../view-elsewhere.ts'
import { observationOf } from '../view-entry.ts'
import type { ExchangeRow } from '../view-rows.ts'
import { breakingProblem } from '../view-story.ts'
import { CookieCard } from './CookieCard.tsx'
import { ExchangeLink } from './ExchangeLink.tsx'
import { usePanel } from './panel-context.ts'
import { SetCookieCard } from './SetCookieCard.tsx'

/** A login that one cookie's verdict explains: that verdict with its fix, or the way to the request where no verdict does. */
export function BreakingVerdict({ told }: { told: Told }) {
  const { model, story, showExchange } = usePanel()
  const id = story.breaksAt.value
  // Rows are replaced when their exchange changes.
  model.list.value
  const row = id === null ? null : model.exchange(id)
  if (id === null || row === null) return null
  const problem = breakingProblem(told, row)
  return (
    <>
      <h2>{problem === null ? 'Where it breaks' : 'Why it breaks, and what to change'}</h2>
      <p>
        <ExchangeLink id={id} />{' '}
        <button type="button" class="button" onClick={() => showExchange(id, 'fix')}>
          {problem === null ? 'Show the request' : 'Show the fix'}
        </button>
      </p>
      {problem !== null && (
        <ProblemCard key={`${id} ${problem.operation} ${problem.index}`} row={row} problem={problem} />
      )}
    </>
  )
}

/** The verdict of one cookie, as the request's details have it. */
function ProblemCard({ row, problem }: { row: ExchangeRow; problem: ExchangeRow['problems'][number] }) {
  const { model } = usePanel()
  const { entry } = row
  const { operation, index, setBy } = problem
  const browser = model.status.value.browser.name
  const seen = observationOf(entry.observed, operation, index)
  const line = operation === 'set' ? entry.verdict.setCookies[index] : undefined
  const cookie = operation === 'send' ? entry.verdict.cookies[index] : undefined
  if (line !== undefined)
    return (
      <SetCookieCard
        entry={entry}
        verdict={line}
        seen={seen}
        elsewhere={() => setElsewhere(line, elsewhereOf(entry, browser).setCookies[index] ?? [], browser)}
        open
      />
    )
  if (cookie === undefined) return null
  return (
    <CookieCard
      verdict={cookie}
      seen={seen}
      time={entry.exchange.time}
      setBy={setBy}
      elsewhere={sendElsewhere(cookie, elsewhereOf(entry, browser).cookies[index] ?? [], browser)}
    />
  )
}
