/** `npm run docs`: writes docs/rules, and takes away the pages of rules that are no more. */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { Failure, main } from './command.mjs'
import { loadPages, pagesFolder, unwritten } from './docs-load.ts'

await main(async () => {
  const pages = await loadPages()
  const left = unwritten(pages)
  if (left.length > 0) throw new Failure(`Nothing was written: a rule has no words of its own yet.\n${left.join('\n')}`)
  mkdirSync(pagesFolder, { recursive: true })
  for (const file of readdirSync(pagesFolder)) if (!pages.has(file)) rmSync(path.join(pagesFolder, file))
  for (const [file, text] of pages) writeFileSync(path.join(pagesFolder, file), text)
  console.log(`docs/rules: ${pages.size} pages`)
})
