import { expect, it } from 'vitest'
import { crossSite, runSet, testSetRule } from '../testing.ts'
import rule from './credentials-omitted.ts'

const line = 'sid=abcdef; SameSite=None; Secure'
const seen = { ...crossSite, credentials: 'unknown' } as const
const fetchHeaders = (site: string, access?: string) => ({
  'Sec-Fetch-Mode': 'cors',
  'Sec-Fetch-Site': site,
  ...(access === undefined ? {} : { 'Sec-Fetch-Storage-Access': access }),
})
const sibling = {
  ...seen,
  url: 'https://api.shop.test/login',
  requestHeaders: fetchHeaders('same-site'),
}

testSetRule(rule, {
  blocks: [
    {
      line,
      ...crossSite,
      credentials: 'omit',
      says: ["credentials: 'include'", '`api.other.test`', '`https://www.shop.test`'],
      marks: null,
      fix: ['include-credentials'],
    },
    // With the setting for third-party cookies in force, a request with credentials has the header.
    { line, ...seen, requestHeaders: fetchHeaders('cross-site'), says: ['`api.other.test`'] },
    // Also within one site, under a page of another: A in B in A asks its sibling.
    {
      line,
      ...sibling,
      frames: ['https://www.shop.test/', 'https://other.test/', 'https://www.shop.test/'],
    },
    // An element with crossorigin, a module script, a font.
    {
      line,
      ...seen,
      resourceType: 'image',
      requestHeaders: fetchHeaders('cross-site'),
      says: ['crossorigin="use-credentials"', 'element'],
      silent: ["credentials: 'include'"],
    },
    // A sandboxed frame is no one's own origin.
    { line, ...seen, initiator: 'null', requestHeaders: fetchHeaders('cross-site') },
    // To its own origin, only a script that says so leaves them out.
    { line, ...sibling, initiator: 'https://api.shop.test', credentials: 'omit', says: ['switched off'] },
  ],
  passes: [
    { line, ...crossSite },
    { line, ...seen, requestHeaders: fetchHeaders('cross-site', 'active') },
    { line, ...seen, requestHeaders: fetchHeaders('cross-site', 'none') },
    { line, ...seen, requestHeaders: fetchHeaders('cross-site', 'inactive') },
    { line, ...seen, requestHeaders: { Cookie: 'a=b' } },
    // Navigations, images and the like, beacons and WebSockets always carry them.
    { line },
    { line, ...seen, resourceType: 'sub_frame', requestHeaders: fetchHeaders('cross-site') },
    { line, ...seen, resourceType: 'image' },
    { line, ...sibling, resourceType: 'ping', requestHeaders: { 'Sec-Fetch-Mode': 'no-cors' } },
    { line, ...seen, resourceType: 'websocket', url: 'wss://api.other.test/' },
    // Its own origin, plain and framed by another site, where the header is not there for the mode same-origin.
    { line, ...sibling, initiator: 'https://api.shop.test', requestHeaders: fetchHeaders('same-origin') },
    {
      line,
      ...sibling,
      initiator: 'https://api.shop.test',
      frames: ['https://api.shop.test/', 'https://other.test/', 'https://api.shop.test/'],
      requestHeaders: fetchHeaders('same-origin'),
    },
    // A redirect by way of another site back to the page's own: cross-site by its Sec-Fetch-Site, and without the header.
    {
      line,
      ...seen,
      resourceType: 'image',
      url: 'https://www.shop.test/pixel',
      redirectChain: ['https://other.test/pixel'],
      requestHeaders: { 'Sec-Fetch-Mode': 'no-cors', 'Sec-Fetch-Site': 'cross-site' },
    },
    // The preflight has a rule of its own.
    {
      line,
      ...seen,
      method: 'OPTIONS',
      requestHeaders: { ...fetchHeaders('cross-site'), 'Access-Control-Request-Method': 'POST' },
    },
  ],
  undecided: [
    { line, ...sibling, missing: 'credentials', says: ['`api.shop.test`'], fix: ['include-credentials'] },
    { line, ...seen, missing: 'credentials' },
    // Plain http to another host: no Sec-Fetch headers at all.
    { line, ...seen, url: 'http://api.other.test/', missing: 'credentials' },
    // A module script within one site.
    { line, ...sibling, resourceType: 'script', missing: 'credentials' },
    // The documents around are not known, and the initiator is of the same site.
    { line, ...sibling, frames: [], missing: 'credentials' },
  ],
})

it('is decided by what the exchange states, before any header', () => {
  const stated = { ...seen, credentials: 'include', requestHeaders: fetchHeaders('cross-site') } as const
  expect(runSet(rule, { line, ...stated }).kind).toBe('pass')
  expect(runSet(rule, { line, ...stated, credentials: 'omit', requestHeaders: { Cookie: 'a=b' } }).kind).toBe('block')
})

it('asks for no CORS headers that the answer has', () => {
  const cors = { 'Access-Control-Allow-Origin': 'https://www.shop.test', 'Access-Control-Allow-Credentials': 'true' }
  const actions = (responseHeaders: Record<string, string>) => {
    const result = runSet(rule, { line, ...crossSite, credentials: 'omit', responseHeaders })
    return result.kind === 'pass' ? [] : result.remedies()
  }
  expect(actions(cors)).toMatchObject([{ action: 'include-credentials', allowed: true }])
  for (const other of [{}, { ...cors, 'Access-Control-Allow-Origin': '*' }])
    expect(actions(other)[0]).not.toHaveProperty('allowed')
})
