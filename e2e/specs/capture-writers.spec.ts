import type { Frame, Page } from 'playwright'
import { expect, test } from 'playwright/test'
import type { RunningBrowser } from '../browser/launch.ts'
import { launchRecorded, type Recorded } from '../browser/recorded.ts'
import { clearLog, linesOf, readLog, readWrites, restingLog, setRecording, settledLog } from './capture-log.ts'
import { type Site, startSite } from './capture-site.ts'

/** Others write the same cookies: another tab, scripts, another extension. None of it passes for a line's own doing. */

const noIcon = '<link rel="icon" href="data:,">'
const cors = { 'Access-Control-Allow-Origin': 'https://www.shop.test', 'Access-Control-Allow-Credentials': 'true' }
const sets = (line: string) => ({ headers: { ...cors, 'Set-Cookie': line } })
const rounds = 5
const tooNear = 'another write of the same cookie came too near to tell them apart'

let recorded: Recorded<Site>
let site: Site
let running: RunningBrowser
let panel: Frame
let page: Page

test.beforeAll(async () => {
  recorded = await launchRecorded(
    startSite({
      '/': { body: noIcon },
      '/ours': sets('sid=1; Path=/'),
      '/same': sets('sid=1; Path=/'),
      '/theirs': sets('sid=2; Path=/'),
      '/gone': sets('sid=; Max-Age=0; Path=/'),
      '/flags': sets('sid=js; Path=/; HttpOnly'),
      '/frame': { body: '', headers: { 'Set-Cookie': 'sid=1; Path=/; SameSite=Lax' } },
      '/top': { body: noIcon, headers: { 'Set-Cookie': 'sid=1; Path=/; SameSite=Lax' } },
      '/slow': { body: '' },
    }),
  )
  ;({ site, running, panel } = recorded)
  page = running.page
})
test.afterAll(() => recorded?.close())
test.beforeEach(async () => {
  await page.goto('https://www.shop.test/')
  await clearLog(panel)
  await running.context.clearCookies()
  // What comes in order comes after whatever the clearing did.
  await page.evaluate(() => fetch('/'))
  await expect.poll(async () => (await readLog(panel)).at(-1)?.state).toBe('complete')
  await clearLog(panel)
})

const ask = (tab: Page, path: string, credentials: RequestCredentials = 'include') =>
  tab.evaluate(([path, credentials]) => fetch(path, { credentials }).then(() => undefined), [
    path,
    credentials,
  ] as const)

/** Runs with a second tab on the site. */
const withOther = async (run: (other: Page) => Promise<void>) => {
  const other = await running.context.newPage()
  await other.goto('https://www.shop.test/')
  try {
    await run(other)
  } finally {
    await other.close()
  }
}

const told = async () =>
  (await readWrites(panel)).map(
    ({ removed, cause, cookie: { name, value } }) => `${removed ? '-' : '+'}${name}=${value} ${cause}`,
  )

test('two tabs log in at once, each with its own value', async () => {
  await withOther(async (other) => {
    for (let round = 0; round < rounds; round++) {
      site.together('/ours', '/theirs')
      await Promise.all([ask(page, '/ours'), ask(other, '/theirs')])
    }
  })
  const log = await settledLog(panel, rounds)
  expect(log.flatMap(linesOf)).toEqual(Array(rounds).fill('sid stored confirmed'))
  expect(log.flatMap(({ observed }) => observed.flatMap(({ cookie }) => cookie?.value ?? []))).toEqual(
    Array(rounds).fill('1'),
  )
  await expect.poll(told).toEqual(Array(rounds).fill('+sid=2 explicit'))
})

test('two tabs log in at once with one value: each other write is told, and ours only as far as it is certain', async () => {
  await withOther(async (other) => {
    for (let round = 0; round < rounds; round++) {
      site.together('/ours', '/same')
      await Promise.all([ask(page, '/ours'), ask(other, '/same')])
    }
  })
  const log = await restingLog(panel, rounds)
  for (const { observed } of log) {
    // Certain where the other tab's write came before our response.
    expect(['the store has it', tooNear]).toContain(observed.find(({ operation }) => operation === 'set')?.evidence)
  }
  await expect.poll(told).toEqual(Array(rounds).fill('+sid=1 explicit'))
})

