/** `npm run docs`: writes docs/rules, and takes away the pages of rules that are no more. */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { loadPages, pagesFolder } from './docs-load.ts'

const pages = await loadPages()
mkdirSync(pagesFolder, { recursive: true })
for (const file of readdirSync(pagesFolder)) if (!pages.has(file)) rmSync(path.join(pagesFolder, file))
for (const [file, text] of pages) writeFileSync(path.join(pagesFolder, file), text)
console.log(`docs/rules: ${pages.size} pages`)
