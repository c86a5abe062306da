import { BLAME_WORDS, type Blame } from '../../report/culprits.ts'
import { UNFINISHED } from '../../report/event-words.ts'
import type { LogEntry } from '../session.ts'
import { countWords, MARK_WORDS } from '../view-entry.ts'
import type { ExchangeRow } from '../view-rows.ts'
import { errorText, plainText } from '../view-text.ts'
import { lastSegment, maskedUrl } from '../view-url.ts'
import type { Tone } from '../view-verdict.ts'
import { BadgeView } from './BadgeView.tsx'
import { Icon, type IconName } from './Icon.tsx'
import { PageText } from './PageText.tsx'

const MARK_TONES = {
  blocked: 'bad',
  notSent: 'warn',
  doubt: 'doubt',
  ok: 'ok',
  none: 'quiet',
  redirect: 'quiet',
  pending: 'quiet',
} as const satisfies Record<ExchangeRow['mark'], Tone>

const COUNT_TONES = {
  blocked: 'bad',
  notStored: 'bad',
  notSent: 'warn',
  unknown: 'doubt',
  contradicted: 'doubt',
  stored: 'ok',
  removed: 'quiet',
  idle: 'quiet',
} as const satisfies Record<keyof ExchangeRow['counts'], Tone>

/** A tick is for the cookies: before an answer that failed it would look like one for that. */
const signOfMark = (mark: ExchangeRow['mark'], { exchange }: LogEntry): { icon: IconName; tone: Tone } =>
  mark === 'ok' && exchange.status >= 400
    ? { icon: 'none', tone: MARK_TONES.none }
    : { icon: mark, tone: MARK_TONES[mark] }

/** What stands in front: a cookie's trouble is told first, for it may be why the login breaks; where it breaks looks worse than that. */
export function signOf(
  { mark, entry }: Pick<ExchangeRow, 'mark' | 'entry'>,
  blame: Blame,
): { icon: IconName; tone: Tone; words: string } {
  const isCalm = mark !== 'blocked' && mark !== 'notSent' && mark !== 'doubt'
  if (blame === 'breaks' && !isCalm)
    return { icon: 'blocked', tone: 'bad', words: `${MARK_WORDS[mark]}, and the login breaks here` }
  return blame !== 'none' && isCalm
    ? { icon: 'blocked', tone: 'bad', words: BLAME_WORDS[blame] }
    : { ...signOfMark(mark, entry), words: MARK_WORDS[mark] }
}

export function requestRowName(row: ExchangeRow, blame: Blame): string {
  const { entry, summary, counts } = row
  const { exchange, state, error } = entry
  const name = [
    `${signOf(row, blame).words}: ${exchange.method} ${maskedUrl(summary.path)} ${summary.host}`,
    statusOf(entry) || (state === 'pending' ? 'no response yet' : ''),
    state === 'failed' ? errorText(error) : state === 'unfinished' ? UNFINISHED : '',
    ...countWords(counts).map(({ text }) => text),
  ]
  return name.filter(Boolean).join(', ')
}

const STATE_WORDS: Readonly<Record<LogEntry['state'], string>> = {
  pending: '',
  complete: '',
  failed: 'failed',
  unfinished: '',
}

const statusOf = ({ exchange, state }: LogEntry): string =>
  exchange.status > 0 ? String(exchange.status) : STATE_WORDS[state]

export function RequestRowCells({ row, blame }: { row: ExchangeRow; blame: Blame }) {
  const { entry, summary, counts } = row
  const { exchange, state, error } = entry
  const words = countWords(counts)
  const sign = signOf(row, blame)
  const failed = state === 'failed'
  const [before, last] = lastSegment(maskedUrl(summary.path))
  return (
    <>
      <span class={`glyph ${sign.tone}`} title={sign.words}>
        <Icon name={sign.icon} />
      </span>
      <span class="method">{exchange.method}</span>
      <span class="target" title={plainText(maskedUrl(exchange.url))}>
        <span class="path">
          {before !== '' && (
            <span class="directory">
              <PageText text={before} />
            </span>
          )}
          <span class="last-segment">
            <PageText text={last} />
          </span>
        </span>
        <span class="host">
          <PageText text={summary.host} />
        </span>
      </span>
      <span class={`status ${failed || exchange.status >= 400 ? 'bad' : ''}`}>{statusOf(entry)}</span>
      <span class="badges" title={words.map(({ text }) => text).join(', ')}>
        {words.map(({ kind, text }) => (
          <BadgeView badge={{ text, tone: COUNT_TONES[kind] }} />
        ))}
        {state === 'unfinished' && <span class="dim">{UNFINISHED}</span>}
        {failed && (
          <span class="error" title={error}>
            {errorText(error)}
          </span>
        )}
      </span>
    </>
  )
}
