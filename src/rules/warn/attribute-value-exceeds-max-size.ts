import { byteLength } from '../../cookie/bytes.ts'
import type { Span } from '../../cookie/parse.ts'
import { code } from '../../remedies/words.ts'
import { occasion } from '../occasion.ts'
import { defineSetRule, pass, warn } from '../rule.ts'

export default defineSetRule<{ attribute: string; bytes: number; limit: number; span: Span }>({
  id: 'WarnAttributeValueExceedsMaxSize',
  operation: 'set',
  layer: 'store',
  spec: 'RFC 6265bis 5.6',
  summary: 'An attribute whose value is longer than 1024 bytes is ignored.',
  on: occasion.overlong,
  evaluate: ({ read }, { maxAttributeBytes }) => {
    const [attribute] = read.overlong
    return attribute === undefined || maxAttributeBytes === null
      ? pass
      : warn({
          attribute: attribute.namePiece.text,
          bytes: byteLength(attribute.value),
          limit: maxAttributeBytes,
          span: attribute.span,
        })
  },
  explain: ({ attribute, bytes, limit }) => ({
    title: `An attribute of ${bytes} bytes is ignored: the limit is ${limit}`,
    explanation: `The value of ${attribute === '' ? 'an attribute without a name' : code(attribute)} has ${bytes} bytes; above ${limit} the browser ignores the attribute, as if it were not there.`,
  }),
  part: ({ span }) => span,
  remedies: () => [],
})
