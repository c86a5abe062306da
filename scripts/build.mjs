import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { buffer } from 'node:stream/consumers'
import { pathToFileURL } from 'node:url'
import { Failure, main, runPackage } from './command.mjs'
import { buildLibrary } from './lib.mjs'

/**
 * The packed Chromium extension may weigh this much: 310 kB. It was 200 kB until it named what stands around the cookie and
 * wrote the lines for each stack: words and code that nothing packs smaller.
 */
const largestPackage = 310_000

/** @typedef {'chromium' | 'firefox'} Target */

/** @param {string} folder @returns {string[]} its files' paths, in an order of their own */
const filesIn = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort()

/**
 * Builds one extension into dist/TARGET.
 *
 * @param {Target} target
 * @throws {Failure} when the build does not come off
 */
export const buildExtension = async (target) => {
  const { ok } = await runPackage('vite/bin/vite.js', ['build', '--logLevel', 'warn'], { env: { TARGET: target } })
  if (!ok) throw new Failure(`The ${target} extension could not be built.`)
}

/**
 * Packs dist/TARGET into dist/TARGET.zip, as a store takes it.
 *
 * @param {Target} target
 * @returns {Promise<number>} its size in bytes
 */
const pack = async (target) => {
  const { ZipFile } = await import('yazl')
  const folder = `dist/${target}`
  const zip = new ZipFile()
  for (const file of filesIn(folder)) {
    const name = path.relative(folder, file).split(path.sep).join('/')
    // A fixed date: the same files make the same package.
    zip.addBuffer(readFileSync(file), name, { mtime: new Date('1980-01-01'), compressionLevel: 9 })
  }
  zip.end()
  const zipped = await buffer(zip.outputStream)
  writeFileSync(`dist/${target}.zip`, zipped)
  return zipped.length
}

/**
 * Builds and packs both extensions, and builds the library.
 *
 * @throws {Failure} when a build does not come off, or Chromium's package is too large
 */
export const build = async () => {
  for (const target of /** @type {const} */ (['chromium', 'firefox'])) {
    await buildExtension(target)
    const size = await pack(target)
    console.log(`dist/${target}.zip: ${(size / 1000).toFixed(1)} kB`)
    if (target === 'chromium' && size > largestPackage) {
      throw new Failure(`dist/chromium.zip is over the limit of ${largestPackage / 1000} kB.`)
    }
  }
  await buildLibrary('dist/lib')
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main(build)
