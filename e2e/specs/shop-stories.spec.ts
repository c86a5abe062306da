import { expect, test } from 'playwright/test'
import { launch, type RunningBrowser } from '../browser/launch.ts'
import { type Shop, startShop } from '../sites/shop.ts'
import { stories } from '../sites/stories/table.ts'
import { play } from '../sites/story-robot.ts'

/** Without the extension: each story's login breaks as it says, and holds when its mistake is mended. */

let shop: Shop
let running: RunningBrowser
test.beforeAll(async () => {
  shop = await startShop()
  running = await launch({ thirdPartyCookies: 'allowed', servers: shop.servers })
})
test.afterAll(async () => {
  await running?.close()
  await shop?.close()
})
test.beforeEach(async () => {
  await running.page.goto('about:blank')
  await running.context.clearCookies()
})

for (const { id, title, survives } of stories) {
  test(`${id}: ${title}`, async () => {
    shop.tell(id)
    expect(await play(running.page, shop)).toBe(survives === true)
    shop.tell(id, true)
    expect(await play(running.page, shop), 'mended').toBe(true)
  })
}
