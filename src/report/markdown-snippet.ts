import type { StackSnippet } from '../contract.ts'
import { codeBlock, codeSpan, prose } from './markdown-escape.ts'
import { indentOf, shorten, visible } from './visible.ts'

const LONGEST_NOTE = 400
const MOST_LINES = 80
const LONGEST_LINE = 300

/** How a change is written in one stack. */
export function snippetBlock({ stack, file, language, lines, note, docs }: StackSnippet): string {
  const shown = lines.replace(/\n+$/, '').split('\n')
  const cut = shown.slice(0, MOST_LINES).map(shownLine)
  return [
    `${prose(stack)}, ${codeSpan(file, 120)}:`,
    codeBlock([...cut, ...(shown.length > MOST_LINES ? ['…'] : [])], infoOf(language)),
    `${note === undefined ? '' : `${prose(note, LONGEST_NOTE)} `}Documented at ${codeSpan(docs)}.`,
  ].join('\n\n')
}

const shownLine = (line: string): string => {
  const indent = indentOf(line)
  return indent + shorten(visible(line.slice(indent.length)), LONGEST_LINE)
}

/** A fence names its language by one word. */
const infoOf = (language: string): string => (/^[a-z]{1,12}$/.test(language) ? language : 'text')
