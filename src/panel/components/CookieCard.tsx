import { useState } from 'preact/hooks'
import type { CookieVerdict, Observed, Reason } from '../../contract.ts'
import { lineOf } from '../../cookie/line-of.ts'
import { carryOver } from '../../remedies/carry-over.ts'
import type { Problem } from '../../report/problems.ts'
import type { ElsewhereWords } from '../view-elsewhere.ts'
import { maskedUrl } from '../view-url.ts'
import { sendWords } from '../view-verdict.ts'
import { ElsewhereRow } from './ElsewhereRow.tsx'
import { PageText } from './PageText.tsx'
import { usePanel } from './panel-context.ts'
import { ReasonView } from './ReasonView.tsx'
import { Secret } from './Secret.tsx'
import { StoredWords } from './StoredWords.tsx'
import { VerdictHeader } from './VerdictHeader.tsx'

interface Props {
  verdict: CookieVerdict
  seen: Observed | null
  /** Epoch ms of the request. */
  time: number
  /** The line of the log that set it. */
  setBy: Problem['setBy'] | undefined
  elsewhere: readonly ElsewhereWords[]
}

/** A cookie of the store that this request should probably have carried, or of which rules and browser disagree. */
export function CookieCard({ verdict, seen, time, setBy, elsewhere }: Props) {
  const { model, showExchange } = usePanel()
  const [valueShown, setValueShown] = useState(false)
  const { cookie, reasons } = verdict
  const setter = setBy === undefined ? null : model.exchange(setBy.id)
  const line = setter?.entry.verdict.setCookies[setBy?.index ?? -1]?.line
  const stored = lineOf(cookie, time)
  /** The fix in terms of the line that the server really sent. */
  const onLine = (reason: Reason): Reason =>
    line === undefined || reason.fix?.setCookie === undefined
      ? reason
      : { ...reason, fix: { ...reason.fix, setCookie: carryOver(stored, reason.fix.setCookie, line) } }
  const words = sendWords(verdict, seen)
  const [decisive, ...others] = reasons
  return (
    <section class="card" aria-label={`${words.badges[0]?.text ?? ''}: ${cookie.name}`}>
      <header class="card-head">
        <VerdictHeader name={cookie.name} words={words} />
      </header>
      <div class="body">
        <p class="kept">
          <Secret
            of={cookie.name}
            value={cookie.value}
            shown={valueShown}
            onToggle={() => setValueShown(!valueShown)}
          />
          {' · '}
          <StoredWords cookie={cookie} />
        </p>
        {setter !== null && (
          <p class="set-by">
            The line to change was sent by{' '}
            <button type="button" class="link inline" onClick={() => showExchange(setter.entry.id)}>
              {setter.entry.exchange.method} <PageText text={maskedUrl(setter.summary.path)} />{' '}
              <PageText text={setter.summary.host} />
            </button>
          </p>
        )}
        {words.dispute !== '' && <p class="dispute">{words.dispute}</p>}
        {decisive && (
          <ReasonView
            reason={onLine(decisive)}
            tone={words.tone === 'warn' ? 'warn' : 'doubt'}
            line={line ?? stored}
            from={setter?.entry}
            cookieName={cookie.name}
            valueShown={valueShown}
          />
        )}
        {others.length > 0 && (
          <>
            <h3>Would also be held back by</h3>
            {others.map((reason) => (
              <ReasonView reason={reason} tone="quiet" cookieName={cookie.name} valueShown={valueShown} />
            ))}
          </>
        )}
        <ElsewhereRow browsers={elsewhere} />
      </div>
    </section>
  )
}
