import { setTimeout as sleep } from 'node:timers/promises'
import type { Frame } from 'playwright'
import { expect, test } from 'playwright/test'
import type { LogEntry } from '../../src/panel/session.ts'
import type { RunningBrowser } from '../browser/launch.ts'
import { launchRecorded, type Recorded } from '../browser/recorded.ts'
import { killServiceWorker } from '../browser/worker.ts'
import { type Random, randomFrom } from '../oracle/random.ts'
import { cookiesOf, linesOf, readStatus, settledLog } from './capture-log.ts'
import { type Answer, type Site, startSite } from './capture-site.ts'
import { readGaps } from './faults-log.ts'

/** The service worker may end at any time, and nothing is lost by it. WORKER_SEED plays a printed seed again. */

const noIcon = '<link rel="icon" href="data:,">'

/** Each login has sites and paths of its own, so that none has to wait for the store of the one before. */
const count = 21
const tokenOf = (login: number): string => `n${String(login).padStart(2, '0')}`
const paths = ['/start', '/login', '/sso', '/home', '/frame', '/image'] as const

const answersOf = (token: string): Record<string, Answer> => ({
  [`/${token}/start`]: { body: `${noIcon}<form method="post" action="login"><button>Log in</button></form>` },
  [`/${token}/login`]: { status: 302, headers: { 'Set-Cookie': ['sid=1', 'bad=1; SameSite=None'], Location: 'sso' } },
  // The first value lives for one hop: only who was there has seen it.
  [`/${token}/sso`]: {
    status: 303,
    headers: { 'Set-Cookie': 'sid=2', Location: `https://www.${token}.test/${token}/home` },
  },
  [`/${token}/home`]: {
    body: `${noIcon}<iframe src="https://other-${token}.test/${token}/frame"></iframe>`,
    headers: { 'Set-Cookie': 'www=1' },
  },
  [`/${token}/frame`]: { body: '<img src="image">', headers: { 'Set-Cookie': 'tp=1; Secure; SameSite=None' } },
  [`/${token}/image`]: { headers: { 'Content-Type': 'image/png' } },
})

let recorded: Recorded<Site>
let site: Site
let running: RunningBrowser
let panel: Frame

test.beforeAll(async () => {
  const answers = Array.from({ length: count }, (_, login) => answersOf(tokenOf(login)))
  recorded = await launchRecorded(startSite(Object.assign({ '/': { body: noIcon } }, ...answers)))
  ;({ site, running, panel } = recorded)
})
test.afterAll(() => recorded?.close())

/** What the log says, without what differs from one run to the next. */
const told = (entry: LogEntry) => {
  const { exchange, state, error } = entry
  const { url, method, resourceType, initiator, frames, redirectChain, status } = exchange
  const sent = exchange.requestHeaders.find(({ name }) => name === 'Cookie')?.value
  return {
    url,
    method,
    resourceType,
    initiator,
    frames,
    redirectChain,
    status,
    state,
    error,
    sent,
    lines: linesOf(entry),
    cookies: cookiesOf(entry),
  }
}

const expectAccess = (access: string) => expect.poll(async () => (await readStatus(panel)).hostAccess).toBe(access)

const logIn = async (token: string) => {
  const { page } = running
  await page.goto('about:blank')
  // Which a running worker has told.
  await expectAccess('unknown')
  await page.goto(`https://app.${token}.test/${token}/start`)
  await page.getByRole('button').click()
  await page.waitForURL(`https://www.${token}.test/${token}/home`)
}

/** A moment of a login: so many milliseconds after a request has come, which is answered at once or waits for it. */
interface Moment {
  path: (typeof paths)[number]
  delay: number
  waits: boolean
}

const randomMoment = (random: Random): Moment => ({
  path: random.pick(paths),
  delay: random.int(60),
  waits: random.chance(0.5),
})

test('a login is the same with the worker killed at any of twenty moments', async () => {
  test.setTimeout(120_000)
  const seed = Number(process.env['WORKER_SEED'] ?? Date.now() % 1_000_000)
  console.log(`worker seed ${seed}`)
  const random = randomFrom(seed)
  const moments: (Moment | null)[] = []
  for (let login = 0; login < count; login++) {
    // The first is left in peace.
    const moment = login === 0 ? null : randomMoment(random)
    moments.push(moment)
    const token = tokenOf(login)
    const kills: Promise<void>[] = []
    if (moment !== null) {
      site.interrupt(`/${token}${moment.path}`, async () => {
        const kill = sleep(moment.delay).then(() => killServiceWorker(running))
        kills.push(kill)
        if (moment.waits) await kill
      })
    }
    await logIn(token)
    await Promise.all(kills)
    expect(kills, `seed ${seed}, login ${login}`).toHaveLength(login === 0 ? 0 : 1)
  }

  const log = await settledLog(panel, count * paths.length)
  const logins = moments.map((moment, login) => {
    const token = tokenOf(login)
    const own = log.filter(({ exchange }) => exchange.url.includes(`/${token}/`)).map(told)
    return { seed, moment, log: JSON.parse(JSON.stringify(own).replaceAll(token, 'shop')) }
  })
  const undisturbed = logins[0]?.log
  expect(undisturbed.map(({ url }: { url: string }) => url)).toEqual([
    'https://app.shop.test/shop/start',
    'https://app.shop.test/shop/login',
    'https://app.shop.test/shop/sso',
    'https://www.shop.test/shop/home',
    'https://other-shop.test/shop/frame',
    'https://other-shop.test/shop/image',
  ])
  for (const login of logins) expect(login).toEqual({ ...login, log: undisturbed })
  expect(await readGaps(panel)).toEqual([])
})

test('a new worker goes on telling about access', async () => {
  await running.page.goto('https://app.shop.test/')
  await expectAccess('granted')
  await running.page.goto('about:blank')
  await expectAccess('unknown')
  await killServiceWorker(running)
  await running.page.goto('https://app.shop.test/')
  await expectAccess('granted')
  expect(await readStatus(panel)).toMatchObject({ connection: 'connected', recording: true })
})
