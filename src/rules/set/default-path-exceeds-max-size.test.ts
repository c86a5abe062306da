import { testSetRule } from '../testing.ts'
import rule from './default-path-exceeds-max-size.ts'

const policy = { maxDefaultPathBytes: 1024 }
const line = 'sid=abcdef'
/** An address whose directory has so many bytes. */
const deep = (bytes: number): string => `https://shop.test/${'d'.repeat(bytes - 1)}/login`

testSetRule(rule, {
  blocks: [
    { line, url: deep(1025), policy, says: ['1025 bytes', '1024 bytes'], marks: null, fix: ['Path=/'] },
    { line: `${line}; Path=account`, url: deep(1025), policy },
    { line: `${line}; Path=`, url: deep(1025), policy },
  ],
  passes: [
    { line, url: deep(1025) },
    { line, url: deep(1024), policy },
    { line: `${line}; Path=/`, url: deep(1025), policy },
    { line, url: `https://shop.test/?${'q'.repeat(2000)}`, policy },
  ],
})
