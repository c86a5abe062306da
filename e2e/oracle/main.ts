/**
 * `npm run oracle -- [--browser chromium|firefox] [--seed N] [--cases N] [--send N] [--third-party MODE] [--save FILE]`:
 * plays generated cases in the real browser and prints where our verdicts differ from what it did. A case is a Set-Cookie
 * line, and for `--send` a cookie of a jar. MODE is allowed or blocked, in Firefox also partitioned; the default is allowed
 * in Chromium, partitioned in Firefox.
 *
 * `npm run oracle -- --through-extension [--seed N] [--cases N] [--third-party MODE]`: plays that many requests in Chromium
 * with the built extension, and holds the log and the export of its panel against the browser. A case is a request with ten
 * lines or a jar of ten cookies.
 */
import { parseArgs } from 'node:util'
import { planCases } from './plan.ts'
import { differenceText, play, type Venue, verdictCount } from './play.ts'
import { saveRecordings } from './recorded.ts'
import { planRequests, playThroughExtension, throughFigures, throughText } from './through-extension.ts'

const fail = (message: string): never => {
  console.error(message)
  process.exit(2)
}

const options = {
  browser: { type: 'string', default: 'chromium' },
  seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  cases: { type: 'string', default: '600' },
  send: { type: 'string', default: '300' },
  'third-party': { type: 'string' },
  save: { type: 'string' },
  'through-extension': { type: 'boolean', default: false },
} as const

const read = () => {
  try {
    return parseArgs({ options }).values
  } catch (error) {
    return fail(
      `${error instanceof Error ? error.message : error}\nOptions: ${Object.keys(options)
        .map((name) => `--${name}`)
        .join(', ')}`,
    )
  }
}

const values = read()
const whole = (name: 'seed' | 'cases' | 'send'): number => {
  const number = Number(values[name])
  return Number.isInteger(number) && number >= 0
    ? number
    : fail(`--${name}: a whole number is wanted, not ${values[name]}`)
}
const venueOf = (browser: string, mode: string | undefined): Venue => {
  if (browser === 'firefox') {
    const thirdPartyCookies = mode ?? 'partitioned'
    if (thirdPartyCookies === 'partitioned' || thirdPartyCookies === 'allowed' || thirdPartyCookies === 'blocked')
      return { browser, thirdPartyCookies }
    return fail("--third-party: 'partitioned', 'allowed' or 'blocked' is wanted")
  }
  if (browser !== 'chromium') return fail("--browser: 'chromium' or 'firefox' is wanted")
  const thirdPartyCookies = mode ?? 'allowed'
  if (thirdPartyCookies === 'allowed' || thirdPartyCookies === 'blocked') return { browser, thirdPartyCookies }
  return fail("--third-party: 'allowed' or 'blocked' is wanted")
}
const venue = venueOf(values.browser, values['third-party'])

const seed = whole('seed')

/** Both give the code to exit with. */
const playAlone = async (): Promise<number> => {
  const cases = planCases({ seed, lines: whole('cases'), cookies: whole('send'), venue })
  console.log(`Seed ${seed}: ${cases.length} exchanges, third-party cookies ${venue.thirdPartyCookies}.`)
  const started = Date.now()
  const { version, recordings, differing, notSent } = await play(cases, venue)
  for (const difference of differing) console.log(`\n${differenceText(difference)}`)
  console.log(
    `\n${venue.browser === 'firefox' ? 'Firefox' : 'Chromium'} ${version}, seed ${seed}: ${recordings.length - differing.length} of ${recordings.length} exchanges agree (${verdictCount(recordings)} lines and cookies); ${notSent.length} the browser did not send; ${Math.round((Date.now() - started) / 1000)} s.`,
  )
  if (values.save !== undefined) saveRecordings(values.save, recordings)
  return differing.length === 0 ? 0 : 1
}

const playWithExtension = async (): Promise<number> => {
  if (venue.browser !== 'chromium') return fail('--through-extension: there is no such run in Firefox')
  const cases = planRequests(seed, whole('cases'), venue.thirdPartyCookies)
  console.log(`Seed ${seed}: ${cases.length} requests, third-party cookies ${venue.thirdPartyCookies}.`)
  const started = Date.now()
  const played = await playThroughExtension(cases, venue.thirdPartyCookies)
  for (const one of played.differing) console.log(`\n${throughText(one)}`)
  for (const request of played.missing) console.log(`\n${request}: not in the log`)
  console.log(`\nChromium ${played.version}, seed ${seed}; ${Math.round((Date.now() - started) / 1000)} s.`)
  console.log(throughFigures(played).join('\n'))
  return played.differing.length + played.missing.length === 0 ? 0 : 1
}

process.exitCode = values['through-extension'] ? await playWithExtension() : await playAlone()
