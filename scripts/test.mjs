import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { build } from './build.mjs'
import { Failure, main, runPackage } from './command.mjs'
import { setUp } from './setup.mjs'

/**
 * @typedef {object} Outcome
 * @property {number} passed tests
 * @property {string[]} failures one line for each failed test, or for the step itself
 */

const reports = '.cache/reports'
const unitReport = `${reports}/units.json`
const browserReport = `${reports}/e2e.json`

/** @param {string} file */
const readReport = (file) => JSON.parse(readFileSync(file, 'utf8'))

/** @type {Outcome} */
const nothingFailed = { passed: 0, failures: [] }

/** @param {string} output @returns {string} what a command said last, below the step's name */
const lastLines = (output) =>
  [
    '',
    ...output
      .split('\n')
      .filter((line) => line.trim() !== '')
      .slice(-12),
  ].join('\n    ')

/** @param {string} message with or without a terminal's colours */
const firstLine = (message) => stripVTControlCharacters(message).trim().split('\n')[0] || 'failed without a word'

/**
 * A step that is a command: its code is its outcome.
 *
 * @param {string} script @param {string[]} args @returns {() => Promise<Outcome>}
 */
const command = (script, args) => async () => {
  const { ok, output } = await runPackage(script, args)
  return ok ? nothingFailed : { passed: 0, failures: [lastLines(output)] }
}

/**
 * A step that runs tests. What its report does not tell its code does.
 *
 * @param {{ ok: boolean, output: string }} ended @param {() => Outcome} read @returns {Outcome}
 */
const outcomeOf = ({ ok, output }, read) => {
  /** @type {Outcome} */
  let outcome
  try {
    outcome = read()
  } catch (error) {
    outcome = { passed: 0, failures: [`there is no report: ${error instanceof Error ? error.message : error}`] }
  }
  return ok || outcome.failures.length > 0 ? outcome : { ...outcome, failures: [lastLines(output)] }
}

const units = async () => {
  const ended = await runPackage('vitest/vitest.mjs', [
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${unitReport}`,
  ])
  return outcomeOf(ended, () => {
    /** @type {{ name: string, status: string, message: string, assertionResults: { fullName: string, status: string }[] }[]} */
    const files = readReport(unitReport).testResults
    const tests = files.flatMap(({ name: file, assertionResults }) =>
      assertionResults.map(({ fullName, status }) => ({ name: `${path.relative('', file)} › ${fullName}`, status })),
    )
    const others = tests.filter(({ status }) => status !== 'passed')
    const unread = files.filter(
      ({ status, assertionResults }) =>
        status === 'failed' && assertionResults.every((test) => test.status !== 'failed'),
    )
    return {
      passed: tests.length - others.length,
      failures: [
        ...unread.map(({ name: file, message }) => `${path.relative('', file)}: ${firstLine(message)}`),
        ...others.map(({ name, status }) => (status === 'failed' ? name : `${name} (${status})`)),
      ],
    }
  })
}

/**
 * @typedef {object} Suite Playwright's
 * @property {string} title
 * @property {Suite[]} [suites]
 * @property {{ title: string, tests: { status: 'expected' | 'unexpected' | 'flaky' | 'skipped' }[] }[]} specs
 */

/** @param {Suite} suite @returns {{ name: string, status: string }[]} */
const testsIn = ({ title, suites = [], specs }) => [
  ...specs.flatMap((spec) => spec.tests.map(({ status }) => ({ name: `${title} › ${spec.title}`, status }))),
  ...suites.flatMap(testsIn),
]

const e2e = async () => {
  const ended = await runPackage('playwright/cli.js', ['test', '--reporter=list,json'], {
    env: { PLAYWRIGHT_JSON_OUTPUT_NAME: browserReport },
  })
  return outcomeOf(ended, () => {
    /** @type {{ suites: Suite[], errors: { message?: string }[] }} errors: of files that do not load */
    const { suites, errors } = readReport(browserReport)
    const tests = suites.flatMap(testsIn)
    const others = tests.filter(({ status }) => status !== 'expected')
    return {
      passed: tests.length - others.length,
      failures: [
        ...errors.map(({ message = '' }) => firstLine(message)),
        ...others.map(({ name, status }) => (status === 'unexpected' ? name : `${name} (${status})`)),
      ],
    }
  })
}

/** @type {{ name: string, run: () => Promise<Outcome>, needs?: string }[]} */
const steps = [
  { name: 'types', run: command('typescript/bin/tsc', ['--noEmit']) },
  {
    name: 'lint',
    run: command('@biomejs/biome/bin/biome', [
      'check',
      '--error-on-warnings',
      '--diagnostic-level=warn',
      '--reporter=concise',
    ]),
  },
  { name: 'units', run: units },
  {
    name: 'builds',
    run: async () => {
      await build()
      return nothingFailed
    },
  },
  {
    name: 'add-on lint',
    run: command('addons-linter/bin/addons-linter', ['--boring', '--warnings-as-errors', 'dist/firefox']),
    needs: 'builds',
  },
  { name: 'e2e', run: e2e, needs: 'builds' },
]

/** @param {() => Promise<Outcome>} step @returns {Promise<Outcome>} */
const attempt = async (step) => {
  try {
    return await step()
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    return { passed: 0, failures: [error.message] }
  }
}

await main(async () => {
  rmSync(reports, { recursive: true, force: true })
  mkdirSync(reports, { recursive: true })
  let passed = 0
  /** @type {Map<string, string[]>} */
  const broken = new Map()

  /** @param {string} name @param {() => Promise<Outcome>} step */
  const take = async (name, step) => {
    console.log(`\n── ${name}`)
    const start = performance.now()
    const outcome = await attempt(step)
    passed += outcome.passed
    if (outcome.failures.length > 0) broken.set(name, outcome.failures)
    const verdict = outcome.failures.length > 0 ? 'failed' : 'done'
    console.log(`── ${name}: ${verdict} in ${((performance.now() - start) / 1000).toFixed(1)} s`)
  }

  await take('setup', async () => {
    await setUp('chromium', 'firefox')
    return nothingFailed
  })
  if (!broken.has('setup')) {
    for (const { name, run, needs } of steps) {
      if (needs !== undefined && broken.has(needs)) broken.set(name, [`not run: ${needs} failed`])
      else await take(name, run)
    }
  }

  console.log('\nNot run, and nothing of it needed: npm run e2e:stacks, real servers with packages of their own.\n')
  for (const [name, failures] of broken) {
    for (const failure of failures) console.log(failure.startsWith('\n') ? `${name}:${failure}` : `${name}: ${failure}`)
  }
  // A step that breaks without a failed test counts as one: nothing that went wrong reads "0 failed".
  const failed = [...broken.values()].reduce((sum, failures) => sum + failures.length, 0)
  console.log(`${passed} passed, ${failed} failed`)
  if (failed > 0) process.exitCode = 1
})
