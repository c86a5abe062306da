import { parseArgs } from 'node:util'
import { buildExtension } from './build.mjs'
import { Failure, main } from './command.mjs'
import { setUp } from './setup.mjs'

const usage = 'npm start -- [--firefox] [--scenario=ID] [--https=PORT] [--http=PORT] [--headless]'

/** @param {string} error */
const misused = (error) => new Failure(`${error.replace(/\.?$/, '.')} See npm start -- --help.`)

/** The scenarios stand in a TypeScript file, which nothing can read before the dependencies are there. */
const help = `The demo: the broken-login shop in a browser with the extension, DevTools open on our panel.

  ${usage}

  --firefox       in Firefox instead of Chromium
  --scenario=ID   what is broken; default none-without-secure. A wrong ID lists them all; the shop lets you switch, too
  --https=PORT    port of the shop's https server on 127.0.0.1; default 0, any free one
  --http=PORT     likewise for http
  --headless      open no window: play one broken login, print the report, save a screenshot. So without a display
  --help          this`

const readOptions = () => {
  try {
    return parseArgs({
      options: {
        firefox: { type: 'boolean', default: false },
        scenario: { type: 'string', default: 'none-without-secure' },
        https: { type: 'string', default: '0' },
        http: { type: 'string', default: '0' },
        headless: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }).values
  } catch (error) {
    throw misused(error instanceof Error ? error.message : String(error))
  }
}

/** @param {string} name @param {string} text */
const readPort = (name, text) => {
  const port = Number(text)
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port
  throw misused(`--${name}=${text} is not a port`)
}

/** Other systems always have one. */
const hasDisplay = () =>
  process.platform !== 'linux' || Boolean(process.env.DISPLAY) || Boolean(process.env.WAYLAND_DISPLAY)

await main(async () => {
  const { firefox, scenario, https, http, headless, help: wanted } = readOptions()
  if (wanted) {
    console.log(help)
    return
  }
  const browser = firefox ? 'firefox' : 'chromium'
  const options = {
    browser,
    scenario,
    https: readPort('https', https),
    http: readPort('http', http),
    headless: headless || !hasDisplay(),
  }
  await setUp(browser)
  // From here on the dependencies are there, TypeScript's loader among them.
  const { register } = await import('tsx/esm/api')
  register()
  const { checkScenario, start } = await import('./start.ts')
  checkScenario(scenario)
  await buildExtension(browser)
  await start(options)
})
