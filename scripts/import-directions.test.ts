import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

/** The lint rule that holds the one-way flow, tried with one import in every direction, in a folder of its own. */

const root = fileURLToPath(new URL('..', import.meta.url))
const rooms = [
  'cookie',
  'browsers',
  'remedies',
  'rules',
  'judge',
  'story',
  'diagnoses',
  'report',
  'capture',
  'background',
  'panel',
  'cli',
]

/** What each room may import beside contract.ts and itself. */
const allowed: Record<string, string[]> = {
  cookie: [],
  browsers: ['cookie'],
  remedies: ['cookie'],
  rules: ['cookie', 'browsers', 'remedies'],
  judge: ['cookie', 'browsers', 'remedies', 'rules'],
  story: ['cookie', 'browsers', 'remedies', 'rules', 'judge'],
  diagnoses: ['cookie', 'browsers', 'remedies', 'rules', 'judge', 'story'],
  report: ['cookie', 'browsers', 'remedies', 'rules', 'judge'],
  capture: ['cookie', 'judge', 'webextension-polyfill'],
  background: ['capture', 'webextension-polyfill'],
  panel: [...rooms.filter((room) => !['background', 'panel', 'cli'].includes(room)), 'webextension-polyfill'],
  cli: [...rooms.filter((room) => !['background', 'panel', 'cli'].includes(room)), 'node:fs'],
}

const outside = ['e2e', 'webextension-polyfill', 'node:fs']

/** One import a line; `up`: from the probe's folder to src. */
const probe = (room: string, up: string): { target: string; line: string }[] => [
  { target: 'contract', line: `export type * from '${up}contract.ts'` },
  { target: room, line: "export * from './neighbour.ts'" },
  { target: 'vitest', line: "export { it } from 'vitest'" },
  ...rooms
    .filter((other) => other !== room)
    .flatMap((target) => [
      { target, line: `import '${up}${target}/a.ts'` },
      { target, line: `import type { A } from '${up}${target}/b/a.ts'` },
      { target, line: `export * from '${up}${target}/index.ts'` },
      { target, line: `await import('${up}${target}/a.ts')` },
    ]),
  { target: 'e2e', line: `import '${up}../e2e/sites/shop.ts'` },
  { target: 'webextension-polyfill', line: "import 'webextension-polyfill'" },
  { target: 'node:fs', line: "import 'node:fs'" },
]

const files = rooms.flatMap((room) => [
  { room, file: `src/${room}/probe.ts`, lines: probe(room, '../') },
  { room, file: `src/${room}/deep/probe.test.ts`, lines: probe(room, '../../') },
])

interface Diagnostic {
  category: string
  location: { path: string; start: { line: number } }
}

let folder = ''
let refused: Diagnostic[] = []

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'import-directions-'))
  copyFileSync(path.join(root, 'biome.json'), path.join(folder, 'biome.json'))
  for (const { file, lines } of files) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true })
    writeFileSync(path.join(folder, file), lines.map(({ line }) => `${line}\n`).join(''))
  }
  const biome = path.join(root, 'node_modules/@biomejs/biome/bin/biome')
  const options = ['--only=style/noRestrictedImports', '--reporter=json', '--max-diagnostics=none']
  let output = ''
  try {
    output = execFileSync(process.execPath, [biome, 'lint', ...options, 'src'], {
      cwd: folder,
      encoding: 'utf8',
      stdio: 'pipe',
    })
  } catch (error) {
    output = (error as { stdout: string }).stdout
  }
  refused = (JSON.parse(output.slice(output.indexOf('{'))) as { diagnostics: Diagnostic[] }).diagnostics
})

afterAll(() => rmSync(folder, { recursive: true }))

describe.each(files)('$file', ({ room, file, lines }) => {
  it('may import what its room may, and nothing else', () => {
    const own = refused.filter(({ location }) => location.path.replaceAll('\\', '/').endsWith(file))
    expect(own.every(({ category }) => category === 'lint/style/noRestrictedImports')).toBe(true)
    const refusedLines = new Set(own.map(({ location }) => lines[location.start.line - 1]?.line))
    const forbidden = lines.filter(
      ({ target }) =>
        (rooms.includes(target) || outside.includes(target)) && target !== room && !allowed[room]?.includes(target),
    )
    expect([...refusedLines].sort()).toEqual(forbidden.map(({ line }) => line).sort())
  })
})
