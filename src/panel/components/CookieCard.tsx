import { useState } from 'preact/hooks'
import type { CookieVerdict, Observed } from '../../contract.ts'
import { lineOf } from '../../cookie/line-of.ts'
import { sendWords } from '../view-verdict.ts'
import { ReasonView } from './ReasonView.tsx'
import { Secret } from './Secret.tsx'
import { StoredWords } from './StoredWords.tsx'
import { VerdictHeader } from './VerdictHeader.tsx'

/** A cookie of the store that this request should probably have carried, or of which rules and browser disagree. */
export function CookieCard({ verdict, seen, time }: { verdict: CookieVerdict; seen: Observed | null; time: number }) {
  const [valueShown, setValueShown] = useState(false)
  const { cookie, reasons } = verdict
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
        {words.dispute !== '' && <p class="dispute">{words.dispute}</p>}
        {decisive && (
          <ReasonView
            reason={decisive}
            tone={words.tone === 'warn' ? 'warn' : 'doubt'}
            line={lineOf(cookie, time)}
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
      </div>
    </section>
  )
}
