import { accessSync, constants } from 'node:fs'
import path from 'node:path'

/**
 * Names under which distributions install Chromium. Google Chrome itself is left out on purpose: since version 137 its
 * branded builds ignore `--load-extension`, so an unpacked extension would silently be missing.
 */
const names = ['chromium', 'chromium-browser']
const folders = [
  '/usr/bin',
  '/usr/local/bin',
  '/snap/bin',
  '/Applications/Chromium.app/Contents/MacOS',
  '/opt/homebrew/bin',
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

/** The Chromium that Playwright downloaded, or null: without the package, or without the download. */
const playwrightBrowser = async () => {
  try {
    const { chromium } = await import('playwright')
    const file = chromium.executablePath()
    return isExecutable(file) ? file : null
  } catch {
    return null
  }
}

/**
 * Finds a Chromium that can load an unpacked extension: CHROMIUM_PATH, then the system's, then Playwright's.
 * Runs before any dependency is installed.
 *
 * @returns {Promise<string | null>} path of the executable; null where there is none
 * @throws {Error} when CHROMIUM_PATH is set and is no executable file
 */
export const findBrowser = async () => {
  const chosen = process.env.CHROMIUM_PATH
  if (chosen) {
    if (!isExecutable(chosen)) throw new Error(`CHROMIUM_PATH is ${chosen}, which is not an executable file.`)
    return chosen
  }
  const onPath = (process.env.PATH ?? '').split(path.delimiter).filter((folder) => folder !== '')
  for (const folder of [...folders, ...onPath]) {
    for (const name of [...names, 'Chromium']) {
      const file = path.join(folder, name)
      if (isExecutable(file)) return file
    }
  }
  return playwrightBrowser()
}
