import { existsSync } from 'node:fs'
import { expect, test } from 'playwright/test'
import { launchFirefox, type RunningFirefox } from '../browser/firefox.ts'
import { startFirefoxRecorder } from '../oracle/firefox-record.ts'
import { type RawServers, startServers } from '../oracle/servers.ts'

const page = (body: string): string =>
  `HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\nContent-Length: ${body.length}\r\n\r\n${body}`

const cookieBehavior = ({ evaluateInChrome }: RunningFirefox): Promise<number> =>
  evaluateInChrome(({ Services }) => Services.cookies.getCookieBehavior(false), null)

let servers: RawServers
test.beforeAll(async () => {
  servers = await startServers((_method, host, target) => page(`${host}${target}`))
})
test.afterAll(() => servers.close())

test('Firefox finds every host at its usual ports and takes the local ones for secure; no other port leads anywhere', async () => {
  test.setTimeout(60_000)
  await using running = await launchFirefox({ thirdPartyCookies: 'partitioned', servers })
  const { page: tab, evaluateInChrome } = running
  const expected = {
    'https://app.shop.test/a': true,
    'http://app.shop.test/a': false,
    'http://192.0.2.7/a': false,
    'http://localhost/a': true,
    'http://app.localhost/a': true,
    'http://127.0.0.1/a': true,
  }
  const seen: Record<string, boolean> = {}
  for (const url of Object.keys(expected)) {
    await tab.goto(url)
    expect(await tab.evaluate(() => document.body.textContent)).toBe(url.replace(/^https?:\/\//, ''))
    seen[url] = await tab.evaluate(() => isSecureContext)
  }
  expect(seen).toEqual(expected)
  await expect(tab.goto(`http://127.0.0.1:${servers.http}/`)).rejects.toThrow(/NS_ERROR/)
  expect(await cookieBehavior(running)).toBe(5)
  const broken = evaluateInChrome(() => {
    throw new TypeError('as it is')
  }, null)
  await expect(broken).rejects.toThrow(/as it is/)
})

for (const [thirdPartyCookies, behavior] of [
  ['allowed', 0],
  ['blocked', 1],
] as const) {
  test(`Firefox has third-party cookies ${thirdPartyCookies}, and leaves nothing behind`, async () => {
    test.setTimeout(60_000)
    const running = await launchFirefox({ thirdPartyCookies, servers })
    const child = running.browser.process()
    const profile = child?.spawnargs[child.spawnargs.indexOf('--profile') + 1] ?? ''
    try {
      expect(await cookieBehavior(running)).toBe(behavior)
      expect(existsSync(profile)).toBe(true)
    } finally {
      await running.close()
    }
    expect(existsSync(profile)).toBe(false)
    expect(() => process.kill(child?.pid ?? 0, 0)).toThrow(/ESRCH/)
  })
}

test('a jar that is set in Firefox is the jar that responses make', async () => {
  test.setTimeout(60_000)
  const lines = [
    'a=1',
    'b=2; Secure; HttpOnly; SameSite=None',
    'c=3; Max-Age=600; Path=/x; Domain=shop.test',
    'p=4; Secure; Partitioned',
  ]
  const recorder = await startFirefoxRecorder('partitioned')
  try {
    for (const frames of [
      ['https://shop.test'],
      ['https://other.test'],
      ['https://other.test', 'https://shop.test'],
      ['http://shop.test'],
    ]) {
      const context = { kind: 'image', frames } as const
      const url = 'https://app.shop.test/'
      const made = await recorder.record({ id: 'made', context, url, jar: [], lines })
      const set = await recorder.record({ id: 'set', context, url, jar: made?.after ?? [], lines: [] })
      const anyCreation = made?.after.map((cookie) => ({ ...cookie, creation: expect.any(Number) }))
      expect(made?.after).toHaveLength(4)
      expect(set?.before).toEqual(anyCreation)
      // Were it another jar in the browser's eyes, the request would not have them all.
      expect(set?.requestHeaders.find(({ name }) => name === 'Cookie')?.value).toBe('a=1; b=2; p=4')
    }
  } finally {
    await recorder.close()
  }
})
