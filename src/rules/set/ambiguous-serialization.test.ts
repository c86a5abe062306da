import { testSetRule } from '../testing.ts'
import rule from './ambiguous-serialization.ts'

testSetRule(rule, {
  blocks: [
    { line: '=a=b', marks: 'a=b', fix: ['name-the-cookie'] },
    { line: ' = token=with=equals ; Path=/', marks: 'token=with=equals' },
    { line: '==', marks: '=' },
    { line: '=a=', marks: 'a=' },
    // Both are said; InvalidPrefix stands in the same layer.
    { line: '=__Secure-x=1', marks: '__Secure-x=1' },
  ],
  passes: [
    { line: 'a=b=c' },
    { line: '=ab' },
    { line: 'ab' },
    { line: '=' },
    { line: '' },
    { line: 'ab; Path=/=' },
    { line: '=ab; =b' },
    { line: ' a ==' },
  ],
})
