import type { Story } from '../../contract.ts'
import { type CookieWords, type DiagramRow, diagramOf, type Lane } from '../view-diagram.ts'
import { count, plainText } from '../view-text.ts'
import { GoButton } from './GoButton.tsx'
import { Icon } from './Icon.tsx'
import { PageText } from './PageText.tsx'
import { Prose } from './Prose.tsx'

/**
 * Who asked whom, with the cookies on the arrows: a list to read, drawn as a sequence diagram. The lines are SVG in percent of the
 * width, so that it fits any panel without being measured; the words are text of the page.
 */
export function StoryDiagram({ story }: { story: Story }) {
  const { lanes, rows } = diagramOf(story)
  const leftOut = story.arrowsLeftOut ?? 0
  return (
    <div class="diagram">
      <div class="lanes" aria-hidden="true">
        {lanes.map((lane, i) => (
          <LaneHead lane={lane} place={i === 0 ? 'first' : i === lanes.length - 1 ? 'last' : ''} of={lanes.length} />
        ))}
      </div>
      <div class="lines">
        <svg class="life-lines" aria-hidden="true">
          {lanes.map(({ at }) => (
            <line x1={`${at}%`} x2={`${at}%`} y1="0" y2="100%" />
          ))}
        </svg>
        <ol class="arrows" aria-label="Requests and answers of the login">
          {rows.map((row) => (
            <Arrow row={row} lane={lanes[row.lane]} />
          ))}
        </ol>
      </div>
      {leftOut > 0 && <p class="dim left-out-arrows">{count(leftOut, 'more request')} of this login left out.</p>}
    </div>
  )
}

function LaneHead({ lane: { kind, host, at }, place, of }: { lane: Lane; place: string; of: number }) {
  return (
    <span class={`lane ${place}`} style={{ '--at': `${at}%`, '--of': of }} title={plainText(host)}>
      <b>{kind}</b>
      {host !== '' && (
        <span class="lane-host">
          {/* Broken at its dots, where that will do. */}
          {host.split(/(?<=\.)/).map((label, i) => (
            <>
              {i > 0 && <wbr />}
              <PageText text={label} />
            </>
          ))}
        </span>
      )}
    </span>
  )
}

function Arrow({ row, lane }: { row: DiagramRow; lane: Lane | undefined }) {
  const { arrow, answer, answerTone, sent, set, moreSent, moreSet } = row
  const at = lane?.at ?? 100
  const to = lane === undefined ? '' : ` to ${lane.kind} ${lane.host}`
  return (
    <li class={`arrow ${arrow.broken ? 'broken' : ''}`}>
      <div class="request">
        <p>
          <span class="label">
            <Prose text={arrow.label} />
          </span>
          <span class="unseen">{to}</span>
          <GoButton id={arrow.exchange} what={arrow.label} />
          <Cookies cookies={sent} more={moreSent} />
        </p>
        <Line from={0} to={at} />
      </div>
      <div class={`response ${arrow.status === 0 ? 'none' : ''}`}>
        <p>
          <span class="unseen">answer </span>
          <span class={`answer ${answerTone}`}>{answer}</span>
          <Cookies cookies={set} more={moreSet} />
          {arrow.broken && <span class="badge bad">the login breaks here</span>}
        </p>
        {arrow.status > 0 && <Line from={at} to={0} dashed />}
      </div>
    </li>
  )
}

function Cookies({ cookies, more }: { cookies: readonly CookieWords[]; more: number }) {
  return (
    <>
      {cookies.map(({ name, icon, tone, fate }) => (
        <span class={`cookie-pill ${tone}`} title={`${plainText(name)}: ${fate}`}>
          <Icon name={icon} />
          <span class="pill-name">{name === '' ? '(no name)' : <PageText text={name} />}</span>
          <span class={tone === 'ok' ? 'unseen' : ''}> {fate}</span>
        </span>
      ))}
      {more > 0 && <span class="more dim">and {more} more</span>}
    </>
  )
}

/** From one lane to another, in percent of the width; its head is drawn in the units of the page. */
function Line({ from, to, dashed }: { from: number; to: number; dashed?: boolean }) {
  const back = to < from ? 1 : -1
  return (
    <svg class={`arrow-line ${dashed ? 'dashed' : ''}`} aria-hidden="true">
      <line x1={`${from}%`} x2={`${to}%`} y1="4" y2="4" />
      <svg x={`${to}%`} y="4" overflow="visible" aria-hidden="true">
        <path class="head" d={`M0 0 L${7 * back} -3.5 L${7 * back} 3.5 Z`} />
      </svg>
    </svg>
  )
}
