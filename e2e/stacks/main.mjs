import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { Failure, main, run, runPackage } from '../../scripts/command.mjs'
import { installFromDebian, isDebianRoot, setUp } from '../../scripts/setup.mjs'
import { missingFromDebian, missingOf } from './packages.ts'
import { stacks } from './stacks/index.ts'

/**
 * Installs e2e/stacks/package-lock.json's packages, once for each of its versions. Without a registry, stacks are skipped. Not by
 * `npm ci`: it wants Next.js' compilers for every platform in the lock file, and not every registry has them.
 */
const installFromNpm = async () => {
  const digest = createHash('sha256').update(readFileSync('e2e/stacks/package-lock.json')).digest('hex')
  const record = 'e2e/stacks/node_modules/.installed'
  if (existsSync(record) && readFileSync(record, 'utf8') === digest) return
  console.log('Installing the packages of e2e/stacks/package-lock.json …')
  const { ok } = await run('npm', ['install', '--no-save', '--prefix', 'e2e/stacks', '--no-audit', '--no-fund'])
  if (ok) writeFileSync(record, digest)
}

/** On Debian as root; elsewhere, that is left to the machine's owner. */
const installServers = async () => {
  const missing = missingFromDebian(stacks)
  if (missing.length === 0 || !isDebianRoot()) return
  console.log(`Installing ${missing.join(', ')} from Debian …`)
  await installFromDebian(...missing)
}

await main(async () => {
  await setUp('chromium')
  await installFromNpm()
  await installServers()
  const skipped = stacks
    .map((stack) => ({ name: stack.name, missing: missingOf(stack) }))
    .filter((s) => s.missing.length)
  const tell = () => {
    for (const { name, missing } of skipped) console.log(`Skipped: ${name}. Not installed: ${missing.join(', ')}.`)
  }
  tell()
  if (skipped.length === stacks.length) return
  const outDir = 'e2e/stacks/.work/extension'
  const built = await runPackage('vite/bin/vite.js', ['build', '--logLevel', 'warn', '--outDir', outDir], {
    env: { TARGET: 'chromium' },
  })
  if (!built.ok) throw new Failure('The Chromium extension could not be built.')
  const { ok } = await runPackage('playwright/cli.js', [
    'test',
    '-c',
    'e2e/stacks/playwright.config.ts',
    ...process.argv.slice(2),
  ])
  tell()
  if (!ok) process.exitCode = 1
})
