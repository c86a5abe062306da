import { describe, expect, it } from 'vitest'
import { tell } from './tell.ts'
import { evidenceIn, type RecordingOptions, type Row } from './testing/recording.ts'
import {
  account,
  app,
  bearer,
  form,
  good,
  me,
  other,
  page,
  refresh,
  reload,
  script,
  token,
} from './testing/tell-rows.ts'

describe('the health check', () => {
  const checks = (rows: readonly Row[], options?: RecordingOptions) =>
    tell(evidenceIn(rows, options), [])?.checks.map(({ id, mark }) => `${mark === 'ok' ? '' : '!'}${id}`)
  const verified = ['issued', 'valid', 'stored', 'returned', 'accepted', 'reload']
  const lasting = (line: string, ...after: Row[]): Row[] => [page, form(line), `GET ${account}`, reload, ...after]

  it.each<[string, readonly Row[], string[], RecordingOptions?]>([
    ['all is well', lasting(`${good}; Max-Age=86400`, `GET ${app}/cart`), [...verified, 'navigation']],
    ['until the browser is closed', lasting(good), [...verified, '!session-cookie']],
    ['minutes', lasting(`${good}; Max-Age=600`), [...verified, '!lifetime']],
    ['readable', lasting('sid=hush; Path=/; Secure; SameSite=Lax; Max-Age=86400'), [...verified, '!http-only']],
    ['plain', lasting('sid=hush; Path=/; HttpOnly; SameSite=Lax; Max-Age=86400'), [...verified, '!secure']],
    ['left to the browser', lasting('sid=hush; Path=/; HttpOnly; Secure; Max-Age=86400'), [...verified, '!same-site']],
    [
      'a short cookie beside a long one',
      [
        page,
        form([
          `${good}; Max-Age=600`,
          'refresh_token=hush; Path=/refresh; HttpOnly; Secure; SameSite=Strict; Max-Age=86400',
        ]),
        `GET ${account}`,
        reload,
      ],
      verified,
    ],
    [
      'on another site',
      [
        page,
        { ...script('sid=hush; HttpOnly; Secure; SameSite=None; Max-Age=86400'), request: `POST ${other}/login` },
        me({ request: `GET ${other}/me` }),
      ],
      ['issued', 'valid', 'stored', 'returned', 'accepted', 'cors', '!third-party'],
    ],
    [
      'a token beside a cookie that was not sent yet',
      [page, script(refresh, token), me({ requestHeaders: bearer }), reload, me({ requestHeaders: bearer })],
      [...verified.slice(0, -1), 'navigation', 'cors'],
    ],
    ['nothing of a login that breaks', [page, form('sid=hush; SameSite=None')], []],
  ])('%s', (_, rows, expected, options) => expect(checks(rows, options)).toEqual(expected))

  it('says nothing of a way back where a token was sent', () => {
    const titleOf = (rows: readonly Row[]) =>
      tell(evidenceIn(rows), [])?.checks.find(({ id }) => id === 'returned')?.title
    expect(titleOf([page, script(refresh, token), me({ requestHeaders: bearer }), reload])).toBe('Sent')
    expect(titleOf([page, script([good, refresh]), me(), reload])).toBe('Sent back')
  })
})
