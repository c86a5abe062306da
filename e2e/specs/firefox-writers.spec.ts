import { expect, test } from 'playwright/test'
import type { Page } from 'puppeteer-core'
import { launchFirefox, type RunningFirefox } from '../browser/firefox.ts'
import { removeCookies } from '../browser/firefox-chrome.ts'
import { extensionDocument } from '../browser/firefox-extension.ts'
import type { FirefoxPanel } from '../browser/firefox-toolbox.ts'
import { linesOf } from './capture-log.ts'
import { type Site, startSite } from './capture-site.ts'
import { beginOn, clearLog, openSession, readState, restingLog, setRecording, toldWrites } from './firefox-log.ts'

/** As capture-writers.spec.ts, in Firefox: others write the same cookies, and none of it passes for a line's own doing. */

const noIcon = '<link rel="icon" href="data:,">'
const cors = { 'Access-Control-Allow-Origin': 'https://www.shop.test', 'Access-Control-Allow-Credentials': 'true' }
const sets = (line: string) => ({ headers: { ...cors, 'Set-Cookie': line } })
const rounds = 5

let site: Site
let running: RunningFirefox
let panel: FirefoxPanel

/** Another value each time: Firefox does not tell of a write that changes nothing. */
const counting = (name: string) => {
  let count = 0
  return {
    get headers() {
      return { ...cors, 'Set-Cookie': `sid=${name}${++count}; Path=/` }
    },
  }
}

test.beforeAll(async () => {
  site = await startSite({
    '/': { body: noIcon },
    '/mine': counting('mine'),
    '/theirs': counting('theirs'),
    '/ours': sets('sid=1; Path=/'),
    '/same': sets('sid=1; Path=/'),
    '/gone': sets('sid=; Max-Age=-1; Path=/'),
    '/flags': sets('sid=js; Path=/; HttpOnly'),
    '/frame': sets('sid=1; Path=/; SameSite=Lax'),
    '/top': { body: noIcon, headers: { 'Set-Cookie': 'sid=1; Path=/; SameSite=Lax' } },
    '/slow': { body: '' },
  })
  running = await launchFirefox({
    thirdPartyCookies: 'allowed',
    servers: site.servers,
    extension: 'dist/firefox',
  })
  panel = await openSession(running)
})
test.afterAll(async () => {
  await running?.close()
  await site?.close()
})
test.beforeEach(() => beginOn(running, panel, 'https://www.shop.test/'))

const ask = (tab: Page, path: string, credentials: RequestCredentials = 'include') =>
  tab.evaluate((url, mode) => fetch(url, { credentials: mode }).then(() => undefined), path, credentials)

/** Runs with a second tab on the site. */
const withOther = async (run: (other: Page) => Promise<void>) => {
  const other = await running.browser.newPage()
  await other.goto('https://www.shop.test/')
  try {
    await run(other)
  } finally {
    await other.close()
  }
}

test('two tabs log in at once, each with its own value', async () => {
  await withOther(async (other) => {
    for (let round = 0; round < rounds; round++) {
      site.together('/mine', '/theirs')
      await Promise.all([ask(running.page, '/mine'), ask(other, '/theirs')])
    }
  })
  const log = await restingLog(panel, rounds)
  expect(log.flatMap(linesOf)).toEqual(Array(rounds).fill('sid stored confirmed'))
  const ours = log.flatMap(({ observed }) => observed.flatMap(({ cookie }) => cookie?.value ?? []))
  expect(ours).toEqual(Array.from({ length: rounds }, (_, round) => `mine${round + 1}`))
  await expect
    .poll(() => toldWrites(panel))
    .toEqual(Array.from({ length: rounds }, (_, round) => `+sid=theirs${round + 1} explicit`))
})

test('two tabs log in at once with one value: ours is said no more than is certain', async () => {
  await withOther(async (other) => {
    for (let round = 0; round < rounds; round++) {
      await removeCookies(running.evaluateInChrome)
      site.together('/ours', '/same')
      await Promise.all([ask(running.page, '/ours'), ask(other, '/same')])
    }
  })
  // The second of two equal writes is not told: whose the first was is seldom certain, and never wrong.
  for (const line of (await restingLog(panel, rounds)).flatMap(linesOf))
    expect(['sid stored confirmed', 'sid stored predicted', 'sid unknown CredentialsOmitted predicted']).toContain(line)
})

