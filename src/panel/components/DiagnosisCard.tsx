import type { FoundDiagnosis } from '../../diagnoses/diagnosis.ts'
import type { CookieAtHand, Stack } from '../../remedies/stack.ts'
import { changesOf } from '../view-stacks.ts'
import { CONFIDENCE_WORDS, cardId, RANK_WORDS } from '../view-story.ts'
import { ExchangeLink } from './ExchangeLink.tsx'
import { Prose } from './Prose.tsx'
import { StackAnswers } from './StackAnswers.tsx'

interface Props {
  /** Among the findings. */
  place: number
  diagnosis: FoundDiagnosis
  /** Name of the session cookie; null where none was seen. */
  cookie: string | null
  /** Those whose lines were seen. */
  cookies: readonly CookieAtHand[] | undefined
  /** Those that the reader's words are wanted of. */
  stacks: readonly Stack[]
}

/** Exchanges that are linked; more would say no more. */
const MOST_LINKS = 5

/** What was found: what is wrong, what shows it, why it matters, what to change, how to see that it worked. */
export function DiagnosisCard({ place, diagnosis, cookie, cookies, stacks }: Props) {
  const { id, rank, title, seen, matters, check, confidence, exchanges } = diagnosis
  const { words, tone } = RANK_WORDS[rank]
  const changes = changesOf(diagnosis, cookie, stacks, cookies)
  const card = cardId(place)
  return (
    <article class="card diagnosis" id={card} tabIndex={-1} aria-labelledby={`${card}-title`}>
      <header class="card-head">
        <h3 id={`${card}-title`}>
          <Prose text={title} />
        </h3>
        <span class={`badge ${tone}`}>{words}</span>
        <span class="agreement">{CONFIDENCE_WORDS[confidence]}</span>
      </header>
      <div class="body">
        <p>
          <Prose text={seen} />
        </p>
        {exchanges.length > 0 && (
          <ul class="shown-by" aria-label="Shown by">
            {exchanges.slice(0, MOST_LINKS).map((exchange) => (
              <li>
                <ExchangeLink id={exchange} />
              </li>
            ))}
          </ul>
        )}
        <p>
          <b>Why it matters.</b> <Prose text={matters} />
        </p>
        {changes.length > 0 && (
          <>
            <h4>What to change</h4>
            <ul class="changes">
              {changes.map(({ note, answers }) => (
                <li>
                  <p>
                    <Prose text={note} />
                  </p>
                  <StackAnswers answers={answers} />
                </li>
              ))}
            </ul>
          </>
        )}
        <p>
          <b>How to check.</b> <Prose text={check} />
        </p>
        <p class="standard">
          <span class="reason-id">{id}</span>
        </p>
      </div>
    </article>
  )
}
