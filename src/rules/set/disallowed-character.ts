import type { ReadLine } from '../../browsers/read.ts'
import { isControl } from '../../cookie/bytes.ts'
import type { Piece, Span } from '../../cookie/parse.ts'
import { occasion } from '../occasion.ts'
import { block, defineSetRule, pass, undecided } from '../rule.ts'

/** The first character of a piece that may not stand there; -1: none. */
const firstControl = ({ text }: Piece, withTab: boolean): number => {
  for (let i = 0; i < text.length; i++) {
    const point = text.charCodeAt(i)
    if (isControl(point) && (point !== 0x09 || withTab)) return i
  }
  return -1
}

const pieces = (read: ReadLine): { where: string; piece: Piece; inPair?: true; isPath?: boolean }[] => [
  { where: 'the name', piece: read.parsed.name, inPair: true },
  { where: 'the value', piece: read.parsed.value, inPair: true },
  ...read.parsed.attributes.flatMap((attribute) => [
    { where: "an attribute's name", piece: attribute.namePiece },
    {
      where: "an attribute's value",
      piece: attribute.valuePiece,
      isPath: attribute === read.path && attribute.value.startsWith('/'),
    },
  ]),
]

export default defineSetRule<{ where: string; code: number; span: Span }>({
  id: 'DisallowedCharacter',
  operation: 'set',
  layer: 'characters',
  spec: 'RFC 6265bis 5.6',
  summary: 'A control character anywhere in the line makes the browser drop the whole line.',
  on: occasion.control,
  evaluate: ({ read }, { tabIsControl, controlsRefused }) => {
    for (const { where, piece, inPair, isPath } of pieces(read)) {
      const withTab = tabIsControl === 'everywhere' || isPath === true || (!inPair && controlsRefused !== 'everywhere')
      const index = firstControl(piece, withTab)
      if (index !== -1) {
        const start = piece.start + index
        const facts = { where, code: piece.text.charCodeAt(index), span: { start, end: start + 1 } }
        return inPair || controlsRefused === 'everywhere' ? block(facts) : undecided('browser', facts)
      }
    }
    return pass
  },
  explain: ({ where, code }) => {
    const hex = `0x${code.toString(16).toUpperCase().padStart(2, '0')}`
    return {
      title: `A control character (${hex}) stands in ${where}: encode it`,
      explanation: `${where[0]?.toUpperCase()}${where.slice(1)} holds ${code === 9 ? 'a TAB' : code === 10 ? 'a line feed' : code === 13 ? 'a carriage return' : code === 0 ? 'a NUL' : 'a control character'} (${hex}). Browsers drop a line with such a character altogether, because it can be used to smuggle in a second header.`,
    }
  },
  part: ({ span }) => span,
  remedies: () => [{ action: 'encode-characters' }],
})
