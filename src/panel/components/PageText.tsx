import { textRuns } from '../view-text.ts'

/** Text that a page gave: hidden and reordering characters show as escapes. */
export function PageText({ text }: { text: string }) {
  return <bdi>{textRuns(text).map((run) => (run.escaped ? <span class="escaped">{run.text}</span> : run.text))}</bdi>
}
