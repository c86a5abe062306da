import { useEffect, useState } from 'preact/hooks'
import type { Observed, Reason, SetCookieVerdict } from '../../contract.ts'
import { parseLine } from '../../cookie/parse.ts'
import type { LogEntry } from '../session.ts'
import type { ElsewhereWords } from '../view-elsewhere.ts'
import { lineParts } from '../view-line.ts'
import { setWords, withEachFixOnce } from '../view-verdict.ts'
import { ElsewhereRow } from './ElsewhereRow.tsx'
import { Icon } from './Icon.tsx'
import { LineView } from './LineView.tsx'
import { ReasonView } from './ReasonView.tsx'
import { StoredWords } from './StoredWords.tsx'
import { VerdictHeader } from './VerdictHeader.tsx'

interface Props {
  entry: LogEntry
  verdict: SetCookieVerdict
  seen: Observed | null
  /** What each browser does with the line: asked for where it is shown. */
  elsewhere(): readonly ElsewhereWords[]
  /** Unfolds the card; what the reader folds stays folded. */
  open: boolean
}

/** One Set-Cookie line: as received, what became of it, why, and how to write it instead. */
export function SetCookieCard({ entry, verdict, seen, elsewhere, open: wanted }: Props) {
  const [open, setOpen] = useState(wanted)
  useEffect(() => {
    if (wanted) setOpen(true)
  }, [wanted])
  const name = verdict.cookie?.name ?? parseLine(verdict.line).name.text
  return (
    <details class="card" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary class="card-head foldable">
        <VerdictHeader name={name} words={setWords(verdict, seen)}>
          <span class="fold">
            <Icon name="down" />
          </span>
        </VerdictHeader>
      </summary>
      {open && <Body entry={entry} verdict={verdict} seen={seen} elsewhere={elsewhere} name={name} />}
    </details>
  )
}

function Body({ entry, verdict, seen, elsewhere, name }: Omit<Props, 'open'> & { name: string }) {
  const [valueShown, setValueShown] = useState(false)
  const { line, outcome } = verdict
  const all = withEachFixOnce([...verdict.reasons, ...verdict.warnings])
  const reasons = all.slice(0, verdict.reasons.length)
  const warnings = all.slice(verdict.reasons.length)
  const words = setWords(verdict, seen)
  const spans = all.flatMap(({ part }) => (part ? [part] : []))
  const [decisive, ...others] = reasons
  const view = (reason: Reason, tone: 'bad' | 'doubt' | 'quiet', from?: LogEntry) => (
    <ReasonView reason={reason} tone={tone} line={line} cookieName={name} valueShown={valueShown} from={from} />
  )
  const kept = outcome === 'stored' ? (seen?.cookie ?? verdict.cookie) : null
  return (
    <div class="body">
      <div class="raw">
        <span class={`raw-text ${reasons.length === 0 ? 'calm' : ''}`}>
          <LineView
            parts={lineParts(line, spans)}
            marks="mark"
            cookieName={name}
            shown={valueShown}
            onToggle={() => setValueShown(!valueShown)}
          />
        </span>
      </div>
      {kept && words.dispute === '' && (
        <p class="kept">
          Kept: <StoredWords cookie={kept} />
        </p>
      )}
      {words.dispute !== '' && <p class="dispute">{words.dispute}</p>}
      {decisive && view(decisive, words.tone === 'bad' ? 'bad' : 'doubt', entry)}
      {others.length > 0 && (
        <>
          <h3>{outcome === 'blocked' ? 'Would also be blocked by' : 'Or'}</h3>
          {others.map((reason) => view(reason, 'quiet'))}
        </>
      )}
      {warnings.length > 0 && (
        <>
          <h3>{outcome === 'blocked' ? 'Also worth knowing' : 'Accepted, but not as written'}</h3>
          {warnings.map((reason) => view(reason, 'quiet'))}
        </>
      )}
      <ElsewhereRow browsers={elsewhere()} />
    </div>
  )
}
