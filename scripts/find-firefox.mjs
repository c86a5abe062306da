import { accessSync, constants } from 'node:fs'
import path from 'node:path'

/** Debian's extended support release first: it is what the rules were measured in. */
const names = ['firefox-esr', 'firefox']
const folders = [
  '/usr/bin',
  '/usr/local/bin',
  '/usr/lib/firefox-esr',
  '/usr/lib/firefox',
  '/opt/firefox',
  '/snap/bin',
  '/Applications/Firefox.app/Contents/MacOS',
  '/Applications/Firefox ESR.app/Contents/MacOS',
  'C:\\Program Files\\Mozilla Firefox',
]

/** @param {string} file */
const isExecutable = (file) => {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

export const howToGetFirefox =
  'Install one (Debian: apt-get install firefox-esr; elsewhere from mozilla.org or your package manager), or set FIREFOX_PATH to its executable.'

/**
 * Finds a Firefox: FIREFOX_PATH, then the system's. Any release can be driven and takes an unpacked extension for its
 * session. Runs before any dependency is installed.
 *
 * @returns {string | null} path of the executable; null where there is none
 * @throws {Error} when FIREFOX_PATH is set and is no executable file
 */
export const findFirefox = () => {
  const chosen = process.env.FIREFOX_PATH
  if (chosen) {
    if (!isExecutable(chosen)) throw new Error(`FIREFOX_PATH is ${chosen}, which is not an executable file.`)
    return chosen
  }
  const onPath = (process.env.PATH ?? '').split(path.delimiter).filter((folder) => folder !== '')
  const endings = process.platform === 'win32' ? ['.exe'] : ['']
  for (const name of names) {
    for (const folder of [...folders, ...onPath]) {
      for (const ending of endings) {
        const file = path.join(folder, name + ending)
        if (isExecutable(file)) return file
      }
    }
  }
  return null
}
