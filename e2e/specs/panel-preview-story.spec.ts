import type { Page } from 'playwright'
import { expect } from 'playwright/test'
import { SECRET } from '../panel-preview/entries.ts'
import { lowContrast } from '../panel-preview/low-contrast.ts'
import { test } from '../panel-preview/test.ts'

/** The login's story in the panel's components, made up: what needs no DevTools to be tested. */

const bar = (page: Page) => page.getByRole('region', { name: 'The login' })
const story = (page: Page) => page.getByRole('main', { name: 'The login’s story' })
const detail = (page: Page) => page.getByRole('region', { name: 'Details of the request' })
const selected = (page: Page) => page.locator('.row[aria-selected=true]')

test('tells the login in one sentence and its steps, each a click away from its request', async ({ open }) => {
  const page = await open('scene=story-broken')
  await expect(bar(page)).toContainText('The login breaks at step 4: Chromium dropped sid')
  await expect(bar(page).getByRole('listitem')).toHaveText([
    ...[/works: GET \/login/, /works: POST \/auth\/login 200/, /works: sid set/, /breaks here: sid not stored/],
    ...[/breaks here: GET \/me without it/, /breaks here: 401/, /not seen yet: reload/, /not seen yet: next visit/],
  ])
  await bar(page)
    .getByRole('button', { name: /sid not stored/ })
    .click()
  await expect(selected(page)).toHaveAttribute('id', 'request-r3')
  await expect(detail(page)).toBeFocused()
  await bar(page).getByRole('button', { name: /401/ }).press('Enter')
  await expect(selected(page)).toHaveAttribute('id', 'request-r4')
  await expect(bar(page).getByRole('button', { name: /reload/ })).toHaveCount(0)
})

test('marks the request that breaks the login, where no cookie is to blame, and counts it as a problem', async ({
  open,
}) => {
  const page = await open('scene=story-bearer')
  const me = page.getByRole('option', { name: /^The login breaks here: GET \/me api\.shop\.test, 401/ })
  await expect(me).toBeVisible()
  await expect(page.locator('footer')).toContainText('1 problem')
  await page.getByRole('button', { name: 'Problems only' }).click()
  await expect(page.getByRole('option')).toHaveCount(1)
  await me.click()
  await expect(detail(page)).toContainText('The login breaks here. See why')
  const cookie = await open('scene=story-broken')
  await expect(
    cookie.getByRole('option', { name: /^Cookie not stored, and the login breaks here: POST \/auth\/login/ }),
  ).toBeVisible()
  await expect(cookie.locator('footer')).toContainText('3 problems')
  await cookie.getByRole('button', { name: 'Problems only' }).click()
  await expect(cookie.getByRole('option')).toHaveCount(3)
})

test('leads to a request that the filter hides, and says that it is off', async ({ open }) => {
  const page = await open('scene=story-broken')
  const filter = page.getByLabel('Filter requests')
  const said = page.getByText('The filter hid this request. It is off now.')
  await filter.fill('login')
  await expect(page.getByRole('option')).toHaveCount(4)
  await bar(page)
    .getByRole('button', { name: /sid not stored/ })
    .click()
  await expect(selected(page)).toHaveAttribute('id', 'request-r3')
  await expect(filter).toHaveValue('login')
  await expect(said).toHaveCount(0)
  await page.getByRole('button', { name: 'Problems only' }).click()
  await bar(page)
    .getByRole('button', { name: /GET \/login/ })
    .click()
  await expect(said).toBeVisible()
  await expect(selected(page)).toHaveAttribute('id', 'request-r1')
  await expect(detail(page)).toBeFocused()
  await expect(filter).toHaveValue('')
  await expect(page.getByRole('button', { name: 'Problems only' })).toHaveAttribute('aria-pressed', 'false')
  // From the story, too, where the list is not in sight.
  await filter.fill('nowhere')
  await expect(page.getByRole('option')).toHaveCount(0)
  await page.getByRole('tab', { name: 'Story' }).click()
  await story(page).getByRole('button', { name: 'POST /auth/login api.shop.test 200' }).first().click()
  await expect(said).toBeVisible()
  await expect(selected(page)).toBeInViewport()
})

