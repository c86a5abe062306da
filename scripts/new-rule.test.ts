import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type NewRule, newRule, operations } from './new-rule-files.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

describe('names', () => {
  it.each([
    ['ExampleRule', 'example-rule', 'exampleRule'],
    ['SameSiteExample', 'same-site-example', 'sameSiteExample'],
    ['DomainExampleASCII', 'domain-example-ascii', 'domainExampleAscii'],
    ['CORSExample', 'cors-example', 'corsExample'],
  ])('%s makes %s', (name, file, variable) => {
    const made = newRule(name, 'set')
    expect(made).toMatchObject({ file, variable })
    expect(made.files.map(({ path: at }) => at)).toEqual([`src/rules/set/${file}.ts`, `src/rules/set/${file}.test.ts`])
  })

  it.each<[string | undefined, string, string]>([
    [undefined, 'set', 'Which name?'],
    ['exampleRule', 'set', 'is no name for a rule'],
    ['Example Rule', 'set', 'is no name for a rule'],
    ['Example_Rule', 'set', 'is no name for a rule'],
    ['Rule2', 'set', 'is no name for a rule'],
    ['../Example', 'set', 'is no name for a rule'],
    ['', 'set', 'is no name for a rule'],
    ['A', 'set', 'is no name for a rule'],
    ['ExampleRule', 'eat', 'there is set'],
    ['ExampleRule', 'constructor', 'there is set'],
    ['SecureOnly', 'set', 'is taken'],
    ['SecureOnly', 'warn', 'is taken'],
    ['ExpiryCapped', 'set', 'is taken'],
    ['NotOnPath', 'send', 'is taken'],
    ['SyntaxError', 'set', 'not-observable.ts'],
    ['PortMismatch', 'send', 'not-observable.ts'],
  ])('%j of %s is refused in one line: %s', (name, operation, words) => {
    const said = refusal(() => newRule(name, operation))
    expect(said).toContain(words)
    expect(said).not.toContain('\n')
  })

  it('are free in the other operation', () => {
    expect(newRule('NotOnPath', 'set').file).toBe('not-on-path')
    expect(newRule('InvalidDomain', 'send').file).toBe('invalid-domain')
  })
})

const refusal = (run: () => NewRule): string => {
  try {
    return `made ${run().file}`
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

it('names a rule as ours only where the protocol has no such name', () => {
  const changed = (operation: string): string[] =>
    newRule('InvalidPrefixExample', operation).changes.map(({ path: at }) => at)
  expect(changed('set')).toEqual(['src/rules/set/index.ts', 'src/rules/index.test.ts'])
  expect(changed('warn')).toEqual(['src/rules/warn/index.ts'])
})

it('leaves a list alone that it does not know', () => {
  for (const { change } of newRule('ExampleRule', 'set').changes)
    expect(() => change('export {}\n')).toThrow('no longer')
})

describe('the files', () => {
  /** A copy of the project's sources, in which each kind of rule is made and listed. */
  const project = mkdtempSync(path.join(tmpdir(), 'new-rule-'))
  const names = { set: 'ExampleRefused', send: 'ExpiredExample', warn: 'ExampleWarned' }
  const rules = operations.map((operation) => ({ operation, ...newRule(names[operation], operation) }))

  beforeAll(() => {
    cpSync(path.join(root, 'src'), path.join(project, 'src'), { recursive: true })
    for (const file of ['package.json', 'tsconfig.json', 'vitest.config.ts', 'biome.json'])
      cpSync(path.join(root, file), path.join(project, file))
    symlinkSync(path.join(root, 'node_modules'), path.join(project, 'node_modules'))
    for (const { files, changes } of rules) {
      for (const { path: at, text } of files) writeFileSync(path.join(project, at), text)
      for (const { path: at, change } of changes)
        writeFileSync(path.join(project, at), change(readFileSync(path.join(project, at), 'utf8')))
    }
  })

  afterAll(() => rmSync(project, { recursive: true }))

  const run = (script: string, ...args: string[]): string => {
    try {
      execFileSync(process.execPath, [path.join(root, 'node_modules', script), ...args], {
        cwd: project,
        encoding: 'utf8',
        stdio: 'pipe',
        // A run within a run would take itself for a part of this one.
        env: { ...process.env, VITEST: undefined, VITEST_POOL_ID: undefined, VITEST_WORKER_ID: undefined },
      })
      return ''
    } catch (error) {
      const { stdout, stderr } = error as { stdout: string; stderr: string }
      return stdout + stderr
    }
  }

  it('compile', () => {
    const config = { extends: './tsconfig.json', include: ['src/rules'] }
    writeFileSync(path.join(project, 'tsconfig.rules.json'), JSON.stringify(config))
    expect(run('typescript/bin/tsc', '--noEmit', '--project', 'tsconfig.rules.json')).toBe('')
  })

  it('are as lint wants them', () => {
    const made = new Set(rules.flatMap(({ files, changes }) => [...files, ...changes].map(({ path: at }) => at)))
    expect(made.size).toBe(2 * rules.length + 3 + 1)
    expect(run('@biomejs/biome/bin/biome', 'check', '--error-on-warnings', ...made)).toBe('')
  })

  it('pass their own tests, and those of the lists', () => {
    const made = rules.flatMap(({ files }) => files.map(({ path: at }) => at)).filter((at) => at.endsWith('.test.ts'))
    expect(run('vitest/vitest.mjs', 'run', ...made)).toBe('')
    expect(
      run(
        'vitest/vitest.mjs',
        'run',
        'src/rules/index.test.ts',
        '--testNamePattern',
        'lists|has its test|Example|names of our own',
      ),
    ).toBe('')
  })
})
