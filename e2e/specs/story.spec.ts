import { expect, test } from 'playwright/test'
import { openPanel } from '../browser/devtools.ts'
import { launch, type RunningBrowser } from '../browser/launch.ts'
import { type PanelReader, panelReader } from '../browser/panel.ts'
import { type Shop, startShop } from '../sites/shop.ts'
import { stories } from '../sites/stories/table.ts'
import { play } from '../sites/story-robot.ts'
import { expectBroken, expectHealthy, expectNamed } from './story-moments.ts'

/** The panel names what stands around the cookie and breaks the login, first of all; and is silent when that is mended. */

// Among the last files: by both workers, so that none of them waits for the other.
test.describe.configure({ mode: 'parallel' })

let shop: Shop
let running: RunningBrowser
let reader: PanelReader

test.beforeAll(async () => {
  shop = await startShop()
  running = await launch({
    thirdPartyCookies: 'allowed',
    servers: shop.servers,
    extension: 'dist/chromium',
    devtools: true,
  })
  reader = panelReader(await openPanel(running))
})
test.afterAll(async () => {
  await running?.close()
  await shop?.close()
})
test.beforeEach(async () => {
  await running.page.goto('about:blank')
  await running.context.clearCookies()
  await reader.clear()
})

const stopped = { method: 'POST', host: 'api.shop.test', path: '/login' }

for (const { id, title, diagnosis, survives: holds } of stories) {
  test(`${id}: ${title}`, async () => {
    shop.tell(id)
    // DevTools tells of what was stopped only while its page is there, and only in the log is that seen.
    const isTold = () => reader.row(stopped).waitFor()
    const beforeLeaving = diagnosis === 'MixedContent' ? isTold : undefined
    expect(await play(running.page, shop, beforeLeaving)).toBe(holds === true)
    if (holds === true) await expectNamed(reader, diagnosis)
    else await expectBroken(reader, diagnosis)

    shop.tell(id, true)
    await reader.clear()
    expect(await play(running.page, shop)).toBe(true)
    await expectHealthy(reader)
  })
}