test('says so where a step’s request was given up', async ({ open }) => {
  const page = await open('scene=story-broken')
  await page.evaluate(() => {
    window.session.log.clear()
    window.session.changed()
  })
  await expect(page.getByRole('option')).toHaveCount(0)
  await bar(page)
    .getByRole('button', { name: /sid not stored/ })
    .click()
  await expect(page.getByText('That request is no longer in the log.')).toBeVisible()
})

test('tells of the steps that were not reached in one line', async ({ open }) => {
  const page = await open('scene=story-broken&view=story')
  const items = story(page)
    .getByRole('region', { name: /^The login breaks/ })
    .getByRole('listitem')
  await expect(items).toHaveCount(7)
  await expect(items.last()).toHaveText('Steps 7 and 8 were not reached.')
})

test('begins no line of steps with a dash', async ({ open }) => {
  const page = await open('scene=story-broken', { width: 1200, height: 600 })
  for (const width of [1200, 640, 320]) {
    await page.setViewportSize({ width, height: 600 })
    const { lines, seen } = await bar(page)
      .getByRole('list')
      .evaluate((list) => {
        const items = [...list.children] as HTMLElement[]
        const first = items.filter((item, i) => i === 0 || item.offsetTop > (items[i - 1]?.offsetTop ?? 0) + 4)
        const dashEnds = first.map(
          (item) => item.getBoundingClientRect().left + Number.parseFloat(getComputedStyle(item, '::before').width),
        )
        return { lines: first.length, seen: dashEnds.filter((end) => end > list.getBoundingClientRect().left + 0.5) }
      })
    expect(seen, `at ${width}`).toEqual([])
    if (width < 1000) expect(lines).toBeGreaterThan(1)
  }
})

test('shows the fix: what was found, else the request whose verdict says it', async ({ open }) => {
  const found = await open('scene=story-broken')
  await found.getByRole('button', { name: 'Show the fix' }).click()
  const first = story(found).getByRole('article').first()
  await expect(first).toBeFocused()
  await expect(first).toContainText('The API thinks that it is on http, and leaves Secure out')
  await first.getByRole('button', { name: 'POST /auth/login api.shop.test' }).click()
  await expect(selected(found)).toHaveAttribute('id', 'request-r3')
  await expect(selected(found)).toBeInViewport()
  const verdict = await open('scene=story-verdict')
  await verdict.getByRole('button', { name: 'Show the fix' }).click()
  await expect(selected(verdict)).toHaveAttribute('id', 'request-r3')
})

test('tells first which verdict breaks the login, where no finding does, and gives no lines for what is odd beside it', async ({
  open,
}) => {
  const page = await open('scene=story-verdict&view=story')
  const found = story(page).getByRole('region', { name: 'What was found' })
  await expect(found.getByRole('heading', { level: 2 })).toHaveText([
    'Why it breaks, and what to change',
    'Worth knowing',
  ])
  await expect(found.locator('.reason').first()).toHaveAttribute('data-reason', 'SameSiteNoneInsecure')
  await expect(found.getByRole('button', { name: /^Copy the corrected line/ })).toHaveCount(1)
  await expect(found.getByRole('article')).toContainText('The session ends when the browser is closed')
  await expect(found.getByRole('article').getByRole('button', { name: /Copy/ })).toHaveCount(0)
  await expect(found.getByLabel('Stack')).toHaveCount(1)
  await found.getByRole('button', { name: 'Show the fix' }).click()
  await expect(selected(page)).toHaveAttribute('id', 'request-r3')
  await expect(selected(page).locator('.glyph')).toHaveClass(/bad/)
  await expect(detail(page)).toContainText('The login breaks here.')
})

test('ranks what was found: what breaks the login, what would next, what is odd', async ({ open }) => {
  const page = await open('scene=story-broken&view=story')
  const badges = story(page).locator('article .badge')
  await expect(badges).toHaveText(['breaks the login', 'would break it next', 'worth knowing'])
  await expect(story(page).locator('article .agreement')).toHaveText([
    ...['likely: little else would look like this', 'the requests show it', 'possible: one of several explanations'],
  ])
})

