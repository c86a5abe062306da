import { UNFINISHED } from '../../report/event-words.ts'
import type { LogEntry } from '../session.ts'
import { count, errorText, preciseTime, typeText } from '../view-text.ts'
import { Fact } from './Fact.tsx'
import { LoginMark } from './LoginMark.tsx'
import { UrlView } from './UrlView.tsx'

/** What the request was, compact. */
export function RequestFacts({ entry }: { entry: LogEntry }) {
  const { exchange, state, error, fromCache } = entry
  const hops = exchange.redirectChain?.length ?? 0
  const page = originOf(exchange.frames.at(-1))
  return (
    <section class="facts" aria-label="Request">
      <p class="url">
        <b>{exchange.method}</b> <UrlView url={exchange.url} />
      </p>
      <dl>
        <Fact name="Status" bad={state === 'failed' || exchange.status >= 400}>
          {statusText(entry)}
        </Fact>
        {error && exchange.status > 0 && (
          <Fact name="Then" bad>
            {errorText(error)}
          </Fact>
        )}
        <Fact name="Type" plain>
          {typeText(exchange.resourceType)}
        </Fact>
        <Fact name="Started by">
          {exchange.initiator === null ? (
            'you, or the browser'
          ) : exchange.initiator === 'null' ? (
            'an opaque origin'
          ) : (
            <UrlView url={exchange.initiator} />
          )}
        </Fact>
        {page !== null && page !== exchange.initiator && (
          <Fact name="In page">
            <UrlView url={page} />
          </Fact>
        )}
        {hops > 0 && <Fact name="After">{count(hops, 'redirect')}</Fact>}
        {exchange.time > 0 && (
          <Fact name="Time" plain>
            {preciseTime(exchange.time)}
          </Fact>
        )}
        {fromCache && <Fact name="From">the cache</Fact>}
      </dl>
      <LoginMark entry={entry} />
    </section>
  )
}

function statusText({ state, error, exchange }: LogEntry): string {
  if (exchange.status > 0) return String(exchange.status)
  if (state === 'failed') return errorText(error)
  if (state === 'unfinished') return UNFINISHED
  return state === 'pending' ? 'waiting' : 'none'
}

function originOf(url: string | undefined): string | null {
  if (url === undefined || !URL.canParse(url)) return url ?? null
  const { origin } = new URL(url)
  return origin === 'null' ? url : origin
}
