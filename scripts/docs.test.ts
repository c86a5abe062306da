import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, expect, it } from 'vitest'
import { sendRules, setRules, warnRules } from '../src/rules/index.ts'
import { notObservable } from '../src/rules/not-observable.ts'
import { loadPages, pagesFolder, unwritten } from './docs-load.ts'
import { type Operation, pageName } from './docs-rules.ts'
import { newRule } from './new-rule-files.ts'

let pages = new Map<string, string>()

beforeAll(async () => {
  pages = await loadPages()
  // Seconds on a quiet machine.
}, 60_000)

const ids: Record<Operation, string[]> = {
  set: [...setRules, ...warnRules].map(({ id }) => id),
  send: sendRules.map(({ id }) => id),
}

const rules = (['set', 'send'] as const).flatMap((operation) => ids[operation].map((id) => ({ id, operation })))
const leftOut = (['set', 'send'] as const).flatMap((operation) =>
  Object.keys(notObservable[operation]).map((id) => ({ id, operation })),
)

const pageOf = (id: string, operation: Operation): string => pages.get(pageName(id, operation)) ?? ''

it("say what the rules are, in words other than the template's", () => {
  expect(unwritten(pages)).toEqual([])
  const [template] = newRule('ExampleRule', 'set').files
  expect(unwritten(new Map([['ExampleRule-set.md', template?.text ?? '']]))).toHaveLength(3)
})

it('are current: after a change of a rule or its test, run npm run docs', () => {
  const written = new Map(readdirSync(pagesFolder).map((file) => [file, read(file)]))
  expect([...written.keys()].sort()).toEqual([...pages.keys()].sort())
  for (const [file, text] of pages) expect(written.get(file), `docs/rules/${file}: run npm run docs`).toBe(text)
})

const read = (file: string): string => readFileSync(path.join(pagesFolder, file), 'utf8')

it.each([...rules, ...leftOut])('$id, $operation, has a page, and stands in the index', ({ id, operation }) => {
  expect(pageOf(id, operation)).toContain(`# ${id}, when `)
  expect(pages.get('README.md')).toContain(`| [${id}](${pageName(id, operation)}) |`)
})

it.each(rules)('$id, $operation, shows what it finds and what it lets pass', ({ id, operation }) => {
  const [, found = '', passed = ''] = pageOf(id, operation).split(
    /\n## What it (?:blocks|warns of|is not certain of|lets pass)\n/,
  )
  expect(found).toMatch(/\n### \S/)
  expect(found).toContain('\nRequest: ')
  expect(passed.match(/\n\| (?!Line|Cookie|---)/g)?.length).toBeGreaterThan(0)
})

it('show whatever a table holds as text: no character that hides or reorders, no markup outside of code', () => {
  for (const [file, text] of pages) {
    expect(text, file).not.toMatch(/[^\P{C}\n]|[\p{Zl}\p{Zp}]/u)
    const [, ...body] = text
      .replace(/```[\s\S]*?```/g, '')
      .replace(/(`+)[^`][\s\S]*?\1/g, '')
      .split('\n')
    expect(body.join('\n'), file).not.toMatch(/<\w|!\[|\bhttps?:\/\//)
    expect(text, file).not.toMatch(/undefined|\[object|NaN/)
  }
})

it('link to pages that are there', () => {
  for (const [file, text] of pages) {
    for (const [, target = ''] of text.matchAll(/\]\(([\w.-]+\.md)(?:#[\w-]+)?\)/g))
      expect(pages.has(target), `${file}: ${target}`).toBe(true)
  }
})
