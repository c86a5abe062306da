import { describe, expect, it } from 'vitest'
import type { Exchange } from '../contract.ts'
import { type ContextOptions, type RequestContext, requestContext, type SameSiteContext } from './context.ts'

const chromium = { schemeful: true, countRedirects: false }
const schemeless = { schemeful: false, countRedirects: false }
const countingHops = { schemeful: true, countRedirects: true }

type Row = Partial<Exchange>

const contextOf = (
  row: Row,
  options: Partial<ContextOptions> & Pick<ContextOptions, 'schemeful' | 'countRedirects'> = chromium,
): RequestContext => {
  const exchange: Exchange = {
    url: 'https://www.shop.test/a',
    method: 'GET',
    resourceType: 'main_frame',
    initiator: null,
    frames: [],
    requestHeaders: [],
    status: 200,
    responseHeaders: [],
    time: 0,
    ...row,
  }
  return requestContext(exchange, new URL(exchange.url), {
    partitionAncestorBy: 'site',
    thirdPartyTold: null,
    ...options,
  })
}

const A = 'https://www.shop.test'
const B = 'https://other.test'
const page = (...frames: string[]): Row => ({ resourceType: 'xmlhttprequest', initiator: A, frames })
const frame = (...frames: string[]): Row => ({ ...page(...frames), resourceType: 'sub_frame' })

describe('a top-level navigation', () => {
  it.each<[string, Row, SameSiteContext]>([
    ['typed', {}, 'strict'],
    ['typed, by POST', { method: 'POST' }, 'strict'],
    ['from its own site', { initiator: 'https://shop.test' }, 'strict'],
    ['from its own site, by POST', { initiator: 'https://api.shop.test:8443', method: 'POST' }, 'strict'],
    ['from another site', { initiator: B }, 'lax'],
    ['from another site, by HEAD', { initiator: B, method: 'HEAD' }, 'lax'],
    ['from another site, by POST', { initiator: B, method: 'POST' }, 'lax-unsafe'],
    ['from another site, by PUT', { initiator: B, method: 'PUT' }, 'lax-unsafe'],
    ['from an opaque origin', { initiator: 'null' }, 'lax'],
    ['from an opaque origin, by POST', { initiator: 'null', method: 'POST' }, 'lax-unsafe'],
    ['from http', { initiator: 'http://www.shop.test' }, 'lax'],
    ['from a sibling under a public suffix', { url: 'https://a.github.io/', initiator: 'https://b.github.io' }, 'lax'],
    ['typed, by way of another site', { redirectChain: [B] }, 'strict'],
    ['from its own site, by way of another', { initiator: A, redirectChain: [A, B] }, 'strict'],
  ])('%s', (_what, row, sending) => {
    const context = contextOf(row)
    expect(context.sending).toBe(sending)
    // Whoever started it, the page is its own first party and may set all.
    expect(context.setting).toBe('lax')
    expect(context.thirdParty).toBe(false)
    expect(context.partitionKey?.hasCrossSiteAncestor).toBe(false)
    expect(context.missing).toEqual([])
  })

  it('has its own site for a partition key', () => {
    expect(contextOf({}).partitionKey).toEqual({ topLevelSite: 'https://shop.test', hasCrossSiteAncestor: false })
    expect(contextOf({ url: 'http://localhost:3000/' }).partitionKey?.topLevelSite).toBe('http://localhost')
  })
})

