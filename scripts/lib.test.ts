import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseAst } from 'vite'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildLibrary } from './lib.mjs'

/** The library as others have it: built, installed in an empty project, without TypeScript's sources or our packages. */

const root = fileURLToPath(new URL('..', import.meta.url))
const project = mkdtempSync(path.join(tmpdir(), 'library-'))
const installed = path.join(project, 'node_modules/cookie-verdict')

beforeAll(async () => {
  await buildLibrary(path.join(installed, 'dist/lib'))
  copyFileSync(path.join(root, 'package.json'), path.join(installed, 'package.json'))
  writeFileSync(path.join(project, 'package.json'), '{ "type": "module" }')
})

afterAll(() => rmSync(project, { recursive: true }))

const write = (file: string, text: string): string => {
  const target = path.join(project, file)
  mkdirSync(path.dirname(target), { recursive: true })
  writeFileSync(target, text)
  return target
}

const node = (...args: string[]): string =>
  execFileSync(process.execPath, args, { cwd: project, encoding: 'utf8', stdio: 'pipe' })

const manual = readFileSync(path.join(root, 'docs/library.md'), 'utf8')
/** All blocks of a kind in docs/library.md, in order. */
const blocks = (kind: 'js' | 'text'): string =>
  Array.from(manual.matchAll(new RegExp(`\`\`\`${kind}\\n([\\s\\S]+?)\`\`\``, 'g')), ([, block = '']) => block).join('')

it('runs in plain Node as docs/library.md has it, one example after another', () => {
  expect(blocks('text')).toContain('safari blocked')
  expect(node(write('example.mjs', blocks('js')))).toBe(blocks('text'))
})

it("takes the DevTools protocol's cookies as docs/library.md makes them", () => {
  const common = { name: 'a', value: '1', path: '/', secure: true, httpOnly: false }
  const partitionKey = { topLevelSite: 'https://shop.example', hasCrossSiteAncestor: false }
  // As Chromium 156 gives them: sameSite is left out where the line had none, and a session cookie expires at -1.
  const cookies = [
    { ...common, domain: 'shop.example', expires: -1, session: true },
    { ...common, domain: '.shop.example', expires: 1_795_257_011.162, session: false, sameSite: 'Lax' },
    { ...common, domain: 'shop.example', expires: -1, session: true, sameSite: 'None', partitionKey },
  ]
  const asked = `
const made = ${JSON.stringify(cookies)}.map(storedCookie)
const home = { ...exchange, url: 'https://shop.example/', initiator: null, frames: [], resourceType: 'main_frame', responseHeaders: [] }
const judged = judge(home, { browser: 'chromium', jar: made }).cookies
console.log(JSON.stringify(judged.map(({ cookie, outcome }) => [outcome, cookie.hostOnly, cookie.sameSite, cookie.expirationDate])))`
  const file = write('devtools.mjs', `${blocks('js').replaceAll('console.log', 'void ')}${asked}`)
  expect(JSON.parse(node(file))).toEqual([
    ['sent', true, 'unspecified', null],
    ['sent', false, 'lax', 1_795_257_011.162],
    ['sent', true, 'no_restriction', null],
  ])
})

it('brings everything with it: no import is left, of no package and of no module of Node', () => {
  const { body } = parseAst(readFileSync(path.join(installed, 'dist/lib/index.js'), 'utf8'))
  expect(body.filter((statement) => 'source' in statement && statement.source !== null)).toEqual([])
  expect(JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'))).not.toHaveProperty('dependencies')
})

const consumer = `
import {
  applyVerdict,
  type Browser,
  type Exchange,
  type ExchangeVerdict,
  judge,
  type JudgeOptions,
  type ParsedSetCookie,
  parseSetCookie,
  type Reason,
  type StoredCookie,
} from 'cookie-verdict'

const browser: Browser = 'chromium'
const exchange: Exchange = {
  url: 'https://shop.example/',
  method: 'GET',
  resourceType: 'main_frame',
  initiator: null,
  frames: [],
  requestHeaders: [],
  status: 200,
  responseHeaders: [],
  time: 0,
}
const options: JudgeOptions = { browser, jar: [] }
const verdict: ExchangeVerdict = judge(exchange, options)
const jar: StoredCookie[] = applyVerdict([], verdict)
const parsed: ParsedSetCookie = parseSetCookie('a=b', { browser })
const start: number | undefined = parsed.attributes[0]?.span.start
const reasons: Reason[] = verdict.setCookies.flatMap((line) => line.reasons)
export { jar, start, reasons }
// @ts-expect-error no such browser
parseSetCookie('a=b', { browser: 'opera' })
// @ts-expect-error no such outcome
export const wrong = verdict.setCookies[0]?.outcome === 'eaten'
`

it.each([
  ['node16', 'node16'],
  ['nodenext', 'nodenext'],
  ['esnext', 'bundler'],
])('has types for module %s and moduleResolution %s, strict and without the DOM', (module, moduleResolution) => {
  const config = write(
    `${moduleResolution}/tsconfig.json`,
    JSON.stringify({
      compilerOptions: {
        strict: true,
        exactOptionalPropertyTypes: true,
        noUncheckedIndexedAccess: true,
        verbatimModuleSyntax: true,
        skipLibCheck: false,
        noEmit: true,
        target: 'es2022',
        lib: ['es2022'],
        types: [],
        module,
        moduleResolution,
      },
      files: ['consumer.ts'],
    }),
  )
  write(`${moduleResolution}/consumer.ts`, consumer)
  const tsc = path.join(root, 'node_modules/typescript/bin/tsc')
  let said = ''
  try {
    said = node(tsc, '--project', config)
  } catch (error) {
    said = (error as { stdout: string }).stdout
  }
  expect(said).toBe('')
})
