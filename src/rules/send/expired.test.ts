import { now, testSendRule } from '../testing.ts'
import rule from './expired.ts'

const seconds = now / 1000

testSendRule(rule, {
  blocks: [
    { cookie: { expirationDate: seconds - 60 }, says: ['`sid`', '`2026-11-20 23:59:00 UTC`'], fix: [] },
    { cookie: { expirationDate: seconds } },
    { cookie: { expirationDate: 0 }, says: ['1970-01-01'] },
    { cookie: { expirationDate: -1e30 }, says: ['a time out of range'] },
    { cookie: { expirationDate: 1, name: '' }, says: ['The cookie without a name'] },
  ],
  passes: [
    { cookie: {} },
    { cookie: { expirationDate: seconds + 1 } },
    { cookie: { expirationDate: 1e30 } },
    { cookie: { expirationDate: seconds - 60 }, time: now - 61_000 },
  ],
})
