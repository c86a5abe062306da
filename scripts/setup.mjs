import { existsSync, readFileSync } from 'node:fs'
import { Failure, run } from './command.mjs'
import { findBrowser } from './find-browser.mjs'
import { findFirefox, howToGetFirefox } from './find-firefox.mjs'

// Plain JavaScript, and nothing from node_modules: this runs in a fresh clone.

const oldestNode = [20, 19]

const checkNode = () => {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1])) return
  throw new Failure(`Node ${oldestNode.join('.')} or later is needed; this is ${process.versions.node}.`)
}

/** @param {string} file a lock file of npm's @returns {Record<string, { version?: string, optional?: boolean, devOptional?: boolean }>} */
const packagesIn = (file) => JSON.parse(readFileSync(file, 'utf8')).packages

/**
 * Whether node_modules is what package-lock.json says. Versions are compared, not the files' times: a checkout changes
 * those.
 */
const isInstalled = () => {
  const record = 'node_modules/.package-lock.json'
  if (!existsSync(record)) return false
  const installed = packagesIn(record)
  return Object.entries(packagesIn('package-lock.json')).every(([folder, { version, optional, devOptional }]) => {
    if (folder === '') return true
    const there = installed[folder]
    // Optional packages are those of other platforms.
    return there === undefined ? optional === true || devOptional === true : there.version === version
  })
}

const installPackages = async () => {
  if (isInstalled()) return
  console.log('Installing the packages of package-lock.json …')
  const { ok } = await run('npm', ['ci', '--no-audit', '--no-fund'])
  if (!ok) throw new Failure('npm ci failed: see above. Is the npm registry reachable?')
}

export const isDebianRoot = () =>
  process.getuid?.() === 0 &&
  existsSync('/etc/os-release') &&
  /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8'))

/** @param {string[]} packages */
export const installFromDebian = async (...packages) => {
  await run('apt-get', ['update', '-q'])
  await run('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...packages])
}

const installChromium = async () => {
  if (isDebianRoot()) {
    console.log('Installing Chromium from Debian …')
    await installFromDebian('chromium', 'fonts-liberation')
    if ((await findBrowser()) !== null) return
  }
  console.log('Installing Chromium through Playwright …')
  await run('npx', ['playwright', 'install', ...(process.getuid?.() === 0 ? ['--with-deps'] : []), 'chromium'])
}

/** Elsewhere than on Debian as root, installing Firefox is left to the machine's owner. */
const installFirefox = async () => {
  if (!isDebianRoot()) return
  console.log('Installing Firefox ESR from Debian …')
  await installFromDebian('firefox-esr', 'fonts-liberation')
}

/**
 * @typedef {object} NeededBrowser
 * @property {() => Promise<string | null>} find throws where an environment variable names no executable
 * @property {() => Promise<void>} install
 * @property {string} missing what to do where there is none, and none could be installed
 */

/** @type {Record<'chromium' | 'firefox', NeededBrowser>} */
const browsers = {
  chromium: {
    find: findBrowser,
    install: installChromium,
    missing: 'There is no Chromium, and none could be installed. Install one, or set CHROMIUM_PATH to it.',
  },
  firefox: {
    find: async () => findFirefox(),
    install: installFirefox,
    missing: `There is no Firefox. ${howToGetFirefox}`,
  },
}

/** @param {NeededBrowser} browser */
const isThere = async ({ find }) => {
  try {
    return (await find()) !== null
  } catch (error) {
    throw new Failure(error instanceof Error ? error.message : String(error))
  }
}

/**
 * Makes this clone ready: checks Node, installs the packages unless they are there, and each browser unless there is one.
 *
 * @param {('chromium' | 'firefox')[]} needed
 * @returns {Promise<void>}
 * @throws {Failure} one line that says what to do
 */
export const setUp = async (...needed) => {
  checkNode()
  await installPackages()
  for (const name of needed) {
    const browser = browsers[name]
    if (await isThere(browser)) continue
    await browser.install()
    if (!(await isThere(browser))) throw new Failure(browser.missing)
  }
}
