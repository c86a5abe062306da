/**
 * `npm run oracle -- --seed N --cases N [--send N] [--third-party allowed|blocked] [--save FILE]`: plays generated
 * cases in the real browser, and prints where our verdicts differ from what it did. A set case is a line, a send case a cookie.
 */
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { gzipSync } from 'node:zlib'
import type { Case, Recording } from './cases.ts'
import { differences } from './compare.ts'
import { generateSendCase, generateSetCase } from './generate.ts'
import { randomFrom } from './random.ts'
import { startRecorder } from './record.ts'

/** Lines of a response, cookies of a jar: independent of each other but for the traps that concern two. */
const linesPerCase = 10
const cookiesPerCase = 10

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    cases: { type: 'string', default: '600' },
    send: { type: 'string', default: '300' },
    'third-party': { type: 'string', default: 'allowed' },
    save: { type: 'string' },
    verbose: { type: 'boolean', default: false },
  },
})

const count = (name: 'seed' | 'cases' | 'send'): number => {
  const number = Number(values[name])
  if (Number.isInteger(number) && number >= 0) return number
  console.error(`--${name}: a whole number is wanted, not ${JSON.stringify(values[name])}`)
  process.exit(2)
}

const thirdParty = values['third-party']
if (thirdParty !== 'allowed' && thirdParty !== 'blocked') {
  console.error("--third-party: 'allowed' or 'blocked'")
  process.exit(2)
}

const seed = count('seed')
const random = randomFrom(seed)
const cases: Case[] = [
  ...Array.from({ length: Math.ceil(count('cases') / linesPerCase) }, (_, i) =>
    generateSetCase(`set/${seed}/${i}`, linesPerCase, random),
  ),
  ...Array.from({ length: Math.ceil(count('send') / cookiesPerCase) }, (_, i) =>
    generateSendCase(`send/${seed}/${i}`, cookiesPerCase, random),
  ),
]
console.log(`seed ${seed}: ${cases.length} exchanges, third-party cookies ${thirdParty}`)

const recorder = await startRecorder(thirdParty)
const recordings: Recording[] = []
let notSent = 0
let failed = 0
let judged = 0
const started = Date.now()
try {
  for (const testCase of cases) {
    const recording = await recorder.record(testCase)
    if (recording === null) {
      notSent++
      if (values.verbose) console.log(`not sent: ${testCase.id} ${JSON.stringify(testCase.context)} ${testCase.url}`)
      continue
    }
    recordings.push(recording)
    judged += recording.case.lines.length + recording.before.length
    const found = differences(recording)
    if (found.length === 0) continue
    failed++
    console.log(`\n${testCase.id} ${JSON.stringify(testCase.context)} ${testCase.url}`)
    for (const { what, ours, browser } of found) console.log(`  ${what}\n    ours:    ${ours}\n    browser: ${browser}`)
  }
} finally {
  await recorder.close()
}
const seconds = (Date.now() - started) / 1000
console.log(
  `\nChromium ${recorder.version}, seed ${seed}: ${recordings.length - failed} of ${recordings.length} exchanges agree (${judged} lines and cookies); ${notSent} were never sent; ${seconds.toFixed(0)} s`,
)
if (values.save !== undefined) writeFileSync(values.save, gzipSync(JSON.stringify(recordings)))
process.exitCode = failed === 0 ? 0 : 1
