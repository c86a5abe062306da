import { testSetRule } from '../testing.ts'
import rule from './anonymous-context.ts'

const frame = { resourceType: 'sub_frame', initiator: 'https://shop.test', frames: ['https://shop.test/'] }
const line = 'sid=abcdef; Secure'

testSetRule(rule, {
  blocks: [
    {
      line,
      ...frame,
      credentials: 'omit',
      says: ["iframe's document", '`<iframe credentialless>`', 'that no other page gets'],
      marks: null,
      fix: ['give-frame-credentials'],
    },
    { line: 'sid=abcdef; Secure; Partitioned', ...frame, credentials: 'omit' },
  ],
  passes: [{ line, ...frame }, { line }, { line, ...frame, resourceType: 'xmlhttprequest', credentials: 'omit' }],
})
