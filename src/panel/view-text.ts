import { byteLength, decodeUtf8 } from '../cookie/bytes.ts'
import { escapeOf, HIDDEN } from '../report/visible.ts'

/** A run of text, or one character that would be invisible or change the order of its neighbours. */
export interface TextRun {
  readonly text: string
  /** Then `text` is the character's escape: `\x01`, `\u{202e}`. */
  readonly escaped: boolean
}

/**
 * Page-given text as it may be shown: header byte strings read as UTF-8 where they are, hidden characters escaped, as
 * in the report. What is not UTF-8 stays: it is as likely text of the store, which the browser has decoded already.
 * Joined, the runs' texts are plain printable text. Give it one piece of text at a time, never one joined to another.
 */
export function textRuns(raw: string): TextRun[] {
  const text = decodeUtf8(raw) ?? raw
  const runs: TextRun[] = []
  let from = 0
  for (const match of text.matchAll(HIDDEN)) {
    if (match.index > from) runs.push({ text: text.slice(from, match.index), escaped: false })
    runs.push({ text: escapeOf(match[0]), escaped: true })
    from = match.index + match[0].length
  }
  if (from < text.length) runs.push({ text: text.slice(from), escaped: false })
  return runs
}

/** `textRuns` in one string, for titles and accessible names. */
export function plainText(raw: string): string {
  return textRuns(raw)
    .map(({ text }) => text)
    .join('')
}

/** `1 byte`, `32 bytes`. */
export function bytesText(value: string): string {
  return count(byteLength(value), 'byte')
}

/** `1 line`, `2 lines`. */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${n.toLocaleString('en-GB')} ${n === 1 ? one : many}`
}

/** Local time of day, HH:MM:SS. */
export function clockTime(epochMs: number): string {
  return new Date(epochMs).toLocaleTimeString('en-GB', { hour12: false })
}

/** Local time of day with milliseconds. */
export function preciseTime(epochMs: number): string {
  return `${clockTime(epochMs)}.${String(Math.floor(epochMs) % 1000).padStart(3, '0')}`
}

/** `21 Nov 2026, 05:32`, local time; medium: with seconds. */
export function dateText(epochMs: number, timeStyle: 'short' | 'medium' = 'short'): string {
  return new Date(epochMs).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle })
}

/** The browser's error name without its scheme: `net::ERR_FAILED` reads `ERR_FAILED`. */
export function errorText(error: string | undefined): string {
  return error ? error.replace(/^net::/, '') : 'failed'
}

const TYPE_NAMES: Readonly<Record<string, string>> = {
  main_frame: 'page',
  sub_frame: 'frame',
  xmlhttprequest: 'fetch or XHR',
  stylesheet: 'style sheet',
  csp_report: 'CSP report',
  websocket: 'WebSocket',
}

/** A `webRequest.ResourceType` in plain words. */
export function typeText(resourceType: string): string {
  return TYPE_NAMES[resourceType] ?? resourceType.replaceAll('_', ' ')
}
