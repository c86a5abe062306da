import { describe, expect, it } from 'vitest'
import { tell } from './tell.ts'
import { evidenceIn, type RecordingOptions, type Row } from './testing/recording.ts'

const app = 'https://app.shop.test'
const api = 'https://api.other.test'
const cors = (origin: string) => ({ 'Access-Control-Allow-Origin': origin, 'Access-Control-Allow-Credentials': 'true' })
const firefox: RecordingOptions = { browser: 'firefox', thirdPartyCookies: 'partitioned' }

const advice = (rows: readonly Row[], options: RecordingOptions = {}): string => {
  const story = tell(evidenceIn(rows, options), [])
  expect(story?.outcome).not.toBe('broken')
  const [check, ...more] = (story?.checks ?? []).filter(({ id }) => id === 'same-site')
  expect(more).toEqual([])
  expect(JSON.stringify(story)).not.toContain('hush')
  return check?.detail ?? ''
}

/** A page's script logs in elsewhere, asks who is there, and does so again after a reload. */
const across = (page: string, host: string, line: string): Row[] => {
  const responseHeaders = cors(page)
  const me: Row = { request: `GET ${host}/me`, from: `${page}/`, responseHeaders }
  return [
    `GET ${page}/`,
    { request: `POST ${host}/login`, from: `${page}/`, set: line, responseHeaders, body: { password: true } },
    me,
    { request: `GET ${page}/`, reload: true },
    me,
  ]
}

describe('what to write where SameSite is left out fits how the cookie was used', () => {
  it('on one site: Lax', () => {
    const rows = across(app, 'https://api.shop.test', 'sid=hush; Path=/; HttpOnly; Secure')
    expect(advice(rows)).toContain('write `SameSite=Lax`, or what is meant')
  })

  it('by a script of another site: None, for Lax would end the login', () => {
    const told = advice(across(app, api, 'connect.sid=hush; Path=/; HttpOnly; Secure'), firefox)
    expect(told).toContain('write `SameSite=None; Secure`')
    expect(told).toContain('`https://app.shop.test`')
    expect(told).toContain('`https://api.other.test`')
    expect(told).not.toContain('write `SameSite=Lax`')
  })

  it('on one’s own machine by two names: one name for both', () => {
    const told = advice(across('http://localhost', 'http://127.0.0.1', 'connect.sid=hush; Path=/; HttpOnly'), firefox)
    expect(told).toContain('the name that the page has, `localhost`')
    expect(told).not.toMatch(/write `SameSite/)
  })

  it('over plain http: None needs https first', () => {
    const told = advice(across('http://app.shop.test', 'http://api.other.test', 'sid=hush; Path=/; HttpOnly'), firefox)
    expect(told).toContain('https')
    expect(told).not.toMatch(/write `SameSite/)
  })

  it('on a page in another site’s frame: None', () => {
    const portal = 'https://portal.other.test/'
    const frame = { type: 'sub_frame', from: portal } as const
    const rows: Row[] = [
      `GET ${portal}`,
      { request: `GET ${app}/login`, ...frame, initiator: 'https://portal.other.test' },
      {
        request: `POST ${app}/login`,
        ...frame,
        initiator: app,
        status: 303,
        location: '/account',
        set: 'sid=hush; Path=/; HttpOnly; Secure',
        body: { password: true },
      },
      { request: `GET ${app}/account`, ...frame, initiator: app },
      { request: `GET ${app}/api/me`, from: `${app}/account` },
      { request: `GET ${portal}`, reload: true },
      { request: `GET ${app}/account`, ...frame, initiator: 'https://portal.other.test' },
      { request: `GET ${app}/api/me`, from: `${app}/account` },
    ]
    expect(advice(rows, { browser: 'firefox' })).toContain('write `SameSite=None; Secure`')
  })

  it('from http to https of one site: https for both', () => {
    const rows = across('http://app.shop.test', 'https://api.shop.test', 'sid=hush; Path=/; HttpOnly; Secure')
    expect(advice(rows, firefox)).toContain('Serve both over https, then `SameSite=Lax` will do')
  })

  it('a link from another site changes nothing: Lax goes along with it', () => {
    const rows: Row[] = [
      `GET ${app}/login`,
      { request: `POST ${app}/login`, status: 303, location: '/account', set: 'sid=hush; Path=/; HttpOnly; Secure' },
      `GET ${app}/account`,
      { request: `GET ${app}/account`, reload: true },
      { request: `GET ${app}/orders`, initiator: 'https://mail.other.test' },
    ]
    expect(advice(rows)).toContain('write `SameSite=Lax`, or what is meant')
  })
})
