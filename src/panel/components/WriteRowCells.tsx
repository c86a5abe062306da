import { writesText } from '../../report/event-words.ts'
import { areEvictions, evictionSite } from '../../report/write-groups.ts'
import type { WriteRow } from '../view-rows.ts'
import { clockTime, count, plainText } from '../view-text.ts'
import { Icon } from './Icon.tsx'
import { PageText } from './PageText.tsx'

const cookieOf = ({ writes }: WriteRow) => {
  const [first] = writes
  const time = first?.time ?? 0
  if (first !== undefined && areEvictions(writes)) {
    return { name: count(writes.length, 'cookie'), host: evictionSite(first), text: 'evicted to make room', time }
  }
  const host = first?.cookie.domain.replace(/^\./, '') ?? ''
  return { name: first?.cookie.name || '(no name)', host, text: writesText(writes), time }
}

export function writeRowName(row: WriteRow): string {
  const { name, host, text, time } = cookieOf(row)
  return `${areEvictions(row.writes) ? '' : 'Cookie '}${name} ${host}, ${text}, ${clockTime(time)}`
}

/** The store changed with no response behind it: told quietly, beside the requests. */
export function WriteRowCells({ row }: { row: WriteRow }) {
  const { name, host, text, time } = cookieOf(row)
  return (
    <>
      <span class="glyph quiet" title="Not from a response">
        <Icon name="write" />
      </span>
      <span class="write-name" title={plainText(`${name} ${host}`)}>
        <PageText text={name} /> <span class="host">{<PageText text={host} />}</span>
      </span>
      <span class="write-text" title={text}>
        {text}
      </span>
      <span class="write-time">{clockTime(time)}</span>
    </>
  )
}
