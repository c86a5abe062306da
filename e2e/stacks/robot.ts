import type { Page } from 'playwright'
import type { Way } from './stack.ts'

const starts: Readonly<Record<Way, string>> = {
  form: 'https://app.shop.test/login',
  redirect: 'https://app.shop.test/login',
  form_post: 'https://app.shop.test/login',
  spa: 'https://web.shop.test/',
  bearer: 'https://web.shop.test/bearer',
}

/** Whether the page says that somebody is logged in: error pages of servers and browsers say nothing of the kind. */
const isLoggedIn = async (page: Page): Promise<boolean> => {
  await page.waitForLoadState()
  const state = page.getByRole('status')
  if ((await state.count()) === 0) return false
  const settled = state.filter({ hasText: /^You are/ })
  await settled.waitFor()
  return (await settled.filter({ hasText: 'You are logged in' }).count()) === 1
}

/** Presses what leads to another document, and waits for that one, or for the browser's page that says why there is none. */
const leave = async (page: Page, press: () => Promise<void>): Promise<void> => {
  await Promise.all([page.waitForEvent('load'), press()])
}

/** Logs in as a person does, as far as the servers let one. @returns whether the page says so afterwards */
export const logIn = async (page: Page, way: Way): Promise<boolean> => {
  const opened = await page.goto(starts[way]).catch(() => null)
  // A page that never comes, or an error: there is nothing to fill in.
  if (opened === null || !opened.ok()) return false
  // A single-page app asks its API first who is there.
  await isLoggedIn(page)
  if (way === 'redirect' || way === 'form_post') {
    const name = way === 'redirect' ? 'Continue with Other ID' : 'Continue with Other ID, by a form'
    await leave(page, () => page.getByRole('link', { name, exact: true }).click())
    const allow = page.getByRole('button', { name: 'Allow' })
    if ((await allow.count()) === 0) return false
    await allow.click()
    // Where the app answers with an error and no page, the browser shows one of its own: that is no arrival.
    await page.waitForURL(({ host }) => host !== 'id.other.test').catch(() => undefined)
    return isLoggedIn(page)
  }
  await page.getByLabel('Name').fill('Ada')
  await page.getByLabel('Password').fill('lovelace')
  const button = page.getByRole('button', { name: 'Log in' })
  if (way === 'form') {
    await Promise.race([
      leave(page, () => button.click()),
      // A framework's own script may stay on the document.
      page.getByText('You are logged in').waitFor(),
      page.getByText('Something went wrong').waitFor(),
    ])
  } else await button.click()
  return isLoggedIn(page)
}

/** Whether the login holds: on the page it ended on, after a reload, and on the next page. */
export const survives = async (page: Page): Promise<boolean> => {
  if (!(await isLoggedIn(page))) return false
  await page.reload()
  if (!(await isLoggedIn(page))) return false
  await leave(page, () => page.getByRole('link', { name: 'Cart' }).click())
  return isLoggedIn(page)
}
