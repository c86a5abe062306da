import { byteLength } from '../../cookie/bytes.ts'
import type { Span } from '../../cookie/parse.ts'
import { bytesText, code } from '../../remedies/words.ts'
import { occasion } from '../occasion.ts'
import { block, defineSetRule, pass } from '../rule.ts'

export default defineSetRule<{ name: string; bytes: number; limit: number; jwt: boolean; span: Span }>({
  id: 'NameValuePairExceedsMaxSize',
  operation: 'set',
  layer: 'size',
  spec: 'RFC 6265bis 5.6',
  summary: 'Name and value together may have 4096 bytes.',
  on: occasion.longPair,
  evaluate: ({ read }, { maxPairBytes }) => {
    if (maxPairBytes === null) return pass
    const { name, value } = read.parsed
    return block({
      name: read.name,
      bytes: byteLength(read.name) + byteLength(read.value),
      limit: maxPairBytes,
      jwt: /^"?ey[\w-]+\.ey[\w-]+\./.test(read.value),
      span: { start: name.start, end: value.end },
    })
  },
  explain: ({ name, bytes, limit, jwt }) => ({
    title: `Name and value are ${bytesText(bytes - limit)} over the limit of ${limit}: make the value shorter`,
    explanation: `${name === '' ? `The value has ${bytes} bytes` : `${code(name)} and its value have ${bytes} bytes together`}; browsers drop the whole cookie above ${limit}. ${
      jwt
        ? 'The value looks like a JWT: every claim in it adds to its length.'
        : 'Attributes do not count. Values that grow with the user (roles, a basket, a token in a token) pass every test on localhost and fail for some people.'
    }`,
  }),
  part: ({ span }) => span,
  remedies: ({ bytes, limit }) => [{ action: 'shorten-value', bytes, limit }],
})
