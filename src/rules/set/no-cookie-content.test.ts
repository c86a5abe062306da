import { testSetRule } from '../testing.ts'
import rule from './no-cookie-content.ts'

testSetRule(rule, {
  blocks: [
    { line: '', marks: '', fix: ['name-the-cookie'] },
    { line: '=', marks: '=' },
    { line: ' \t ' },
    { line: ' = ; Path=/', marks: ' = ' },
    { line: '; Path=/; Secure', marks: '' },
    { line: ';' },
  ],
  passes: [
    { line: 'a=' },
    { line: '=a' },
    { line: 'a' },
    { line: '==' },
    { line: '0' },
    { line: '""' },
    { line: 'Secure' },
  ],
})
