import { describe, expect, it } from 'vitest'
import { outlineOfForm, outlineOfText } from './body-outline.ts'

const outlined = (value: unknown): unknown => JSON.parse(outlineOfText(JSON.stringify(value))?.body ?? 'null')

describe('of JSON', () => {
  it('names stay, values go', () => {
    expect(outlined({ user: { email: 'ada', pin: 1234, keep: true }, list: ['hush', { password: 'hush' }] })).toEqual({
      user: { email: '', pin: null, keep: null },
      list: ['', { password: '' }],
    })
  })
  it('only that it renews a token stays', () => {
    expect(outlined({ grant_type: 'refresh_token', refresh_token: 'hush' })).toEqual({
      grant_type: 'refresh_token',
      refresh_token: '',
    })
    expect(outlined({ grant_type: 'hush', x: 'refresh_token' })).toEqual({ grant_type: '', x: '' })
  })
  it.each([
    ['mutation { login(name: "hush", password: "hush \\" pin: hush") { token } }', 'name: password:'],
    ['mutation L($p: String!) { login(password: $p, code: 123456) }', 'p: password: code:'],
    ['mutation { login(text: """hush "password: hush" """) }', 'text: password:'],
    ['{ me { name } }', ''],
    ['hush', ''],
    ['mutation { login(password: "hush', 'password:'],
  ])('of the query %s: %s', (query, expected) => expect(outlined({ query })).toEqual({ query: expected }))

  it.each([
    ['a text', 'hush'],
    ['a form', 'password=hush'],
    ['half of it', '{"password":"hush'],
    ['too long', JSON.stringify({ password: 'x'.repeat(70_000) })],
    ['too deep to be read', '['.repeat(60_000)],
  ])('there is none of %s', (_name, text) => expect(outlineOfText(text)).toBe(null))

  it('no value takes the place of a name, nor does any name do harm', () => {
    expect(outlined({ ['hush'.repeat(20)]: 1, 'a"b': 2, '{}': 3, password: '' })).toEqual({ password: '' })
    expect(outlineOfText('{"__proto__":{"x":"hush"}}')?.body).toBe('{"__proto__":{"x":""}}')
  })
})

describe('of a form', () => {
  it('names stay, values go', () => {
    const { type, body } = outlineOfForm({ 'user[email]': ['ada'], password: ['hush', 'hush'], file: ['hush.txt'] })
    expect(type).toBe('application/x-www-form-urlencoded')
    expect([...new URLSearchParams(body)]).toEqual([
      ['user[email]', ''],
      ['password', ''],
      ['file', ''],
    ])
  })
  it('only that it renews a token stays', () => {
    expect(outlineOfForm({ grant_type: ['refresh_token'], refresh_token: ['hush'] }).body).toBe(
      'grant_type=refresh_token&refresh_token=',
    )
  })
  it('JSON that was sent as one has no name', () => {
    expect(outlineOfForm({ '{"password":"hush"}': [''] }).body).toBe('')
  })
})
