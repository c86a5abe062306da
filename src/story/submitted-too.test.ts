import { expect, it } from 'vitest'
import type { Story } from '../contract.ts'
import { evidenceOf } from './evidence-of.ts'
import type { Recording } from './seen.ts'
import { tell } from './tell.ts'
import { type Row, recordingOf } from './testing/recording.ts'

const app = 'https://app.shop.test'
const sid = 'sid=1; Path=/; HttpOnly; Secure; SameSite=Lax'
const rows = (next: string, status = 401): Row[] => [
  `GET ${app}/`,
  { request: `GET ${app}/api/me`, from: `${app}/`, status: 401 },
  { request: `POST ${app}/api/login`, id: 'login', from: `${app}/`, set: sid, body: { password: true } },
  { request: `GET ${next}`, initiator: app },
  { request: `GET ${app}/api/me`, id: 'me', from: next, status },
]

/** The login's answer came after all else had been sent: nothing of it carries what that set. */
const late = ({ seen, ...recording }: Recording): Recording => {
  const at = seen.findIndex(({ id }) => id === 'login')
  const answered = (seen.at(-1)?.started ?? 0) + 500
  return {
    ...recording,
    seen: seen.map((one, i) => ({
      ...one,
      ...(i === at && { exchange: { ...one.exchange, time: answered } }),
      ...(i > at && { verdict: { ...one.verdict, cookies: [] } }),
    })),
  }
}

const toldOf = (recording: Recording): Story => {
  const story = tell(evidenceOf(recording), [])
  if (story === null) throw new Error('no login')
  return story
}
const detailOf = (story: Story, id: string) => story.steps.find((step) => step.id === id)?.detail ?? ''

it('tells of a form that the browser sent besides the script, which was too early for the session', () => {
  const story = toldOf(late(recordingOf(rows(`${app}/?email=a%40b.c&password=hush`))))
  expect(story.outcome).toBe('broken')
  expect(story.sentence).toBe(
    'Your login broke at step 6: `GET /api/me` was sent before the login was answered, because the browser submitted the form besides the script.',
  )
  expect(detailOf(story, 'redirects')).toMatch(/the password too.*`event\.preventDefault\(\)`/)
  expect(detailOf(story, 'sent')).toContain('was answered, when there was no session yet, and was turned away (401).')
  expect(JSON.stringify(story)).not.toContain('hush')
})

it('remarks on it where the login works all the same', () => {
  const story = toldOf(recordingOf([...rows(`${app}/?user=a&pwd=hush`, 200), `GET ${app}/orders`]))
  expect(story.outcome).not.toBe('broken')
  expect(detailOf(story, 'redirects')).toContain('`event.preventDefault()`')
})

it('says when a request was too early, whoever led there', () => {
  const story = toldOf(late(recordingOf(rows(`${app}/`))))
  expect(story.sentence).toBe('Your login broke at step 6: `GET /api/me` was sent before the login was answered.')
})

it.each([
  ['a page of another path', `${app}/home?password=hush`],
  ['no password', `${app}/?email=a`],
])('takes %s for where the login leads', (_name, next) => {
  expect(detailOf(toldOf(recordingOf(rows(next, 200))), 'redirects')).not.toContain('preventDefault')
})

it('leaves a request alone that went after the answer', () => {
  const early = late(recordingOf(rows(`${app}/`)))
  const answered = {
    ...early,
    seen: early.seen.map((one) => ({ ...one, exchange: { ...one.exchange, time: one.started + 50 } })),
  }
  expect(toldOf(answered).sentence).toContain('`GET /api/me` went without a session cookie')
})
