import { describe, expect, it } from 'vitest'
import { evidenceIn, type Row } from './testing/recording.ts'

const app = 'https://app.shop.test'
const api = 'https://api.shop.test'
const sid = 'sid=1; Path=/; HttpOnly; Secure; SameSite=Lax'

describe('which exchange is the login', () => {
  it.each<[string, Row[], string | null]>([
    [
      'a form',
      [
        `GET ${app}/login`,
        { request: `POST ${app}/login`, status: 303, location: '/account', set: sid },
        `GET ${app}/account`,
      ],
      '2',
    ],
    ['a script', [`GET ${app}/login`, { request: `POST ${api}/login`, from: `${app}/login`, set: sid }], '2'],
  ])('%s', (_, rows, id) => expect(evidenceIn(rows).login?.request.id ?? null).toBe(id))
})
