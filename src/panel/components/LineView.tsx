import type { LinePart, LineRun } from '../view-line.ts'
import { PageText } from './PageText.tsx'
import { Mask, Secret } from './Secret.tsx'

interface Props {
  parts: readonly LinePart[]
  /** The element for marked runs: `mark` for what is wrong, `ins` for what a correction adds. */
  marks: 'mark' | 'ins'
  cookieName: string
  shown: boolean
  /** Without it the value follows the line above and is no control of its own. */
  onToggle?: () => void
}

/** A Set-Cookie line with its value masked. */
export function LineView({ parts, marks, cookieName, shown, onToggle }: Props) {
  if (parts.every(({ text }) => text === '')) return <span class="dim">(an empty line)</span>
  return (
    <>
      {parts.map((part) => {
        if (part.kind === 'text') return <Run run={part} marks={marks} />
        const runs = part.runs.map((run) => <Run run={run} marks={marks} />)
        const marked = part.marked ? marks : undefined
        if (!onToggle) return shown ? runs : <Mask value={part.text} marked={marked} />
        return (
          <Secret of={cookieName} value={part.text} shown={shown} marked={marked} onToggle={onToggle}>
            {runs}
          </Secret>
        )
      })}
    </>
  )
}

function Run({ run, marks: Mark }: { run: LineRun; marks: 'mark' | 'ins' }) {
  const text = <PageText text={run.text} />
  return run.marked ? <Mark>{text}</Mark> : text
}
