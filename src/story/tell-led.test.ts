import { describe, expect, it } from 'vitest'
import { tell } from './tell.ts'
import { evidenceIn, type Row } from './testing/recording.ts'

const app = 'https://app.shop.test'
const api = 'https://api.shop.test'
const page = `GET ${app}/login`
const account = `${app}/account`
const form = (set: string, location = '/account'): Row => ({ request: `POST ${app}/login`, status: 303, location, set })

describe('where a login led', () => {
  const ledOf = (rows: readonly Row[]) => {
    const story = tell(evidenceIn(rows), [])
    return { ...story?.steps.find(({ id }) => id === 'redirects'), arrows: story?.arrows }
  }
  it('was back to the login', () => {
    const dropped = form('sid=hush; Domain=other.test; Path=/')
    expect(ledOf([page, dropped, { request: `GET ${account}`, status: 303, location: '/login' }, page])).toMatchObject({
      mark: 'risky',
      title: 'back to /login',
      detail: '`GET /account` sends the visitor back to the login (303).',
    })
    expect(ledOf([page, form('sid=hush; Path=/', '/login'), page])).toMatchObject({ title: 'back to /login' })
  })
  it('was to a page that is refused', () => {
    const dropped = form('sid=hush; Domain=other.test; Path=/')
    expect(ledOf([page, dropped, { request: `GET ${account}`, status: 401 }])).toMatchObject({
      mark: 'risky',
      title: 'on to /account: 401',
      detail: 'The visitor is led on to `GET /account`, which is answered 401.',
    })
  })
  it('is fine where the login works', () => {
    const after: Row[] = [`GET ${account}`, { request: `GET ${account}`, reload: true }]
    expect(ledOf([page, form('sid=hush; Path=/; HttpOnly; Secure'), ...after])).toMatchObject({
      mark: 'ok',
      title: 'on to /account',
    })
  })
  it('is nowhere, where the login was never sent; nor is that drawn', () => {
    const asked = { 'Access-Control-Request-Method': 'POST' }
    const preflight: Row = { request: `OPTIONS ${api}/login`, from: `${app}/login`, requestHeaders: asked, status: 403 }
    const { arrows, ...led } = ledOf([
      page,
      preflight,
      { request: `POST ${api}/login`, id: 'login', from: `${app}/login`, status: 0, state: 'failed' },
      { request: `GET ${account}`, initiator: app },
    ])
    expect(led).toMatchObject({ mark: 'open', title: 'led on' })
    expect(arrows?.map(({ label }) => label)).toContain('OPTIONS /login')
    expect(arrows?.map(({ label }) => label)).not.toContain('POST /login')
  })
})
