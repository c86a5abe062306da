import type { Page } from 'playwright'
import type { Shop } from './shop.ts'

/** Waits until the page knows who its visitor is. @returns whether it says that somebody is logged in */
export const isLoggedIn = async (page: Page): Promise<boolean> => {
  const state = page.getByRole('status').filter({ hasText: /^You are/ })
  await state.waitFor()
  return (await state.filter({ hasText: 'You are logged in' }).count()) === 1
}

/** Visits the shop and logs in as a person does, from the scenario's start to the account page. */
export const logIn = async (page: Page, shop: Shop): Promise<void> => {
  await page.goto(shop.startUrl)
  await page.getByRole('navigation').getByRole('link', { name: 'Log in' }).click()
  const provider = page.getByRole('button', { name: 'Continue with Other ID' })
  const name = page.getByLabel('Name')
  await provider.or(name).waitFor()
  if (await provider.isVisible()) await provider.click()
  await name.fill('Ada')
  await page.getByLabel('Password').fill('lovelace')
  await page.getByRole('button', { name: 'Log in' }).click()
  await page.waitForURL('**/account')
  await isLoggedIn(page)
}

/** Whether the login holds: on the page it ended on, after a reload, and on the shop's next page. */
export const survives = async (page: Page): Promise<boolean> => {
  if (!(await isLoggedIn(page))) return false
  await page.reload()
  if (!(await isLoggedIn(page))) return false
  await page.getByRole('navigation').getByRole('link', { name: 'Cart' }).click()
  await page.waitForURL('**/cart')
  return isLoggedIn(page)
}
