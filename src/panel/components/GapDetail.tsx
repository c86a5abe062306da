import { gapText } from '../../report/event-words.ts'
import { GAP_WORDS, unseenHostsWords } from '../view-gap.ts'
import type { GapRow } from '../view-rows.ts'
import { clockTime, dateText } from '../view-text.ts'
import { Fact } from './Fact.tsx'
import { PageText } from './PageText.tsx'
import { usePanel } from './panel-context.ts'
import { useRequestAccess } from './use-request-access.ts'

/** What is missing, why, and what to do about it. */
export function GapDetail({ row: { gap } }: { row: GapRow }) {
  const { browser } = usePanel().model.status.value
  const { meaning, remedy } = gap.hosts === undefined ? GAP_WORDS[gap.kind] : unseenHostsWords(browser.name)
  const requestAccess = useRequestAccess(gap.hosts)
  return (
    <>
      <section class="facts" aria-label="Gap">
        <h2>{gapText(gap, clockTime)}</h2>
        <dl>
          <Fact name="From">{dateText(gap.from, 'medium')}</Fact>
          <Fact name="To">{gap.to === null ? 'now' : dateText(gap.to, 'medium')}</Fact>
        </dl>
      </section>
      <p>{meaning}</p>
      <p>{remedy}</p>
      {gap.hosts !== undefined && (
        <>
          <ul>
            {gap.hosts.map((host) => (
              <li key={host}>
                <PageText text={host} />
              </li>
            ))}
          </ul>
          <button type="button" class="button" onClick={requestAccess}>
            Allow access
          </button>
        </>
      )}
    </>
  )
}
