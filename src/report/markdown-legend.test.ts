import { expect, it } from 'vitest'
import { toMarkdown } from './markdown.ts'
import { toReport } from './report.ts'
import { exchangeOf, inputOf } from './testing/build.ts'

const legend = async (query: string): Promise<string> => {
  const page = `https://shop.test/?${query}`
  const markdown = toMarkdown(await toReport(inputOf([exchangeOf()], { page })))
  return /\| Values \| (.*) \|/.exec(markdown)?.[1] ?? ''
}

it.each([
  ['q=0123456789abcdef', '~32b~hash~', ['~hash`', 'one or two', 'ASCII', 'blanks']],
  ['q=hunter2', '`~hash` for', ['~32b', 'one or two', 'ASCII', 'blanks']],
  ['q=1', 'one or two characters has other', ['~32b', '~hash`', 'ASCII', 'blanks']],
  ['q=\u00e9\u00e9', 'characters beyond ASCII', ['~32b', '~hash`', 'blanks']],
  ['q=abcd==', '`=`', ['~32b', 'one or two', 'ASCII']],
  ['', 'replaced, none stands here', ['~', 'one or two']],
])('of %s tells its form, and no other', async (query, told, untold) => {
  const text = await legend(query)
  expect(text).toContain(told)
  for (const other of untold) expect(text).not.toContain(other)
})

it('tells every form there is, beside each other', async () => {
  const text = await legend('a=0123456789abcdef&b=hunter2&c=1')
  for (const told of ['~32b~hash~', '`~hash` for', 'one or two']) expect(text).toContain(told)
  expect(text).toContain('the same hash is the same value')
})
