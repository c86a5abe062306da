import { spawn } from 'node:child_process'

/** Something a person can act on: shown as its message alone, without a stack. */
export class Failure extends Error {}

/**
 * Runs a command in this terminal.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ env?: Record<string, string> }} [options] env: added to this process's own
 * @returns {Promise<{ ok: boolean, output: string }>} ok: it ended with code 0; output: the last 10,000 characters that it wrote
 */
export const run = (command, args, { env = {} } = {}) =>
  new Promise((resolve) => {
    const child = spawn(command, args, {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      // npm and npx are batch files there.
      shell: process.platform === 'win32' && !command.includes('\\'),
    })
    let output = ''
    /** @type {(stream: NodeJS.WriteStream) => (chunk: Buffer) => void} */
    const pass = (stream) => (chunk) => {
      stream.write(chunk)
      output = (output + chunk.toString('utf8')).slice(-10_000)
    }
    child.stdout.on('data', pass(process.stdout))
    child.stderr.on('data', pass(process.stderr))
    child.on('error', (error) => resolve({ ok: false, output: `${command}: ${error.message}\n` }))
    child.on('close', (code) => resolve({ ok: code === 0, output }))
  })

/**
 * Runs one of the installed packages' commands with this same Node.
 *
 * @param {string} script path below node_modules
 * @param {readonly string[]} args
 * @param {{ env?: Record<string, string> }} [options]
 */
export const runPackage = (script, args, options) => run(process.execPath, [`node_modules/${script}`, ...args], options)

/**
 * A script's main function: a Failure ends it with its one line, anything else with its stack, both with code 1.
 *
 * @param {() => Promise<void>} script
 */
export const main = async (script) => {
  try {
    await script()
  } catch (error) {
    console.error(error instanceof Failure ? error.message : error)
    process.exitCode = 1
  }
}
