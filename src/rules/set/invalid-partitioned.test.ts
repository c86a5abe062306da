import { crossSite, testSetRule } from '../testing.ts'
import rule from './invalid-partitioned.ts'

testSetRule(rule, {
  blocks: [
    { line: 'sid=abcdef; Partitioned', says: ['`Secure`', 'add Secure'], marks: 'Partitioned', fix: ['Secure'] },
    { line: 'sid=abcdef; SameSite=None; partitioned=foo; Path=/', ...crossSite, marks: 'partitioned=foo' },
    { line: 'sid=abcdef; Partitioned', url: 'http://shop.test/', fix: ['Secure', 'use-https'] },
    {
      line: 'sid=abcdef; Partitioned; Secure',
      url: 'http://shop.test/',
      says: ['needs https', 'came over http'],
      fix: ['use-https'],
    },
    { line: `sid=abcdef; Partitioned; Secure=${'x'.repeat(1025)}` },
    { line: 'sid=abcdef; Partitioned', url: 'http://localhost/', fix: ['Secure'] },
  ],
  passes: [
    { line: 'sid=abcdef; Partitioned; Secure' },
    { line: 'sid=abcdef; Secure=no; Partitioned' },
    { line: 'sid=abcdef; Partitioned; Secure', url: 'http://localhost/' },
    { line: 'sid=abcdef; Secure' },
    { line: 'sid=abcdef; Partition' },
    { line: 'Partitioned' },
    { line: `sid=abcdef; Partitioned=${'x'.repeat(1025)}` },
    { line: 'sid=abcdef; Partitioned', ...crossSite, resourceType: 'sub_frame', credentials: 'omit' },
  ],
  undecided: [
    {
      line: 'sid=abcdef; Partitioned; Secure',
      ...crossSite,
      frames: [],
      missing: 'frames',
      says: ['the site of the page'],
    },
  ],
})