/** As measured in Chromium 156, the https page's http request and the extension's page apart. */
describe('a request of a page', () => {
  interface Expected {
    near: boolean
    thirdParty: boolean
    /** hasCrossSiteAncestor of the partition key. */
    ancestor: boolean
  }
  const own: Expected = { near: true, thirdParty: false, ancestor: false }
  const foreign: Expected = { near: false, thirdParty: true, ancestor: true }

  it.each<[string, Row, Expected]>([
    ['to itself', page(`${A}/login`), own],
    ['to a sibling', { ...page(`${A}/`), url: 'https://api.shop.test/' }, own],
    ['to another port', { ...page(`${A}/`), url: 'https://www.shop.test:8443/' }, own],
    ['by WebSocket', { ...page(`${A}/`), url: 'wss://api.shop.test/' }, own],
    ['to another site', { ...page(`${A}/`), url: B }, foreign],
    [
      'to another name of the same suffix',
      { ...page('https://a.vercel.app/'), url: 'https://b.vercel.app/', initiator: 'https://a.vercel.app' },
      foreign,
    ],
    ['from http to https', { ...page('http://www.shop.test/'), initiator: 'http://www.shop.test' }, foreign],
    ['from https to http', { ...page(`${A}/`), url: 'http://www.shop.test/' }, foreign],
    // Frames: all the ancestors count.
    ['of a frame of its site', page('https://pay.shop.test/', `${A}/`), own],
    ['of a foreign frame to itself', { ...page(`${B}/`, `${A}/`), initiator: B, url: B }, foreign],
    ['of a foreign frame to the page', { ...page(`${B}/`, `${A}/`), initiator: B }, foreign],
    ['A in B in A, to A', page(`${A}/`, `${B}/`, `${A}/`), foreign],
    ['A in B, to A', page(`${A}/`, `${B}/`), foreign],
    // Documents that inherit their origin, and those that have none.
    ['of about:blank', page('about:blank', `${A}/`), own],
    ['of about:srcdoc in a foreign frame', { ...page('about:srcdoc', `${B}/`, `${A}/`), initiator: B }, foreign],
    ['of a blob: document', page(`blob:${A}/1234`, `${A}/`), own],
    ['of a data: document', { ...page('data:text/html,x', `${A}/`), initiator: 'null' }, foreign],
    ['of a sandboxed frame', { ...page(`${A}/`, `${A}/`), initiator: 'null' }, foreign],
    ['by the browser itself', { ...page(`${A}/`), initiator: null }, own],
    // A cross-site hop is not counted.
    ['by way of another site', { ...page(`${A}/`), redirectChain: [B] }, own],
    [
      'of an extension page',
      { ...page('chrome-extension://abcdef/p.html'), initiator: 'chrome-extension://abcdef' },
      foreign,
    ],
    // The frames' own documents.
    ['for a frame of its own', frame(`${A}/`), own],
    ['for a foreign frame', { ...frame(`${A}/`), url: B }, foreign],
    ['for A in B in A', { ...frame(`${B}/`, `${A}/`), initiator: B }, foreign],
    ['for a sandboxed frame', frame(`${A}/`), own],
    [
      'for a frame that another site sends back',
      { ...frame(`${A}/`), initiator: B },
      { near: false, thirdParty: false, ancestor: false },
    ],
    [
      'for a sandboxed frame that goes on by itself',
      { ...frame(`${A}/`), initiator: 'null' },
      { near: false, thirdParty: false, ancestor: false },
    ],
  ])('%s', (_what, row, { near, thirdParty, ancestor }) => {
    const context = contextOf(row)
    const nearness = near ? 'strict' : 'cross-site'
    expect([context.sending, context.setting]).toEqual([nearness, nearness])
    expect(context.thirdParty).toBe(thirdParty)
    expect(context.partitionKey?.hasCrossSiteAncestor).toBe(ancestor)
    expect(context.missing).toEqual([])
  })

  /** Sandboxed frames look like others: the one that framed it may be sandboxed, or this one was and has sent itself on. */
  it.each<[string, boolean | null, boolean | null, boolean | undefined]>([
    ['a sandboxed frame’s own frame, which the request tells', true, true, true],
    ['a sandboxed frame that goes on by itself, which the request tells', false, false, false],
    ['either of the two, which it does not', null, null, undefined],
  ])('for %s', (_what, thirdPartyTold, thirdParty, ancestor) => {
    const context = contextOf({ ...frame(`${A}/`, `${A}/`), initiator: 'null' }, { ...chromium, thirdPartyTold })
    expect([context.sending, context.setting, context.missing]).toEqual(['cross-site', 'cross-site', []])
    expect([context.thirdParty, context.partitionKey?.hasCrossSiteAncestor]).toEqual([thirdParty, ancestor])
  })

  it('has the top-level site for a partition key', () => {
    const key = contextOf({ ...page('https://pay.shop.test/', `${A}/`), url: B }).partitionKey
    expect(key).toEqual({ topLevelSite: 'https://shop.test', hasCrossSiteAncestor: true })
  })
})

