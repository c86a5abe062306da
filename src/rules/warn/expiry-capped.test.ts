import { now, testSetRule } from '../testing.ts'
import rule from './expiry-capped.ts'

const days = 86_400
const at = (seconds: number): string => new Date(now + seconds * 1000).toUTCString()

testSetRule(rule, {
  blocks: [
    { line: 'sid=abcdef; Max-Age=34560001', says: ['400 days'], marks: 'Max-Age=34560001', fix: [] },
    { line: `sid=abcdef; Max-Age=${'9'.repeat(400)}`, says: ['400 days'] },
    { line: `sid=abcdef; Expires=${at(401 * days)}; Path=/`, marks: `Expires=${at(401 * days)}` },
    { line: 'sid=abcdef; Expires=Fri, 31 Dec 9999 23:59:59 GMT', says: ['400 days'] },
    // An unreadable Max-Age leaves Expires in force: that is the one to mark.
    { line: `sid=abcdef; Max-Age=1e9; Expires=${at(500 * days)}`, marks: `Expires=${at(500 * days)}` },
    // On the server's clock, which is two days behind.
    { line: `sid=abcdef; Expires=${at(399 * days)}`, responseHeaders: { Date: at(-2 * days) } },
  ],
  passes: [
    { line: 'sid=abcdef' },
    // The cap itself, however it is written.
    { line: 'sid=abcdef; Max-Age=34560000' },
    { line: 'sid=abcdef; Max-Age=+034560000' },
    { line: `sid=abcdef; Expires=${at(400 * days)}` },
    { line: `sid=abcdef; Max-Age=60; Expires=${at(500 * days)}` },
    { line: 'sid=abcdef; Max-Age=99999999; Max-Age=60' },
    { line: 'sid=abcdef; Max-Age=-99999999999' },
    { line: 'sid=abcdef; Expires=soon' },
    { line: `sid=abcdef; Expires=${at(401 * days)}`, responseHeaders: { Date: at(2 * days) } },
  ],
})
