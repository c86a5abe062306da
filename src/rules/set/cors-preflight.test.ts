import { crossSite, testSetRule } from '../testing.ts'
import rule from './cors-preflight.ts'

const preflight = { ...crossSite, method: 'OPTIONS', requestHeaders: { 'Access-Control-Request-Method': 'POST' } }

testSetRule(rule, {
  blocks: [
    { line: 'sid=abcdef; SameSite=None; Secure', ...preflight, says: ['OPTIONS'], marks: null, fix: [] },
    { line: '', ...preflight },
    { line: 'sid=abcdef', ...preflight, requestHeaders: { 'access-control-request-method': 'GET' } },
  ],
  passes: [
    // An OPTIONS request of a script's own is an ordinary request.
    { line: 'sid=abcdef', ...preflight, requestHeaders: {} },
    { line: 'sid=abcdef', ...preflight, method: 'POST' },
    { line: 'sid=abcdef' },
  ],
})
