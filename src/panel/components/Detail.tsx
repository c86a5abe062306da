import { elsewhereOf, setElsewhere } from '../view-elsewhere.ts'
import { observationOf } from '../view-entry.ts'
import type { ExchangeRow } from '../view-rows.ts'
import { count } from '../view-text.ts'
import { tokenViews } from '../view-token.ts'
import { usePanel } from './panel-context.ts'
import { RequestFacts } from './RequestFacts.tsx'
import { SentCookies } from './SentCookies.tsx'
import { SetCookieCard } from './SetCookieCard.tsx'
import { TokenList } from './TokenList.tsx'

/** From this many lines on those that are fine start folded, as they do beside one that is not. */
const MANY_LINES = 5

/** Everything about one request, what is to be looked at first. Keyed by its id, so that values shown are masked again at the next. */
export function Detail({ row }: { row: ExchangeRow }) {
  const { entry, problems } = row
  const isOnRequest = problems.length > 0 && problems.every(({ operation }) => operation === 'send')
  const parts = [<SetCookies key="set" row={row} />, <SentCookies key="send" row={row} />]
  return (
    <>
      <RequestFacts entry={entry} />
      {isOnRequest ? parts.reverse() : parts}
      <TokenList tokens={tokenViews([entry])} />
    </>
  )
}

function SetCookies({ row }: { row: ExchangeRow }) {
  const { model } = usePanel()
  const { entry, problems } = row
  const { setCookies } = entry.verdict
  const told = new Set(problems.filter(({ operation }) => operation === 'set').map(({ index }) => index))
  // The lines to look at first, else as received.
  const order = setCookies.map((_, index) => index).sort((a, b) => Number(told.has(b)) - Number(told.has(a)))
  const unfoldAll = told.size === 0 && setCookies.length < MANY_LINES
  return (
    <section aria-labelledby="set-cookie">
      <h2 id="set-cookie">
        Set-Cookie
        <span class="of">
          {setCookies.length > 0 && ` · ${count(setCookies.length, 'line')} in the response`}
          {told.size > 0 && told.size < setCookies.length && `, ${told.size} to look at`}
        </span>
      </h2>
      {order.map((index) => {
        const verdict = setCookies[index]
        return (
          verdict && (
            <SetCookieCard
              key={index}
              entry={entry}
              verdict={verdict}
              seen={observationOf(entry.observed, 'set', index)}
              elsewhere={() => {
                const browser = model.status.value.browser.name
                return setElsewhere(verdict, elsewhereOf(entry, browser).setCookies[index] ?? [], browser)
              }}
              open={unfoldAll || told.has(index) || verdict.warnings.length > 0}
            />
          )
        )
      })}
      {setCookies.length === 0 && <p class="dim">{noLines(row)}</p>}
    </section>
  )
}

function noLines({ entry: { state, exchange } }: ExchangeRow): string {
  if (state === 'pending') return 'No response yet.'
  if (state === 'unfinished') return 'Recording ended before a response was seen.'
  if (exchange.status === 0) return 'No response, so no cookie could be set.'
  return 'The response sets no cookie.'
}
