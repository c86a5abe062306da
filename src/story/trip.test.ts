import { describe, expect, it } from 'vitest'
import { evidenceIn, type RequestRow, type Row, recordingOf } from './testing/recording.ts'
import { isReturnAgain } from './trip.ts'

const app = 'https://app.shop.test'
const idp = 'https://id.provider.test'
const back = (more: Partial<RequestRow> = {}): RequestRow => ({
  request: `GET ${app}/callback?code=hush-c&state=hush-s`,
  initiator: idp,
  ...more,
})
const failed = { status: 0, error: 'net::ERR_CONNECTION_REFUSED' }

describe('a return that is asked for again', () => {
  const pairs: readonly [name: string, before: RequestRow, later: RequestRow, isAgain: boolean][] = [
    ['no answer, twice', back(failed), back(failed), true],
    ['no answer, then one', back(failed), back(), true],
    ['answered before', back(), back(failed), false],
    ['answered twice', back(), back(), false],
    ['another code', back(failed), back({ request: `GET ${app}/callback?code=hush-d&state=hush-s` }), false],
    [
      'a form’s answer, whose code is in the body',
      back({ request: `POST ${app}/callback`, ...failed }),
      back({ request: `POST ${app}/callback`, ...failed }),
      false,
    ],
    [
      'a form’s answer, then its address by hand',
      back({ request: `POST ${back().request.slice(4)}`, ...failed }),
      back(),
      false,
    ],
    [
      'no return',
      back({ request: `GET ${app}/account`, ...failed }),
      back({ request: `GET ${app}/account`, ...failed }),
      false,
    ],
  ]
  for (const [name, before, later, isAgain] of pairs)
    it(`${name}: ${isAgain}`, () => {
      const { seen } = recordingOf([before, later])
      const [one, other] = seen
      if (one === undefined || other === undefined) throw new Error('two rows')
      expect(isReturnAgain(one, other)).toBe(isAgain)
      expect(isReturnAgain(one, one)).toBe(false)
    })
})

describe('what the app asked of the provider', () => {
  const asks = (state: string | null, host = idp): string =>
    `${host}/authorize?client_id=shop&redirect_uri=${encodeURIComponent(`${app}/callback`)}${state === null ? '' : `&state=${state}`}`
  const begins = (state: string | null): Row[] => [
    `GET ${app}/login`,
    { request: `GET ${app}/auth`, status: 302, location: asks(state) },
    `GET ${asks(state)}`,
  ]
  const posts = (state: string | null, more: Partial<RequestRow> = {}): Row => ({
    request: `POST ${asks(state)}`,
    initiator: idp,
    ...more,
  })
  const cases: readonly [name: string, rows: readonly Row[], id: string][] = [
    ['asked once', [...begins('a'), back()], '3'],
    ['the provider’s form posts to its own address', [...begins('a'), posts('a'), posts('a'), back()], '3'],
    ['the same without a state', [...begins(null), posts(null), posts(null), back()], '3'],
    [
      'the form posts to another host of the provider',
      [...begins('a'), posts('a', { request: `POST ${asks('a', 'https://login.provider.test')}` }), back()],
      '3',
    ],
    [
      'a script asked as well',
      [{ request: `GET ${asks('a')}`, from: `${app}/login` }, ...begins('a'), posts('a'), back()],
      '4',
    ],
    ['a trip that was broken off before', [...begins('a'), ...begins('b'), posts('b'), back()], '6'],
    ['the same without a state', [...begins(null), ...begins(null), posts(null), back()], '6'],
    ['the form alone: the log begins there', [posts('a'), back()], '1'],
  ]
  for (const [name, rows, id] of cases)
    it(`${name}: ${rows.length} rows`, () => expect(evidenceIn(rows).login?.oauth?.authorize?.id).toBe(id))
})
