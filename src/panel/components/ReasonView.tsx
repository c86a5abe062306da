import type { Reason } from '../../contract.ts'
import type { LogEntry } from '../session.ts'
import { standardText, type Tone } from '../view-verdict.ts'
import { FixView } from './FixView.tsx'
import { Prose } from './Prose.tsx'

interface Props {
  reason: Reason
  tone: Tone
  /** The line that the fix corrects; without it only the notes are shown. */
  line?: string
  cookieName: string
  valueShown: boolean
  /** The exchange that sent the line, where the reader may want to know how its stack writes it. */
  from?: LogEntry | undefined
}

/** Why, in a title and a paragraph; the corrected line; what else to change; where the standard says so. */
export function ReasonView({ reason, tone, line, cookieName, valueShown, from }: Props) {
  const { title, explanation, fix, spec, id } = reason
  const corrected = line !== undefined && fix?.setCookie !== line ? fix?.setCookie : undefined
  return (
    <div class={`reason ${tone}`} data-reason={id}>
      <p class="why">
        <b>
          <Prose text={/[.!?…]$/.test(title) ? title : `${title}.`} />
        </b>{' '}
        <Prose text={explanation} />
      </p>
      {line !== undefined && corrected !== undefined && (
        <FixView line={line} fixed={corrected} cookieName={cookieName} valueShown={valueShown} from={from} />
      )}
      {fix && fix.notes.length > 0 && (
        <ul class="notes">
          {fix.notes.map((note) => (
            <li>
              <Prose text={note} />
            </li>
          ))}
        </ul>
      )}
      <p class="standard">
        Standard <span class="standard-name">{standardText(spec)}</span>
        <span class="reason-id">{id}</span>
      </p>
    </div>
  )
}
