import { useState } from 'preact/hooks'
import { writesText } from '../../report/event-words.ts'
import { areEvictions } from '../../report/write-groups.ts'
import type { ExchangeRow, WriteRow } from '../view-rows.ts'
import { clockTime, count, plainText, preciseTime } from '../view-text.ts'
import { maskedUrl } from '../view-url.ts'
import { causeText, concernText } from '../view-write.ts'
import { EvictionDetail } from './EvictionDetail.tsx'
import { Fact } from './Fact.tsx'
import { Icon } from './Icon.tsx'
import { PageText } from './PageText.tsx'
import { usePanel } from './panel-context.ts'
import { Secret } from './Secret.tsx'
import { StoredWords } from './StoredWords.tsx'

/** A cookie that the store got or lost with no response behind it. */
export function WriteDetail({ row }: { row: WriteRow }) {
  return areEvictions(row.writes) ? <EvictionDetail row={row} /> : <CookieWriteDetail row={row} />
}

function CookieWriteDetail({ row }: { row: WriteRow }) {
  const { model } = usePanel()
  const [valueShown, setValueShown] = useState(false)
  const { writes } = row
  const [first] = writes
  const last = writes.at(-1)
  if (first === undefined || last === undefined) return null
  const { cookie, removed, cause } = last
  // What comes after it may come later.
  model.list.value
  const { before, after } = model.nearest(row, (other) => concernText(other, cookie) !== null)
  return (
    <>
      <section class="facts" aria-label="Store write">
        <p class="url">
          <b>Not from a response</b> {writesText(writes)}
        </p>
        <dl>
          {writes.length > 1 && <Fact name="Writes">{count(writes.length, 'change')}</Fact>}
          <Fact name={writes.length > 1 ? 'From' : 'Time'}>{preciseTime(first.time)}</Fact>
          {writes.length > 1 && <Fact name="To">{preciseTime(last.time)}</Fact>}
        </dl>
      </section>
      <h2>{removed ? 'What the store lost' : 'What the store got'}</h2>
      <section class="card" aria-label={`Cookie ${plainText(cookie.name)}`}>
        <header class="card-head">
          <span class="glyph quiet">
            <Icon name="write" />
          </span>
          <span class="cookie-name" title={plainText(cookie.name)}>
            {cookie.name === '' ? <span class="dim">(no name)</span> : <PageText text={cookie.name} />}
          </span>
          <span class="agreement">
            {removed ? 'removed' : 'written'} at {clockTime(last.time)}
          </span>
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
          <p>{causeText(cause, removed, cookie)}</p>
        </div>
      </section>
      {(before !== null || after !== null) && (
        <>
          <h2>The same cookie on a request</h2>
          {before !== null && <Neighbour row={before} when="Before" deed={concernText(before, cookie) ?? ''} />}
          {after !== null && <Neighbour row={after} when="After" deed={concernText(after, cookie) ?? ''} />}
        </>
      )}
    </>
  )
}

function Neighbour({ row, when, deed }: { row: ExchangeRow; when: string; deed: string }) {
  const { showExchange } = usePanel()
  return (
    <p class="set-by">
      {when}:{' '}
      <button type="button" class="link inline" onClick={() => showExchange(row.entry.id)}>
        {row.entry.exchange.method} <PageText text={maskedUrl(row.summary.path)} /> <PageText text={row.summary.host} />
      </button>{' '}
      {deed}
    </p>
  )
}
