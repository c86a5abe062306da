import { parseArgs } from 'node:util'
import { buildExtension } from './build.mjs'
import { Failure, main } from './command.mjs'
import { setUp } from './setup.mjs'

const usage = 'npm start -- [--scenario=ID] [--https=PORT] [--http=PORT] [--headless]'

const readOptions = () => {
  try {
    return parseArgs({
      options: {
        scenario: { type: 'string', default: 'none-without-secure' },
        https: { type: 'string', default: '0' },
        http: { type: 'string', default: '0' },
        headless: { type: 'boolean', default: false },
      },
    }).values
  } catch (error) {
    throw new Failure(`${error instanceof Error ? error.message : error} Usage: ${usage}`)
  }
}

/** @param {string} name @param {string} text */
const readPort = (name, text) => {
  const port = Number(text)
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port
  throw new Failure(`--${name}=${text} is not a port. Usage: ${usage}`)
}

/** Other systems always have one. */
const hasDisplay = () =>
  process.platform !== 'linux' || Boolean(process.env.DISPLAY) || Boolean(process.env.WAYLAND_DISPLAY)

await main(async () => {
  const { scenario, https, http, headless } = readOptions()
  const options = {
    scenario,
    https: readPort('https', https),
    http: readPort('http', http),
    headless: headless || !hasDisplay(),
  }
  await setUp()
  await buildExtension('chromium')
  // From here on the dependencies are there, TypeScript's loader among them.
  const { register } = await import('tsx/esm/api')
  register()
  const { start } = await import('./start.ts')
  await start(options)
})
