import { describe, expect, it } from 'vitest'
import { leadsTo, withRoutes } from './router-redirects.ts'
import { type RequestRow, recordingOf } from './testing/recording.ts'

const app = 'https://app.shop.test'
const page = `${app}/login`
const data = { 'Content-Type': 'text/x-script', 'X-Remix-Response': 'yes' }
const answered = { request: `GET ${app}/account.data`, from: page, status: 202, responseHeaders: data }

/** Whither an answer leads that is followed by a request. */
const ledBy = (next: RequestRow, first: Partial<RequestRow> = {}): string | null => {
  const { seen } = recordingOf([`GET ${page}`, { ...answered, ...first }, next])
  const [, one] = withRoutes(seen)
  return one === undefined ? null : (leadsTo(one)?.href ?? null)
}

describe('a router is led', () => {
  it.each<[string, RequestRow, string]>([
    ['to the page whose data it asks for', { request: `GET ${app}/login.data?to=x`, from: page }, `${app}/login?to=x`],
    ['to the top', { request: `GET ${app}/_root.data`, from: page }, `${app}/`],
    ['to a page that it has the browser load', { request: `GET ${app}/home` }, `${app}/home`],
    [
      'to another site',
      { request: 'GET https://id.other.test/authorize?client_id=x' },
      'https://id.other.test/authorize?client_id=x',
    ],
  ])('%s', (_, next, expected) => expect(ledBy(next)).toBe(expected))

  it('where the header says', () =>
    expect(
      ledBy(
        { request: `GET ${app}/x.data`, from: page },
        { status: 204, responseHeaders: { 'X-Remix-Redirect': '/login' } },
      ),
    ).toBe(`${app}/login`))
})

describe('nothing tells whither', () => {
  it.each<[string, RequestRow, Partial<RequestRow>?]>([
    ['from data, which is no redirect', { request: `GET ${app}/login.data`, from: page }, { status: 200 }],
    ['from another server\u2019s 202', { request: `GET ${app}/login.data`, from: page }, { responseHeaders: {} }],
    ['from a request of another page', { request: `GET ${app}/login.data`, from: `${app}/other` }],
    [
      'from what is fetched ahead',
      { request: `GET ${app}/login.data`, from: page, requestHeaders: { Purpose: 'prefetch' } },
    ],
    ['from what is no route\u2019s data', { request: `GET ${app}/login`, from: page }],
    ['from what comes later', { request: `GET ${app}/login.data`, from: page, at: 60 }],
    ['from a page that the user opens', { request: `GET ${page}`, reload: true }],
    ['from what is sent', { request: `POST ${app}/login.data`, from: page }],
  ])('%s', (_, next, first) => expect(ledBy(next, first)).toBeNull())
})

it('leaves a log alone that has no such answers', () => {
  const { seen } = recordingOf([`GET ${page}`, { request: `POST ${page}`, status: 302, location: '/' }, `GET ${app}/`])
  expect(withRoutes(seen)).toBe(seen)
})
