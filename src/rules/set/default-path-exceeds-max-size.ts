import { byteLength, exceedsBytes } from '../../cookie/bytes.ts'
import { occasion } from '../occasion.ts'
import { block, defineSetRule, pass } from '../rule.ts'

export default defineSetRule<{ size: number; limit: number }>({
  id: 'DefaultPathExceedsMaxSize',
  operation: 'set',
  layer: 'size',
  spec: 'RFC 6265bis 5.1.4 (which sets no limit)',
  summary:
    'Some browsers refuse a line without a valid Path where the directory of the address is over 1024 bytes long.',
  on: occasion.longAddress,
  evaluate: ({ read, cookie }, { maxDefaultPathBytes: limit }) =>
    limit === null || read.path?.value.startsWith('/') || !exceedsBytes(limit, cookie.path)
      ? pass
      : block({ size: byteLength(cookie.path), limit }),
  explain: ({ size, limit }) => ({
    title: 'The address is too long to be the cookie’s path: set Path=/',
    explanation: `The line has no valid \`Path\`, so the cookie gets the directory of the address that set it. That has ${size} bytes, and this browser stores no path of over ${limit} bytes.`,
  }),
  remedies: () => [{ action: 'set-attribute', attribute: 'Path', value: '/' }],
})
