import { crossSite, testSendRule } from '../testing.ts'
import rule from './cors-preflight.ts'

const preflight = { ...crossSite, method: 'OPTIONS', requestHeaders: { 'Access-Control-Request-Method': 'PUT' } }

testSendRule(rule, {
  blocks: [
    { cookie: {}, ...preflight, says: ['OPTIONS', '401'], fix: [] },
    { cookie: { sameSite: 'no_restriction', secure: true }, ...preflight },
  ],
  passes: [
    { cookie: {} },
    { cookie: {}, ...preflight, requestHeaders: {} },
    { cookie: {}, ...preflight, method: 'GET' },
  ],
})
