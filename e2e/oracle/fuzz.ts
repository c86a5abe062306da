/**
 * `npm run fuzz -- [--seed N] [--count N]`: mutated lines in mutated exchanges. Nothing may throw, hang, or come out of
 * shape; prints what does, with the seed.
 */
import { parseArgs } from 'node:util'
import type { Exchange, ThirdPartyCookies } from '../../src/contract.ts'
import { applyVerdict, judge, parseSetCookie } from '../../src/judge/index.ts'
import { generateLine } from './generate-line.ts'
import { type Random, randomFrom } from './random.ts'

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    count: { type: 'string', default: '1000000' },
  },
})

/** Milliseconds for one exchange; the slowest honest one takes a tenth of it. */
const tooLong = 250

const pieces = [
  '=',
  ';',
  ',',
  '"',
  '\t',
  ' ',
  '\x00',
  '\n',
  '\r',
  '\x7f',
  '\xff',
  'é',
  '😀',
  '\ud800',
  '__Host-',
  '; Domain=',
  '; Path=',
  '; Secure',
  '; SameSite=None',
  '; Expires=',
  '; Max-Age=',
  '%',
  '.',
  '..',
]

const mutate = (line: string, random: Random): string => {
  const at = random.int(line.length + 1)
  switch (random.int(6)) {
    case 0:
      return line.slice(0, at) + random.pick(pieces) + line.slice(at)
    case 1:
      return line.slice(0, at) + line.slice(at + 1 + random.int(4))
    case 2:
      return line.slice(0, at) + String.fromCharCode(random.int(random.chance(0.8) ? 256 : 65_536)) + line.slice(at + 1)
    case 3:
      return line + line.slice(random.int(line.length + 1))
    case 4:
      return (
        line.slice(0, at) + random.pick(pieces).repeat(1 + random.int(random.chance(0.02) ? 3000 : 20)) + line.slice(at)
      )
    default:
      return line.slice(0, at)
  }
}

const urls = [
  'https://shop.test/',
  'http://shop.test/a/b',
  'https://a.b.shop.co.uk/x?y#z',
  'http://localhost:3000/',
  'http://[::1]/',
  'https://127.0.0.1/',
  'https://xn--lve-6lad.shop.test/',
  'wss://shop.test/s',
  'https://me.github.io/',
  'about:blank',
  'blob:https://shop.test/1',
  'file:///etc/x',
  'https://shop.test./',
  'https://a..b/',
  'chrome-extension://abcdef/p.html',
]
const frames = [...urls, 'about:srcdoc', 'data:text/html,x']
const initiators = [null, 'null', 'https://shop.test', 'http://shop.test', 'https://other.test']
const types = [
  'main_frame',
  'sub_frame',
  'xmlhttprequest',
  'image',
  'script',
  'font',
  'websocket',
  'ping',
  'other',
  'nonsense',
]
const settings: ThirdPartyCookies[] = ['allowed', 'blocked', 'unknown', 'partitioned']
const odd = (random: Random): string =>
  mutate(random.pick(['GET', 'include', 'cross-site', 'none', 'active', 'a=b; c=d', 'cors']), random)

const exchangeFor = (lines: string[], random: Random): Exchange => ({
  url: random.pick(urls),
  method: random.pick(['GET', 'POST', 'OPTIONS', 'post']),
  resourceType: random.pick(types),
  initiator: random.pick(initiators),
  frames: Array.from({ length: random.int(4) }, () => random.pick(frames)),
  ...(random.chance(0.3) ? { redirectChain: [random.pick(frames)] } : {}),
  requestHeaders: [
    'Cookie',
    'Sec-Fetch-Site',
    'Sec-Fetch-Mode',
    'sec-fetch-storage-access',
    'Origin',
    'Access-Control-Request-Method',
  ]
    .filter(() => random.chance(0.4))
    .map((name) => ({ name, value: odd(random) })),
  status: 200,
  responseHeaders: [
    ...(random.chance(0.2) ? [{ name: 'Date', value: odd(random) }] : []),
    ...lines.map((value) => ({ name: 'Set-Cookie', value })),
  ],
  time: random.pick([0, 1_800_000_000_000, -1, 8.64e15, 1e300]),
})

const seed = Number(values.seed)
const count = Number(values.count)
const random = randomFrom(seed)
let failures = 0
let slowest = { ms: 0, bytes: 0 }
const started = Date.now()
const perExchange = 4
for (let done = 0; done < count; done += perExchange) {
  const lines = Array.from({ length: perExchange }, (_, index) => {
    let line = generateLine('app.shop.test', index, random)
    for (let times = random.int(5); times > 0; times--) line = mutate(line, random)
    return line
  })
  const exchange = exchangeFor(lines, random)
  const thirdPartyCookies = random.pick(settings)
  const start = performance.now()
  try {
    const first = judge(exchange, { browser: 'chromium', jar: [], thirdPartyCookies })
    const jar = applyVerdict([], first)
    const second = judge({ ...exchange, responseHeaders: [] }, { browser: 'chromium', jar, thirdPartyCookies })
    for (const line of lines) parseSetCookie(line, { browser: 'chromium' })
    const sound =
      first.setCookies.every(
        ({ outcome, reasons }) => (outcome === 'blocked' || outcome === 'unknown') === reasons.length > 0,
      ) && second.cookies.every(({ outcome, reasons }) => (outcome === 'sent') === (reasons.length === 0))
    if (!sound) throw new Error('an outcome and its reasons do not agree')
  } catch (error) {
    failures++
    console.log(`${error instanceof Error ? error.stack : error}\n  ${JSON.stringify(exchange).slice(0, 2000)}`)
    if (failures >= 10) break
  }
  const ms = performance.now() - start
  const bytes = lines.join('').length
  if (ms > slowest.ms) slowest = { ms, bytes }
  if (ms > tooLong) {
    failures++
    console.log(`${ms.toFixed(0)} ms for ${bytes} characters: ${JSON.stringify(exchange).slice(0, 500)}`)
  }
}
console.log(
  `Seed ${seed}: ${count} lines, ${failures} failures; the slowest exchange took ${slowest.ms.toFixed(1)} ms (${slowest.bytes} characters); ${((Date.now() - started) / 1000).toFixed(0)} s.`,
)
process.exitCode = failures === 0 ? 0 : 1
