import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { openPanel } from '../e2e/browser/devtools.ts'
import { launch, type RunningBrowser } from '../e2e/browser/launch.ts'
import { panelReader } from '../e2e/browser/panel.ts'
import { logIn } from '../e2e/sites/robot.ts'
import { isScenarioId, scenarioOf, scenarios } from '../e2e/sites/scenarios.ts'
import { type Shop, startShop } from '../e2e/sites/shop.ts'
import { Failure } from './command.mjs'

export interface StartOptions {
  /** What is broken in the shop; see e2e/sites/scenarios.ts. */
  scenario: string
  /** Ports of the shop on 127.0.0.1; 0: a free one. */
  https: number
  http: number
  /** Play one login without a window, and report. */
  headless: boolean
}

const extension = path.resolve('dist/chromium')
const screenshot = path.resolve('.cache/start/panel.png')

/** Shows what keeps the demo from starting as the one line that it is. */
const orFail = async <Result>(work: Promise<Result>): Promise<Result> => {
  try {
    return await work
  } catch (error) {
    throw new Failure(error instanceof Error ? error.message : String(error))
  }
}

const launchFor = (shop: Shop, headless: boolean): Promise<RunningBrowser> =>
  launch({
    thirdPartyCookies: 'allowed',
    servers: shop.servers,
    extension,
    devtools: true,
    headless,
    ...(headless ? {} : { dock: 'bottom', theme: 'system', window: { width: 1400, height: 960 } }),
  })

/** Leaves the person with the shop above our panel, and nothing of ours attached to their browser. */
const show = async (running: RunningBrowser, shop: Shop): Promise<void> => {
  await openPanel(running)
  await running.page.goto(shop.startUrl)
  await running.page.bringToFront()
  await running.browser.close()
  console.log(
    'The shop is open, and DevTools below it on Cookie Verdict: log in. Ctrl-C, or closing the browser, ends it.',
  )
  await running.exited
}

/** Plays one broken login in the real panel and reports it. */
const play = async (running: RunningBrowser, shop: Shop): Promise<void> => {
  const { title, expected } = scenarioOf(shop.scenario)
  console.log(`Playing one login without a window. The shop's defect: ${title}.\n`)
  const opened = await openPanel(running)
  const reader = panelReader(opened)
  await logIn(running.page, shop)
  if (expected.allowed !== null) {
    const detail = await reader.open(reader.row(expected.allowed.request))
    // The store's answer comes a moment after the response.
    await detail
      .getByText(/confirmed/)
      .first()
      .waitFor()
  }
  await mkdir(path.dirname(screenshot), { recursive: true })
  await opened.devtools.screenshot({ path: screenshot })
  console.log(await reader.exportMarkdown())
  console.log(`\nThe panel, as it looked: ${screenshot}`)
}

const untilStopped = (): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve())
  })

/**
 * The demo: the broken-login shop in a browser with the extension, until the browser or this process is told to end.
 * @throws {Failure} one line that says what is in the way
 */
export const start = async ({ scenario, https, http, headless }: StartOptions): Promise<void> => {
  if (!isScenarioId(scenario)) {
    throw new Failure(`There is no scenario ${scenario}. There are: ${scenarios.map(({ id }) => id).join(', ')}.`)
  }
  const stopped = untilStopped()
  const shop = await orFail(startShop({ scenario, ports: { https, http } }))
  try {
    const running = await orFail(launchFor(shop, headless))
    try {
      await Promise.race([stopped, headless ? play(running, shop) : show(running, shop)])
    } finally {
      await running.close()
    }
  } finally {
    await shop.close()
  }
}