test('another tab’s identical line does not stand for ours', async () => {
  const api = 'https://api.shop.test'
  await withOther(async (other) => {
    for (let round = 0; round < rounds; round++) {
      site.together('/ours', '/same')
      await Promise.all([ask(running.page, `${api}/ours`, 'omit'), ask(other, `${api}/same`)])
      await removeCookies(running.evaluateInChrome)
    }
  })
  for (const line of (await restingLog(panel, rounds)).flatMap(linesOf))
    expect(line).toMatch(
      /^sid (unknown CredentialsOmitted predicted|blocked CredentialsOmitted (confirmed|predicted))$/,
    )

  await clearLog(panel)
  // Alone, and one after the other, the same is certain.
  await ask(running.page, `${api}/ours`, 'omit')
  await restingLog(panel, 1)
  await ask(running.page, `${api}/same`)
  expect((await restingLog(panel, 2)).flatMap(linesOf)).toEqual([
    'sid blocked CredentialsOmitted confirmed',
    'sid stored confirmed',
  ])
})

test('another tab’s identical line does not contradict that ours was blocked', async () => {
  await running.page.goto('https://other.test/')
  await clearLog(panel)
  await withOther(async (other) => {
    site.together('/frame', '/top')
    const framed = running.page.evaluate(
      (src) =>
        new Promise<void>((resolve) => {
          document.body.append(Object.assign(document.createElement('iframe'), { src, onload: () => resolve() }))
        }),
      'https://www.shop.test/frame',
    )
    await Promise.all([framed, other.goto('https://www.shop.test/top')])
  })
  const [line] = (await restingLog(panel, 1)).flatMap(linesOf)
  expect(['sid blocked SchemefulSameSiteLax predicted', 'sid blocked SchemefulSameSiteLax confirmed']).toContain(line)
})

test('responses of one page that set one cookie at once have a write each', async () => {
  await running.page.evaluate(
    (paths) => Promise.all(paths.map((path) => fetch(path))).then(() => undefined),
    [...Array<string>(10).fill('/mine'), ...['/theirs', '/mine', '/theirs', '/gone']],
  )
  const log = await restingLog(panel, 14)
  for (const line of log.flatMap(linesOf))
    expect([
      'sid stored confirmed',
      'sid removed confirmed',
      'sid stored predicted',
      'sid removed predicted',
    ]).toContain(line)
  expect(await toldWrites(panel)).toEqual([])
})

test('what scripts and extensions write is told once each, and no line’s own doing is', async () => {
  await running.page.evaluate(async () => {
    // biome-ignore-start lint/suspicious/noDocumentCookie: it is what most pages do
    document.cookie = 'script=1'
    await cookieStore.set('modern', '1')
    await fetch('/flags')
    document.cookie = 'script=; max-age=-1'
    await cookieStore.delete('modern')
    document.cookie = 'sid=js; path=/elsewhere'
    // biome-ignore-end lint/suspicious/noDocumentCookie: it is what most pages do
  })
  await extensionDocument(running, 'background').evaluate(async () => {
    interface Cookies {
      set(details: object): Promise<unknown>
      remove(details: object): Promise<unknown>
    }
    const { cookies } = (globalThis as unknown as { browser: { cookies: Cookies } }).browser
    await cookies.set({ url: 'https://www.shop.test/', name: 'extension', value: '1' })
    await cookies.remove({ url: 'https://www.shop.test/', name: 'extension' })
    await cookies.set({ url: 'https://unrelated.test/', name: 'extension', value: '1' })
  }, null)
  // Firefox calls every deletion `explicit`.
  await expect
    .poll(() => toldWrites(panel))
    .toEqual([
      '+script=1 explicit',
      '+modern=1 explicit',
      '-script=1 explicit',
      '-modern=1 explicit',
      '+sid=js explicit',
      '+extension=1 explicit',
      '-extension=1 explicit',
    ])
  expect((await restingLog(panel, 1)).flatMap(linesOf)).toEqual(['sid stored confirmed'])
})

test('a request under way when recording stops ends there, or with the answer it gets when recording goes on', async () => {
  let answer: () => void = () => undefined
  const arrived = new Promise<void>((resolve) => {
    site.interrupt('/slow', () => {
      resolve()
      return new Promise<void>((release) => {
        answer = release
      })
    })
  })
  const asked = ask(running.page, '/slow')
  await arrived
  await expect.poll(async () => (await readState(panel)).entries.length).toBe(1)
  await setRecording(panel, false)
  const [ended] = await restingLog(panel, 1)
  expect([ended?.state, ended?.error]).toEqual(['unfinished', undefined])
  await setRecording(panel, true)
  // Recording is on again when the store has been read.
  await ask(running.page, '/ours')
  answer()
  await asked
  await expect
    .poll(async () => (await readState(panel)).entries.find(({ exchange }) => exchange.url.endsWith('/slow'))?.state)
    .toBe('complete')
})
