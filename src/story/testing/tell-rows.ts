import { expect } from 'vitest'
import type { StoryStep } from '../../contract.ts'
import { tell } from '../tell.ts'
import { evidenceIn, type RecordingOptions, type RequestRow, type Row } from './recording.ts'

export const app = 'https://app.shop.test'
export const api = 'https://api.shop.test'
export const other = 'https://api.other.test'
export const idp = 'https://id.provider.test'
export const page = `GET ${app}/login`
export const account = `${app}/account`
export const good = 'sid=hush; Path=/; HttpOnly; Secure; SameSite=Lax'
export const cors = { 'Access-Control-Allow-Origin': app, 'Access-Control-Allow-Credentials': 'true' }
export const bearer = { Authorization: 'Bearer hush' }

export const form = (set: string | readonly string[], over: Partial<RequestRow> = {}): RequestRow => ({
  request: `POST ${app}/login`,
  id: 'login',
  status: 303,
  location: '/account',
  set,
  ...over,
})
export const script = (set: string | readonly string[], over: Partial<RequestRow> = {}): RequestRow => ({
  request: `POST ${api}/login`,
  id: 'login',
  from: `${app}/login`,
  set,
  responseHeaders: cors,
  ...over,
})
export const me = (over: Partial<RequestRow> = {}): RequestRow => ({
  request: `GET ${api}/me`,
  from: account,
  responseHeaders: cors,
  ...over,
})
export const spa: RequestRow = { request: `POST ${app}/api/sessions`, id: 'login', from: `${app}/login`, set: good }
/** The same, whose page tells its address to those it asks. */
export const told: RequestRow = { ...spa, requestHeaders: { Referer: `${app}/login` } }
export const link = (set: string): RequestRow => ({
  request: `GET ${app}/verify/2dbd7fe3fb16bd45aa8713bba7d5ea5c0a87a4e3`,
  initiator: null,
  status: 302,
  location: '/account',
  set,
})
export const reload: Row = { request: `GET ${account}`, reload: true }
export const toLogin = (url: string, over: Partial<RequestRow> = {}): RequestRow => ({
  request: `GET ${url}`,
  status: 303,
  location: '/login',
  ...over,
})
export const token: Partial<RequestRow> = { body: { opaqueTokens: ['access_token'] } }

export const refresh = 'refresh=hush; Path=/auth/refresh; HttpOnly; Secure; SameSite=Strict; Max-Age=604800'

const LETTERS: Record<StoryStep['mark'], string> = { ok: '+', broken: 'X', risky: '!', open: '?', skipped: '-' }

/** One letter a step, in the order page, request, set-cookie, stored, redirects, sent, accepted, reload, navigation; where led back comes of what breaks, behind that. */
export const marksOf = (steps: readonly StoryStep[]): string => steps.map(({ mark }) => LETTERS[mark]).join('')

/** What is told of these requests without a diagnosis: the steps' marks, the sentence, and the outcome that these two mean. */
export const expectTold = (rows: readonly Row[], marks: string, sentence: string, options?: RecordingOptions): void => {
  const story = tell(evidenceIn(rows, options), [])
  expect(story?.sentence).toBe(sentence)
  expect(marksOf(story?.steps ?? [])).toBe(marks)
  const outcome = marks.includes('X') ? 'broken' : sentence.startsWith('This login works') ? 'healthy' : 'open'
  expect(story?.outcome).toBe(outcome)
  expect(JSON.stringify(story)).not.toContain('hush')
}