test('says nothing while there is no login, and asks for one in its place only', async ({ open }) => {
  const page = await open('scene=story-none')
  await expect(page.getByRole('tab', { name: 'Story' })).toBeVisible()
  await expect(bar(page)).toHaveCount(0)
  await page.getByRole('tab', { name: 'Requests' }).focus()
  await page.keyboard.press('ArrowRight')
  await expect(story(page)).toContainText('Log in, and the steps of the login appear here.')
  await page.keyboard.press('Home')
  await expect(page.getByRole('listbox', { name: 'Requests' })).toBeVisible()
})

test('folds to its sentence, and stays folded', async ({ open }) => {
  const page = await open('scene=story-broken')
  await page.getByRole('button', { name: 'Hide the steps of the login' }).click()
  await expect(bar(page).getByRole('list')).toHaveCount(0)
  await expect(bar(page)).toContainText('The login breaks at step 4')
  const again = await open('scene=story-broken')
  await again.getByRole('button', { name: 'Show the steps of the login' }).click()
  await expect(bar(again).getByRole('list')).toBeVisible()
})

test('takes another request for the login, picked in its details or in the story', async ({ open }) => {
  const page = await open('scene=story-broken')
  await page.locator('#request-r8').click()
  await detail(page).getByRole('button', { name: 'This is the login' }).click()
  await expect(detail(page)).toContainText('This is the login, as you say.')
  await detail(page).getByRole('button', { name: 'Its story' }).click()
  const choice = story(page).getByRole('region', { name: 'The login request' })
  await expect(choice).toContainText('POST /collect stats.other.test')
  await choice.getByText('It was another request').click()
  await choice.getByRole('button', { name: 'POST /auth/login', exact: true }).click()
  await expect(choice.getByRole('button', { name: 'POST /auth/login api.shop.test' })).toBeVisible()
  await choice.getByRole('button', { name: 'Find it instead' }).click()
  await expect(choice.getByRole('button', { name: 'Find it instead' })).toHaveCount(0)
})

test('gives the lines for the likely stack, for another on wish, and remembers that', async ({ open }) => {
  const page = await open('scene=story-broken&view=story')
  const stack = story(page).getByLabel('Stack')
  await expect(stack).toHaveValue('express')
  await expect(story(page).getByLabel('Proxy in front')).toHaveValue('nginx')
  await expect(story(page)).toContainText('Likely: An answer says X-Powered-By: Express.')
  await story(page).getByRole('button', { name: 'Copy the lines for app.js' }).first().click()
  await expect(page.getByText('Lines for app.js copied')).toBeVisible()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain("app.set('trust proxy', 1)")
  // It would stand in the way of the next view.
  await page.getByRole('tab', { name: 'Requests' }).click()
  await expect(page.getByText('Lines for app.js copied')).toHaveCount(0)
  await page.getByRole('tab', { name: 'Story' }).click()
  await story(page).getByLabel('Proxy in front').selectOption('caddy')
  // Lines are indented as they are to be pasted.
  const lines = story(page).locator('.snippet pre', { hasText: /^\t/m })
  await expect(lines.first()).toBeVisible()
  await expect(story(page)).not.toContainText('\\x09')
  await stack.selectOption('django')
  await expect(story(page)).toContainText('SECURE_PROXY_SSL_HEADER')
  await expect(story(page)).not.toContainText('X-Powered-By')
  const verdict = await open('scene=story-verdict')
  await verdict.locator('#request-r3').click()
  await expect(detail(verdict).getByLabel('Stack')).toHaveValue('django')
  await expect(detail(verdict)).toContainText('SESSION_COOKIE_SECURE')
  await detail(verdict).getByLabel('Stack').selectOption('none')
  await expect(detail(verdict)).not.toContainText('SESSION_COOKIE_SECURE')
})

