import type { Page } from 'puppeteer-core'
import type { Shop } from './shop.ts'

/** As `robot.ts`, for a Firefox that Puppeteer drives. */

/** Waits until the page knows who its visitor is. @returns whether it says that somebody is logged in */
export const isLoggedIn = async (page: Page): Promise<boolean> => {
  const state = await page.waitForFunction(
    () => /^You are (not )?logged in/.exec(document.querySelector('[role=status]')?.textContent ?? '')?.[0],
  )
  return (await state.jsonValue()) === 'You are logged in'
}

const clickThrough = async (page: Page, selector: string): Promise<void> => {
  await Promise.all([page.waitForNavigation(), page.click(selector)])
}

/** Visits the shop and logs in as a person does, from the scenario's start to the account page. */
export const logIn = async (page: Page, shop: Shop): Promise<void> => {
  await page.goto(shop.startUrl)
  await clickThrough(page, 'nav a[href="/login"]')
  // By way of the identity provider: the first button leads to its form.
  if ((await page.$('form input[name=name]')) === null) await clickThrough(page, 'main form button')
  await clickThrough(page, 'main form button')
  await isLoggedIn(page)
}

/** Whether the login holds: on the page it ended on, after a reload, and on the shop's next page. */
export const survives = async (page: Page): Promise<boolean> => {
  if (!(await isLoggedIn(page))) return false
  await page.reload()
  if (!(await isLoggedIn(page))) return false
  await clickThrough(page, 'nav a[href="/cart"]')
  return isLoggedIn(page)
}
