import { escapeOf, shorten, visible } from './visible.ts'

/**
 * Text from hostile pages in Markdown. What is quoted goes into code spans and fenced blocks, where nothing is markup but
 * the closing backticks; our own sentences are escaped. Made for GitHub's flavour, within the subset that Jira reads.
 */

const LONGEST_SPAN = 300
const LONGEST_SENTENCE = 300

/** A code span that ends where it should. For empty text the word "empty", in plain. */
export function codeSpan(text: string, longest = LONGEST_SPAN): string {
  const shown = shorten(visible(text), longest)
  if (shown === '') return '(empty)'
  const fence = '`'.repeat(longestRun(shown) + 1)
  // CommonMark takes one space off each end where both have one.
  const pad = /^`|`$|^ .*[^ ].* $/.test(shown) ? ' ' : ''
  return `${fence}${pad}${shown}${pad}${fence}`
}

/** A fenced block; each line one line. `info`: the language, lower-case letters only. */
export function codeBlock(lines: readonly string[], info: string): string {
  const fence = '`'.repeat(Math.max(3, ...lines.map((line) => longestRun(line) + 1)))
  return [`${fence}${info}`, ...lines, fence].join('\n')
}

/** A code span for a table cell: a `|` would end the cell even in there, and `\|` is read differently everywhere. */
export function cellSpan(text: string, longest = LONGEST_SPAN): string {
  return codeSpan(visible(text).replaceAll('|', escapeOf), longest)
}

/**
 * A sentence of ours that quotes the page between backticks, on one line. What GitHub would make a link, a mention, a
 * reference, an emoji or a formula of, escaped or not, becomes a code span.
 */
export function prose(text: string, longest = LONGEST_SENTENCE): string {
  const cut = shorten(visible(text), longest)
  const pieces = cut.split('`')
  const rendered = pieces.map((piece, i) => {
    if (i % 2 === 1 && i < pieces.length - 1) return piece === '' ? '' : codeSpan(piece)
    return sentence(i % 2 === 1 ? `\`${piece}` : piece)
  })
  return escapeStart(rendered.reduce(joinSpans, '').trimEnd())
}

/** Two code spans that touch would share a run of backticks, and end elsewhere. */
function joinSpans(before: string, after: string): string {
  return before.endsWith('`') && after.startsWith('`') ? `${before} ${after}` : before + after
}

/** `prose` for a table cell. */
export function cellProse(text: string): string {
  return prose(visible(text).replaceAll('|', escapeOf))
}

/** GitHub finds these in text after Markdown is done: no backslash helps. */
const FOUND_LATER = /[@$~]|#\d|GH-\d|:\/\/|www|:[\w+-]+:/i
const TRAILING = /[.,;:!?)]*$/
const MARKUP = /[\\`*_[\]<|]|&(?=#?\w+;)/g

function sentence(text: string): string {
  return text.replace(/\S+/g, (word) => {
    if (!FOUND_LATER.test(word)) return word.replace(MARKUP, '\\$&')
    const trailing = TRAILING.exec(word)?.[0] ?? ''
    const core = word.slice(0, word.length - trailing.length)
    return core === '' ? word.replace(MARKUP, '\\$&') : codeSpan(core) + trailing
  })
}

/** What would begin a heading, a list, a quotation, an underline. */
function escapeStart(text: string): string {
  return text
    .replace(/^ */, '')
    .replace(/^(\d{1,9})([.)])/, '$1\\$2')
    .replace(/^[-+#>=:]/, '\\$&')
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length))
}