for (const theme of ['light', 'dark']) {
  test(`chooses a stack by keyboard, from a list with enough contrast in the ${theme} theme`, async ({ open }) => {
    const page = await open(`scene=story-verdict&theme=${theme}`)
    await page.locator('#request-r3').click()
    const stack = detail(page).getByLabel('Stack')
    const isOpen = () => stack.evaluate((select) => select.matches(':open'))
    await stack.focus()
    await page.keyboard.press('Space')
    await expect.poll(isOpen).toBe(true)
    expect(await page.evaluate(lowContrast)).toEqual([])
    // Out of the list, not out of the details.
    await page.keyboard.press('Escape')
    await expect.poll(isOpen).toBe(false)
    await expect(stack).toBeFocused()
    await page.keyboard.press('Space')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await expect(stack).toHaveValue('nextjs')
    await expect(stack).toBeFocused()
    await expect(detail(page)).toContainText('Next.js')
    await page.keyboard.press('Escape')
    await expect(page.getByRole('listbox', { name: 'Requests' })).toBeFocused()
  })
}

test('reads as a list who asked whom', async ({ open }) => {
  const page = await open('scene=story-healthy&view=story')
  const arrows = page.getByRole('list', { name: 'Requests and answers of the login' }).getByRole('listitem')
  await expect(arrows).toHaveCount(8)
  await expect(arrows.nth(4)).toHaveText(
    /GET \/auth\/callback to App app\.shop\.test.*oauth_state sent.*answer 302.*__Host-session stored.*pkce_verifier removed/,
  )
  await arrows.nth(2).getByRole('button', { name: 'Show the request: GET /authorize' }).click()
  await expect(selected(page)).toHaveAttribute('id', 'request-o3')
})

test('says how many requests the diagram has no room for', async ({ open }) => {
  const long = await open('scene=story-long&view=story')
  await expect(story(long)).toContainText('12 more requests of this login left out.')
  const short = await open('scene=story-healthy&view=story')
  await expect(story(short).getByRole('region', { name: 'Who asked whom' })).not.toContainText('left out')
})

test('says what a healthy login was found to do, and what is still risky', async ({ open }) => {
  const page = await open('scene=story-healthy&view=story')
  await expect(story(page).getByRole('heading', { name: 'What was checked' })).toBeVisible()
  await expect(story(page).getByRole('img', { name: 'to look at' })).toHaveCount(2)
  await expect(story(page).getByRole('article')).toHaveCount(0)
})

test('shows tokens decoded, never whole; and of addresses nothing that a query holds', async ({ open }) => {
  const page = await open('scene=story-bearer&view=story')
  const tokens = story(page).getByRole('region', { name: 'Tokens' })
  await expect(tokens).toContainText('access_token in the answer POST /token api.shop.test 200')
  await expect(tokens).toContainText('https://issuer.shop.test/')
  await expect(tokens).toContainText('22 seconds after the request by the server’s clock')
  expect(await page.content()).not.toContain(SECRET)
  const oauth = await open('scene=story-healthy&view=story')
  await expect(story(oauth)).toBeVisible()
  expect(await story(oauth).innerHTML()).not.toContain(SECRET)
})

test('exports the story first', async ({ open }) => {
  const page = await open('scene=story-broken')
  await page.getByRole('button', { name: 'Export' }).click()
  await page.getByRole('menuitem', { name: /^Copy Markdown report/ }).click()
  await expect(page.getByText('Report copied (redacted)')).toBeVisible()
  const markdown = await page.evaluate(() => navigator.clipboard.readText())
  expect(markdown).toMatch(/^## Chromium 156: The login breaks at step 4: Chromium dropped `sid`/)
  expect(markdown).toContain('```mermaid\nsequenceDiagram\n')
  expect(markdown).toContain('### Why it breaks, and what to change')
  expect(markdown).toContain(
    "  Express 5 (express-session 1), `app.js`:\n\n  ```js\n  app.set('trust proxy', 1)\n  ```\n",
  )
  expect(markdown).toContain('  ```nginx\n  proxy_set_header Host $host;\n')
  expect(markdown).not.toContain(SECRET)
})
