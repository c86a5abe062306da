import { testSetRule } from '../testing.ts'
import rule from './nameless-cookie.ts'

const policy = { namelessCookies: false }

testSetRule(rule, {
  blocks: [
    { line: '=abcdef', policy, marks: '=abcdef', fix: ['name-the-cookie'] },
    { line: ' = abcdef; Path=/', policy, marks: ' = abcdef' },
    { line: '=a=b', policy },
    { line: '==', policy },
    { line: 'abcdef; Path=/', policy: { ...policy, bareToken: 'dropped' }, says: ['has no `=`'], marks: 'abcdef' },
  ],
  passes: [
    { line: '=abcdef' },
    { line: 'sid=abcdef', policy },
    // A pair without = has a name here, and nothing at all is another rule's.
    { line: 'abcdef', policy: { ...policy, bareToken: 'named' } },
    { line: '=', policy },
    { line: '', policy },
  ],
})
