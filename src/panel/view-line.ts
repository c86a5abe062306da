import { type ParsedAttribute, parseLine, type Span } from '../cookie/parse.ts'

/** A run of a Set-Cookie line; `marked` where it is at fault or, in a corrected line, new. */
export interface LineRun {
  readonly text: string
  readonly marked: boolean
}

/** The cookie's value stands apart, as it is masked until asked for. `text` holds it whole, `runs` in pieces. */
export type LinePart =
  | ({ readonly kind: 'text' } & LineRun)
  | { readonly kind: 'value'; readonly text: string; readonly runs: readonly LineRun[]; readonly marked: boolean }

/** A Set-Cookie line cut for display. Spans may overlap, in any order; what lies outside the line is ignored. */
export function lineParts(line: string, marks: readonly Span[]): LinePart[] {
  const { value } = parseLine(line)
  return [
    ...runsOf(line, { start: 0, end: value.start }, marks).map(asText),
    ...(value.end > value.start ? [valuePart(line, value, marks)] : []),
    ...runsOf(line, { start: value.end, end: line.length }, marks).map(asText),
  ]
}

const asText = (run: LineRun): LinePart => ({ kind: 'text', ...run })

function valuePart(line: string, span: Span, marks: readonly Span[]): LinePart {
  const runs = runsOf(line, span, marks)
  return { kind: 'value', text: line.slice(span.start, span.end), runs, marked: runs.some(({ marked }) => marked) }
}

function runsOf(line: string, { start, end }: Span, marks: readonly Span[]): LineRun[] {
  const cuts = new Set([start, end])
  for (const mark of marks) {
    for (const cut of [mark.start, mark.end]) if (cut > start && cut < end) cuts.add(cut)
  }
  const runs: LineRun[] = []
  const edges = [...cuts].sort((a, b) => a - b)
  for (let i = 0; i + 1 < edges.length; i++) {
    const [from = 0, to = 0] = [edges[i], edges[i + 1]]
    const marked = marks.some((mark) => mark.start <= from && mark.end >= to)
    const last = runs.at(-1)
    if (last && last.marked === marked) runs[runs.length - 1] = { text: last.text + line.slice(from, to), marked }
    else runs.push({ text: line.slice(from, to), marked })
  }
  return runs
}

/** Stands for a value that is not shown, in a line that is copied. */
export const VALUE_PLACEHOLDER = '<value>'

/** The line with a placeholder for the cookie's value, where it has one. */
export function valueReplaced(line: string): string {
  const { start, end } = parseLine(line).value
  return end > start ? line.slice(0, start) + VALUE_PLACEHOLDER + line.slice(end) : line
}

export interface FixParts {
  /** The corrected line, what differs from the original marked. */
  readonly parts: readonly LinePart[]
  /** Attributes of the original, as written, that the corrected line no longer has. */
  readonly leftOut: readonly string[]
}

/** Compares a line with its correction, attribute by attribute; order and case of attribute names do not count. */
export function fixParts(line: string, fixed: string): FixParts {
  const before = parseLine(line)
  const after = parseLine(fixed)
  const marks: Span[] = []
  if (after.name.text !== before.name.text) marks.push(after.name)
  if (after.value.text !== before.value.text) marks.push(after.value)

  const unmatched = [...before.attributes]
  const changed: ParsedAttribute[] = []
  for (const attribute of after.attributes) {
    const same = unmatched.findIndex(({ name, value }) => name === attribute.name && value === attribute.value)
    if (same === -1) changed.push(attribute)
    else unmatched.splice(same, 1)
  }
  for (const attribute of changed) {
    const old = unmatched.findIndex(({ name }) => name === attribute.name)
    if (old !== -1) unmatched.splice(old, 1)
    marks.push(attribute.span)
  }
  return {
    parts: lineParts(fixed, marks),
    leftOut: unmatched.map(({ span }) => line.slice(span.start, span.end)),
  }
}
