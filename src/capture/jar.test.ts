import { expect, it } from 'vitest'
import { cookie, jar, removed, stored } from './event-table.ts'
import { rewind } from './jar.ts'

const pairs = (cookies: ReturnType<typeof rewind>) => cookies.map(({ name, value }) => `${name}=${value}`).sort()

const overwritten = [removed(cookie('a=1'), 1, 'overwrite'), stored(cookie('a=2'), 1)]

it.each([
  ['a new cookie', [cookie('a=1')], [stored(cookie('a=1'), 1)], []],
  ['a new cookie that the reading lacks', [], [stored(cookie('a=1'), 1)], []],
  ['an overwritten one', [cookie('a=2')], overwritten, ['a=1']],
  ['an overwritten one that the reading has still', [cookie('a=1')], overwritten, ['a=1']],
  ['a removed one', [], [removed(cookie('a=1'), 1)], ['a=1']],
  ['one that came and went', [], [stored(cookie('a=1'), 1), removed(cookie('a=1'), 2)], []],
  [
    'several changes',
    [cookie('a=3'), cookie('b=1')],
    [...overwritten, ...[removed(cookie('a=2'), 2, 'overwrite'), stored(cookie('a=3'), 2)]],
    ['a=1', 'b=1'],
  ],
  ['another path', [cookie('a=1'), cookie('a=2', { path: '/x' })], [stored(cookie('a=2', { path: '/x' }), 1)], ['a=1']],
  ['nothing', [cookie('a=1')], [jar()], ['a=1']],
])('the store before %s', (_name, cookies, events, before) => {
  expect(pairs(rewind(cookies, events))).toEqual(before)
})
