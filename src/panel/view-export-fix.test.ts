import { expect, it } from 'vitest'
import type { JudgeOptions } from '../contract.ts'
import { judge } from '../judge/index.ts'
import { stackOf } from '../remedies/stacks/index.ts'
import { toMarkdown } from '../report/markdown.ts'
import { problemsOf } from '../report/problems.ts'
import { toReport } from '../report/report.ts'
import { inputOf } from '../report/testing/build.ts'
import type { LogEntry } from './session.ts'
import { entryOf } from './testing/entries.ts'
import { verdictWithSnippets } from './view-export-fix.ts'

const secret = 'Qx7longSecret99'
const entry = (): LogEntry => {
  const line = `connect.sid=${secret}; Domain=api.globex.test; Path=/; Secure`
  const one = entryOf('1', { exchange: { responseHeaders: [{ name: 'Set-Cookie', value: line }] } })
  const options: JudgeOptions = { browser: 'chromium', jar: [], thirdPartyCookies: 'allowed' }
  return { ...one, verdict: judge({ ...one.exchange, credentials: 'include' }, options) }
}
const reported = (one: LogEntry, verdict = one.verdict) => ({ ...one.exchange, id: one.id, verdict, observed: [] })

it('has the lines of the stack beside the corrected line, in a redacted report too', async () => {
  const one = entry()
  const [found] = problemsOf([reported(one)])
  const asked: string[] = []
  const verdict = verdictWithSnippets(one, found?.problems ?? [], (setter) => {
    asked.push(setter)
    return [stackOf('express')]
  })
  expect(asked).toEqual(['1'])
  const markdown = toMarkdown(await toReport(inputOf([reported(one, verdict)])))
  const [, after = ''] = markdown.split('Corrected line:')
  expect(after).toMatch(/Express 5[^\n]*`app\.js`:\n\n```js\n[^`]*session\(/)
  expect(after).toContain('Documented at `https://')
  expect(markdown).not.toContain(secret)
})

it('is in words alone where no stack is known', () => {
  const one = entry()
  const [found] = problemsOf([reported(one)])
  expect(verdictWithSnippets(one, found?.problems ?? [], () => [])).toEqual(one.verdict)
})