describe('what differs by the scheme alone', () => {
  it.each<[string, Row, boolean]>([
    ['an http page', { ...page('http://www.shop.test/'), initiator: 'http://www.shop.test' }, true],
    ['an http navigation', { initiator: 'http://shop.test' }, true],
    ['another site', { ...page('http://other.test/'), initiator: 'http://other.test' }, false],
    [
      'an http page with a foreign frame between',
      page('https://www.shop.test/', `${B}/`, 'http://www.shop.test/'),
      false,
    ],
    ['nothing', page(`${A}/`), false],
  ])('%s: %s', (_what, row, only) => expect(contextOf(row).onlySchemeDiffers).toBe(only))

  it('is one site to a browser without schemeful sites', () => {
    const row = { ...page('http://www.shop.test/'), initiator: 'http://www.shop.test' }
    expect(contextOf(row, schemeless)).toMatchObject({ sending: 'strict', thirdParty: false, onlySchemeDiffers: false })
  })
})

describe('a browser that counts the hops of a redirect', () => {
  it.each<[string, Row, SameSiteContext]>([
    ['typed', { redirectChain: [B] }, 'lax'],
    ['typed, POST', { redirectChain: [B], method: 'POST' }, 'lax-unsafe'],
    ['of its own hops', { redirectChain: [A, 'https://shop.test/'] }, 'strict'],
    ['of a script', { ...page(`${A}/`), redirectChain: [A, B] }, 'cross-site'],
    ['of http hops', { redirectChain: ['http://www.shop.test/'] }, 'lax'],
  ])('%s', (_what, row, sending) => expect(contextOf(row, countingHops).sending).toBe(sending))
})

describe('where redirects count', () => {
  it.each<[string, Row]>([
    ['a navigation', { redirectChain: [B] }],
    ['an image', { ...page(`${A}/`), resourceType: 'image', redirectChain: [`${A}/x`, B] }],
  ])('%s that another site sent on is cross-site for what is sent, not for what is set', (_what, row) => {
    const hopped = contextOf(row, countingHops)
    expect(hopped.sending).toBe(row.resourceType === 'image' ? 'cross-site' : 'lax')
    expect(hopped.foreignHop?.text).toBe(B)
    expect(hopped.setting).toBe(contextOf({ ...row, redirectChain: [] }, countingHops).setting)
    expect(contextOf({ ...row, redirectChain: [A] }, countingHops).foreignHop).toBeNull()
    expect(contextOf(row).sending).toBe('strict')
  })
})

describe('a partition key that compares domains', () => {
  const key = (url: string, ...frames: string[]) =>
    contextOf(
      { ...page(...frames), url, initiator: frames[0] ?? null },
      { schemeful: false, countRedirects: true, partitionAncestorBy: 'domain' },
    ).partitionKey?.hasCrossSiteAncestor

  // As a real extension in Firefox 153 was shown it.
  it.each<[boolean, string, ...string[]]>([
    [false, 'https://api.shop.test/', `${A}/`],
    [false, 'https://api.shop.test/', 'http://www.shop.test/'],
    [true, 'https://other.test/', `${A}/`],
    [true, `${A}/`, `${B}/`, `${A}/`],
    [false, 'http://app.localhost/', 'http://localhost/'],
    [false, 'http://app.localhost/', `${B}/`, 'http://localhost/'],
    [true, 'http://localhost/', 'http://app.localhost/'],
  ])('says %s of %s from %j', (expected, url, ...frames) => expect(key(url, ...frames)).toBe(expected))
})

describe('where the documents around are not known', () => {
  it.each<[string, Row]>([
    ['a script of its own site', page()],
    ['no initiator', { ...page(), initiator: null }],
    ['about:blank alone', page('about:blank')],
    ['a frame of its own site', frame()],
  ])('%s: nothing is decided', (_what, row) => {
    const context = contextOf(row)
    expect(context.missing).toEqual(['frames'])
    expect(context.thirdParty).toBeNull()
    expect(context.partitionKey).toBeNull()
  })

  it('a script of another site is cross-site, and a third party', () => {
    for (const initiator of [B, 'null']) {
      expect(contextOf({ ...page(), initiator })).toMatchObject({
        sending: 'cross-site',
        missing: [],
        thirdParty: true,
      })
    }
  })

  it('a frame that another site sent here is cross-site, and may be the page’s own', () => {
    expect(contextOf({ ...frame(), initiator: B })).toMatchObject({
      sending: 'cross-site',
      missing: [],
      thirdParty: null,
    })
  })
})

it('takes any text for a frame or an initiator', () => {
  for (const text of ['', 'x', '\ud800', 'https://', 'javascript:1', '//', 'null']) {
    expect(contextOf({ ...page(text), initiator: text }).sending).toBe('cross-site')
    expect(contextOf({ initiator: text }).sending).toBe('lax')
  }
})
