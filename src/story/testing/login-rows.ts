import type { RequestRow, Row } from './recording.ts'

export const app = 'https://app.shop.test'
export const api = 'https://api.shop.test'
export const idp = 'https://id.provider.test'
export const sid = 'sid=1; Path=/; HttpOnly; Secure; SameSite=Lax'
export const linkToken = '2dbd7fe3fb16bd45aa8713bba7d5ea5c0a87a4e3'
export const page = `GET ${app}/login`
export const form = { 'Content-Type': 'application/x-www-form-urlencoded' }
export const authorize = `${idp}/authorize?client_id=a&response_type=code&state=s&redirect_uri=${encodeURIComponent(`${app}/auth/callback`)}`
export const state = 'oauth_state=s; Path=/; HttpOnly; Secure; SameSite=Lax'

export const from = (path: string, row: RequestRow): RequestRow => ({ from: app + path, ...row })
/** A server that sets its session anew with each answer; a shop in a language that no list has. */
export const anew = (number: number): string => `laravel_session=${number}; Path=/; HttpOnly`
export const toCart = (path: string, number: number): RequestRow => ({
  request: `GET ${app}${path}`,
  status: 302,
  location: '/gio-hang',
  set: anew(number),
})
export const emptyCart: readonly Row[] = [
  { request: `GET ${app}/`, set: anew(1) },
  toCart('/thanh-toan', 2),
  { request: `GET ${app}/gio-hang`, set: anew(3) },
  toCart('/dat-hang', 4),
  { request: `GET ${app}/gio-hang`, set: anew(5) },
]
export const login: RequestRow = {
  request: `POST ${app}/login`,
  id: 'login',
  status: 303,
  location: '/account',
  set: sid,
}

/** Redirected to the provider, logged in there, sent back. */
export const trip: readonly Row[] = [
  page,
  { request: `GET ${app}/auth/google`, id: 'start', status: 302, location: authorize, set: state },
  { request: `GET ${authorize}`, id: 'authorize' },
  {
    request: `POST ${idp}/login`,
    status: 302,
    location: `${app}/auth/callback?code=c&state=s`,
    set: 'idp_session=1; Path=/; HttpOnly; Secure',
  },
]
export const back: RequestRow = { request: `GET ${app}/auth/callback?code=c&state=s`, id: 'login' }