test('another tab’s identical line does not stand for ours', async () => {
  const api = 'https://api.shop.test'
  await withOther(async (other) => {
    for (let round = 0; round < rounds; round++) {
      site.together('/ours', '/same')
      await Promise.all([ask(page, `${api}/ours`, 'omit'), ask(other, `${api}/same`)])
      await running.context.clearCookies()
    }
  })
  for (const line of (await restingLog(panel, rounds)).flatMap(linesOf))
    expect(line).toMatch(
      /^sid (unknown CredentialsOmitted predicted|blocked CredentialsOmitted (confirmed|predicted))$/,
    )

  await clearLog(panel)
  // Alone, and one after the other, the same is certain.
  await ask(page, `${api}/ours`, 'omit')
  await settledLog(panel, 1)
  await ask(page, `${api}/same`)
  expect((await settledLog(panel, 2)).flatMap(linesOf)).toEqual([
    'sid blocked CredentialsOmitted confirmed',
    'sid stored confirmed',
  ])
})

test('another tab’s identical line does not contradict that ours was blocked', async () => {
  await page.goto('https://other.test/')
  await clearLog(panel)
  await withOther(async (other) => {
    site.together('/frame', '/top')
    const framed = page.evaluate(
      (src) =>
        new Promise<void>((resolve) => {
          const frame = Object.assign(document.createElement('iframe'), { src, onload: () => resolve() })
          document.body.append(frame)
        }),
      'https://www.shop.test/frame',
    )
    await Promise.all([framed, other.goto('https://www.shop.test/top')])
  })
  const [line] = (await restingLog(panel, 1)).flatMap(linesOf)
  expect(['sid blocked SchemefulSameSiteLax predicted', 'sid blocked SchemefulSameSiteLax confirmed']).toContain(line)
})

test('responses of one page that set one cookie at once have a write each', async () => {
  const fetchAll = (paths: string[]) =>
    page.evaluate((all) => Promise.all(all.map((path) => fetch(path))).then(() => undefined), paths)
  await fetchAll(Array(10).fill('/ours'))
  await fetchAll(['/ours', '/theirs', '/ours', '/theirs', '/gone'])
  const log = await settledLog(panel, 15)
  expect(log.flatMap(linesOf).filter((line) => line !== 'sid stored confirmed')).toEqual(['sid removed confirmed'])
  expect(await told()).toEqual([])
})

test('what scripts and extensions write is told once each, and no line’s own doing is', async () => {
  await page.evaluate(async () => {
    // biome-ignore-start lint/suspicious/noDocumentCookie: it is what most pages do
    document.cookie = 'script=1'
    await cookieStore.set('modern', '1')
    await fetch('/flags')
    document.cookie = 'script=; max-age=0'
    await cookieStore.delete('modern')
    document.cookie = 'sid=js; path=/elsewhere'
    // biome-ignore-end lint/suspicious/noDocumentCookie: it is what most pages do
  })
  await panel.evaluate(async () => {
    interface Cookies {
      set(details: object): Promise<unknown>
      remove(details: object): Promise<unknown>
    }
    const { cookies } = (globalThis as unknown as { chrome: { cookies: Cookies } }).chrome
    await cookies.set({ url: 'https://www.shop.test/', name: 'extension', value: '1' })
    await cookies.remove({ url: 'https://www.shop.test/', name: 'extension' })
    await cookies.set({ url: 'https://unrelated.test/', name: 'extension', value: '1' })
  })
  await expect
    .poll(told)
    .toEqual([
      '+script=1 explicit',
      '+modern=1 explicit',
      '-script=1 expired_overwrite',
      '-modern=1 expired_overwrite',
      '+sid=js explicit',
      '+extension=1 explicit',
      '-extension=1 explicit',
    ])
  expect((await settledLog(panel, 1)).flatMap(linesOf)).toEqual(['sid stored confirmed'])
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
  const asked = ask(page, '/slow')
  await arrived
  await setRecording(panel, false)
  const [ended] = await restingLog(panel, 1)
  expect([ended?.state, ended?.error]).toEqual(['unfinished', undefined])
  await setRecording(panel, true)
  // Recording is on again when the store has been read.
  await ask(page, '/ours')
  answer()
  await asked
  await expect
    .poll(async () => (await readLog(panel)).find(({ exchange }) => exchange.url.endsWith('/slow'))?.state)
    .toBe('complete')
})
