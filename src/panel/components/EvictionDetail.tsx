import { evictionSite } from '../../report/write-groups.ts'
import type { WriteRow } from '../view-rows.ts'
import { count, plainText, preciseTime } from '../view-text.ts'
import { causeText } from '../view-write.ts'
import { Fact } from './Fact.tsx'
import { PageText } from './PageText.tsx'

/** The cookies of a site that a full store gave up at once. */
export function EvictionDetail({ row: { writes } }: { row: WriteRow }) {
  const [first] = writes
  if (first === undefined) return null
  return (
    <>
      <section class="facts" aria-label="Store write">
        <p class="url">
          <b>Evicted</b> {count(writes.length, 'cookie')} of <PageText text={evictionSite(first)} />
        </p>
        <dl>
          <Fact name="Time">{preciseTime(first.time)}</Fact>
        </dl>
      </section>
      <p>{causeText(first.cause, true, { cookies: writes.length })}</p>
      <h2>What the store lost</h2>
      <ul class="names">
        {writes.map(({ id, cookie }) => (
          <li key={id} title={plainText(`${cookie.name} ${cookie.domain}${cookie.path}`)}>
            {cookie.name === '' ? <span class="dim">(no name)</span> : <PageText text={cookie.name} />}{' '}
            <span class="dim">
              <PageText text={`${cookie.domain}${cookie.path}`} />
            </span>
          </li>
        ))}
      </ul>
    </>
  )
}
