/**
 * `npm run bench [-- --only library|log|capture] [--rounds N]`: the library beside another, the log as it grows, the extension in a
 * real browser. Each in a process of its own, so that no heap or warm code of one is another's.
 */
import { parseArgs } from 'node:util'
import { buildExtension } from './build.mjs'
import { Failure, main, runPackage } from './command.mjs'

const scripts = { library: 'bench.ts', log: 'bench-log.ts', capture: 'bench-capture.ts' }

const read = () => {
  try {
    return parseArgs({ options: { only: { type: 'string' }, rounds: { type: 'string' } } }).values
  } catch (error) {
    throw new Failure(error instanceof Error ? error.message : String(error))
  }
}

await main(async () => {
  const { only, rounds } = read()
  const chosen = Object.entries(scripts).filter(([part]) => only === undefined || part === only)
  if (chosen.length === 0) throw new Failure(`--only: one of ${Object.keys(scripts).join(', ')} is wanted`)
  for (const [part, script] of chosen) {
    console.log(`\n── ${part}`)
    if (part === 'capture') await buildExtension('chromium')
    const { ok } = await runPackage('tsx/dist/cli.mjs', [
      `scripts/${script}`,
      ...(rounds === undefined ? [] : ['--rounds', rounds]),
    ])
    if (!ok) throw new Failure(`The bench of the ${part} did not come off.`)
  }
})
