import type { Story, StoryArrow, StoryCookie, StoryParty } from '../contract.ts'
import { shorten, visible } from './visible.ts'

const LONGEST = 80
const LONGEST_NAME = 50
const MOST_COOKIES = 6
const MOST_ARROWS = 40
/** In characters. Mermaid draws nothing of a text with more than 50,000 (`maxTextSize`), and the report needs room for the rest. */
const MOST_TEXT = 20_000
/** In characters: a longer line makes the whole drawing small. */
const LONGEST_LINE = 70

const KINDS: Readonly<Record<StoryParty['kind'], string>> = { app: 'App', api: 'API', provider: 'Provider' }
const FATES: Readonly<Record<StoryCookie['fate'], string>> = {
  sent: 'sent',
  withheld: 'not sent',
  stored: 'stored',
  refused: 'not stored',
  removed: 'removed',
}

/**
 * The login as a sequence diagram in Mermaid, which GitHub draws: its lines, for a code block. Names come from the page: of
 * them only letters, digits, blanks and `. _ / - =` stand as they are, which Mermaid reads as nothing of its own in such
 * a place (tried with 10.9, 11.17 and 12.3); all else stands as Mermaid's code for that character.
 */
export function sequenceDiagram({ parties, arrows, arrowsLeftOut = 0 }: Story): string[] {
  const names = new Map(parties.map(({ id }, i) => [id, `P${i}`]))
  const lines = [
    'sequenceDiagram',
    '  participant B as Browser',
    ...parties.map((party, i) => `  participant P${i} as ${kindOf(party, parties)} ${plain(hostOf(party), LONGEST)}`),
  ]
  const known = arrows.flatMap((arrow) => {
    const name = names.get(arrow.party)
    return name === undefined ? [] : [arrowLines(arrow, name)]
  })
  const shown = fitting(known.slice(0, MOST_ARROWS), lines)
  const left = known.length - shown.length + arrowsLeftOut
  return [
    ...lines,
    ...shown.flat(),
    ...(left > 0 ? [`  Note over B: ${left} more ${left === 1 ? 'request' : 'requests'} left out`] : []),
  ]
}

/** As many of them as there is room for after the first lines. */
function fitting(arrows: readonly string[][], first: readonly string[]): string[][] {
  let size = sizeOf(first)
  return arrows.filter((lines) => {
    size += sizeOf(lines)
    return size <= MOST_TEXT
  })
}

const sizeOf = (lines: readonly string[]): number => lines.reduce((size, line) => size + line.length + 1, 0)

/** Host and port of its origin. */
const hostOf = ({ id }: StoryParty): string => id.replace(/^\w+:\/\//, '')

/** Of one host on http and https, nothing else tells them apart. */
function kindOf(party: StoryParty, parties: readonly StoryParty[]): string {
  const isDoubled = parties.some((other) => other.id !== party.id && hostOf(other) === hostOf(party))
  const scheme = party.id.startsWith('http:') ? 'http' : 'https'
  return isDoubled ? `${KINDS[party.kind]} (${scheme})` : KINDS[party.kind]
}

function arrowLines({ label, status, sent, set, broken }: StoryArrow, name: string): string[] {
  return [
    `  B->>${name}: ${message([plain(label, LONGEST), ...cookieWords(sent)])}`,
    ...(status > 0 ? [`  ${name}-->>B: ${message([String(status), ...cookieWords(set)])}`] : []),
    ...(broken === true ? [`  Note over B,${name}: The login breaks here`] : []),
  ]
}

/** On several lines, where one would be too long. */
function message([first = '', ...rest]: readonly string[]): string {
  let text = first
  let width = widthOf(first)
  for (const part of rest) {
    const wider = width + 2 + widthOf(part)
    const fits = wider <= LONGEST_LINE
    text += fits ? `, ${part}` : `,<br/>${part}`
    width = fits ? wider : widthOf(part)
  }
  return text
}

/** A code is one character when drawn. */
const widthOf = (part: string): number => part.replace(/#\d+;/g, '?').length

function cookieWords(cookies: readonly StoryCookie[]): string[] {
  const more = cookies.length - MOST_COOKIES
  const words = cookies
    .slice(0, MOST_COOKIES)
    .map(({ name, fate }) => `${plain(name, LONGEST_NAME) || 'a cookie'} ${FATES[fate]}`)
  return more > 0 ? [...words, `and ${more} more`] : words
}

const plain = (text: string, longest: number): string =>
  shorten(visible(text), longest)
    .trim()
    .replace(/[^\p{L}\p{M}\p{N} ._/=…-]/gu, (character) => `#${character.codePointAt(0)};`)
