/**
 * `npx tsx e2e/oracle/lax-post.ts [--real]`: a cookie without SameSite on POSTs from another site, younger and older than two
 * minutes. It takes a quarter of a minute with Chromium's own switch for tests, which makes the two minutes ten seconds; with
 * `--real` it waits for two minutes.
 */
import { judge } from '../../src/judge/index.ts'
import { cookieOf, exchangeOf } from '../../src/rules/testing.ts'
import { launch } from '../browser/launch.ts'
import { startServers } from './servers.ts'

const isReal = process.argv.includes('--real')
/** Seconds that the switch takes off. */
const shorter = isReal ? 0 : 110
/** Of the cookie at the POST, seconds: well apart from the limit, as far as a busy machine lets it. */
const ages = [1, 115, 121.5, 125].map((age) => Math.max(0, age - shorter))

const shop = 'https://app.shop.test'
const other = 'https://other.test'

let cookieHeader = ''
const servers = await startServers((method, _host, target, headers) => {
  if (method === 'POST') cookieHeader = headers.find((line) => /^cookie:/i.test(line)) ?? ''
  const setCookie = target === '/login' ? 'Set-Cookie: sid=1; Secure\r\n' : ''
  const body = '<!doctype html>'
  return `HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n${setCookie}Content-Length: ${body.length}\r\n\r\n${body}`
})
const { page, close, version } = await launch({
  thirdPartyCookies: 'allowed',
  servers,
  ...(isReal ? {} : { enabledFeatures: ['ShortLaxAllowUnsafeThreshold'] }),
})
try {
  await page.goto(`${shop}/login`)
  const made = Date.now()
  let differing = 0
  for (const age of ages) {
    await page.goto(`${other}/`)
    await page.waitForTimeout(Math.max(0, made + age * 1000 - Date.now()))
    const time = Date.now()
    await Promise.all([
      page.waitForURL(`${shop}/return`),
      page.evaluate((action) => {
        const form = document.createElement('form')
        form.method = 'post'
        form.action = action
        document.body.append(form)
        form.submit()
      }, `${shop}/return`),
    ])
    const exchange = exchangeOf({ url: `${shop}/return`, method: 'POST', initiator: other, time })
    const jar = [cookieOf({ domain: 'app.shop.test', secure: true, creation: made - shorter * 1000 })]
    const [verdict] = judge(exchange, { browser: 'chromium', jar, thirdPartyCookies: 'allowed' }).cookies
    const browser = cookieHeader === '' ? 'blocked' : 'sent'
    if (verdict?.outcome !== browser) differing++
    console.log(`${(time - made) / 1000 + shorter} s old: ours ${verdict?.outcome}, the browser ${browser}`)
  }
  console.log(`Chromium ${version}: ${ages.length - differing} of ${ages.length} agree.`)
  process.exitCode = differing === 0 ? 0 : 1
} finally {
  await close()
  await servers.close()
}
