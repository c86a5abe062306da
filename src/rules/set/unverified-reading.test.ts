import { testSetRule } from '../testing.ts'
import rule from './unverified-reading.ts'

const policy = { oddCharacters: 'in-its-own-way' } as const
const missing = 'browser'

testSetRule(rule, {
  blocks: [],
  passes: [
    { line: 'a="x;y"' },
    { line: 'a=x, y' },
    { line: 'a=\u00c3\u00a9' },
    { line: 'a=x y', policy },
    { line: 'a="x, y"', policy },
    { line: 'a="x; Path=/', policy },
    { line: 'a="x"; Path=/; b="y"', policy },
    { line: 'a= x ; Expires=Wed, 21 Oct 2037 07:28:00 GMT', policy },
    { line: 'a=x=y,z', policy },
    { line: 'a=x; foo=\u00c3\u00a9', policy },
    { line: '"a', policy },
    { line: '"a=x', policy },
  ],
  undecided: [
    { line: 'a="x;y"; Path=/', policy, missing, says: ['A semicolon stands between double quotes'] },
    { line: 'a="x"; b="y;z"', policy, missing },
    { line: 'a=x, y; Path=/', policy, missing, marks: 'a=x, y', says: ['White space follows a comma'] },
    { line: 'a==\tx', policy, missing },
    { line: 'a=\u00c3\u00a9', policy, missing, says: ['Other than ASCII'], fix: ['encode-characters'] },
    { line: '"a=b"=x', policy, missing, says: ['The name stands between double quotes'] },
  ],
})
