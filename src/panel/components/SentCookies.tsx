import { useState } from 'preact/hooks'
import type { CookieVerdict, StoredCookie } from '../../contract.ts'
import { siteOf } from '../../cookie/site.ts'
import { type ElsewhereWords, elsewhereOf, sendElsewhere } from '../view-elsewhere.ts'
import { observationOf } from '../view-entry.ts'
import type { ExchangeRow } from '../view-rows.ts'
import { count } from '../view-text.ts'
import { apartWords } from '../view-verdict.ts'
import { CookieCard } from './CookieCard.tsx'
import { CookieLine } from './CookieLine.tsx'
import { usePanel } from './panel-context.ts'

/** What each browser does with a cookie of this request. */
type Elsewhere = (verdict: CookieVerdict) => readonly ElsewhereWords[]

/** Cookies that were sent need no explaining: more than these are folded away. */
const MANY_SENT = 10

/** The cookies of the store on this request: those that are missed, those that went, and the rest folded away. */
export function SentCookies({ row }: { row: ExchangeRow }) {
  const { entry, problems } = row
  const { model } = usePanel()
  const { cookies } = entry.verdict
  const all = cookies.map(({ cookie }) => cookie)
  const browser = model.status.value.browser.name
  const there = elsewhereOf(entry, browser).cookies
  const elsewhere: Elsewhere = (verdict) => sendElsewhere(verdict, there[cookies.indexOf(verdict)] ?? [], browser)
  const missed = problems.filter(({ operation }) => operation === 'send')
  const told = new Set(missed.map(({ index }) => index))
  const rest = cookies.filter((_, index) => !told.has(index))
  const sent = rest.filter(({ outcome }) => outcome === 'sent')
  const unknown = rest.filter(({ outcome }) => outcome === 'unknown')
  const withheld = rest.filter(({ outcome }) => outcome === 'blocked')
  const site = siteOf(entry.exchange.url)?.domain ?? 'this site'
  const others = told.size + sent.length > 0 ? 'other cookie' : 'cookie'
  return (
    <section aria-labelledby="sent-cookies">
      <h2 id="sent-cookies">
        Cookies on the request
        <span class="of">{headline(row)}</span>
      </h2>
      {missed.map(({ index, setBy }) => {
        const verdict = cookies[index]
        return (
          verdict && (
            <CookieCard
              verdict={verdict}
              seen={observationOf(entry.observed, 'send', index)}
              time={entry.exchange.time}
              setBy={setBy}
              elsewhere={elsewhere(verdict)}
            />
          )
        )
      })}
      {sent.length > MANY_SENT ? (
        <Folded title={`${count(sent.length, 'cookie')} sent`} cookies={sent} all={all} elsewhere={elsewhere} />
      ) : (
        sent.length > 0 && <CookieList cookies={sent} all={all} elsewhere={elsewhere} />
      )}
      {unknown.length > 0 && (
        <Folded
          title={`${count(unknown.length, 'cookie')}: not known whether sent`}
          cookies={unknown}
          all={all}
          elsewhere={elsewhere}
        />
      )}
      {withheld.length > 0 && (
        <Folded
          title={`${count(withheld.length, others)} of ${site} not sent here`}
          cookies={withheld}
          all={all}
          elsewhere={elsewhere}
        />
      )}
      {cookies.length === 0 && <p class="dim">The store held no cookie of {site}.</p>}
    </section>
  )
}

function headline({ entry, summary, counts }: ExchangeRow): string {
  if (entry.verdict.cookies.length === 0) return ''
  const missed = counts.notSent > 0 ? ` · ${counts.notSent} not sent` : ''
  return ` · ${summary.sent === 0 ? 'none' : summary.sent} sent${missed}`
}

interface ListProps {
  cookies: readonly CookieVerdict[]
  /** Of the whole request: namesakes may stand in another list. */
  all: readonly StoredCookie[]
  elsewhere: Elsewhere
}

function CookieList({ cookies, all, elsewhere }: ListProps) {
  return (
    <ul class="cookie-list">
      {cookies.map((verdict) => (
        <CookieLine verdict={verdict} elsewhere={elsewhere(verdict)} apart={apartWords(verdict.cookie, all)} />
      ))}
    </ul>
  )
}

function Folded({ title, cookies, all, elsewhere }: ListProps & { title: string }) {
  const [open, setOpen] = useState(false)
  return (
    <details class="folded" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary class="folded-head">{title}</summary>
      {open && <CookieList cookies={cookies} all={all} elsewhere={elsewhere} />}
    </details>
  )
}
