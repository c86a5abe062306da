import { writesText } from '../../report/event-words.ts'
import type { WriteRow } from '../view-rows.ts'
import { clockTime, plainText } from '../view-text.ts'
import { Icon } from './Icon.tsx'
import { PageText } from './PageText.tsx'

const cookieOf = ({ writes: [first] }: WriteRow) => ({
  name: first?.cookie.name || '(no name)',
  host: first?.cookie.domain.replace(/^\./, '') ?? '',
  time: first?.time ?? 0,
})

export function writeRowName(row: WriteRow): string {
  const { name, host, time } = cookieOf(row)
  return `Cookie ${name} ${host}, ${writesText(row.writes)}, ${clockTime(time)}`
}

/** The store changed with no response behind it: told quietly, beside the requests. */
export function WriteRowCells({ row }: { row: WriteRow }) {
  const { name, host, time } = cookieOf(row)
  const text = writesText(row.writes)
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
