import type { Page } from 'puppeteer-core'
import type { Shop } from './shop.ts'

/** As `story-robot.ts`, for a Firefox that Puppeteer drives. */

/** What the page says of its visitor, once it knows. */
const said = async (page: Page): Promise<string> => {
  const state = await page.waitForFunction(() => {
    const text = document.querySelector('[role=status]')?.textContent ?? ''
    return document.readyState === 'complete' && /^(You are|The login failed)/.test(text) ? text : null
  })
  return (await state.jsonValue()) ?? ''
}

const clickThrough = async (page: Page, selector: string): Promise<void> => {
  await Promise.all([page.waitForNavigation(), page.click(selector)])
}

/** Types a password, sends the form, and waits until another page is there, or this one says that it failed. */
const sendForm = async (page: Page): Promise<void> => {
  await page.$eval('[name=password]', (field) => {
    ;(field as HTMLInputElement).value = 'lovelace'
  })
  await page.click('main form button')
  await page.waitForFunction(() => {
    const failed = /^The login failed/.test(document.querySelector('[role=status]')?.textContent ?? '')
    const password = document.querySelector<HTMLInputElement>('[name=password]')
    return failed || (document.readyState === 'complete' && password?.value !== 'lovelace')
  })
}

/**
 * Goes through a story as a person does: logs in, looks at the account, reloads, goes on.
 * @param beforeLeaving done on the page that says that the login failed, before it is left
 * @returns whether the login held throughout
 */
export const play = async (page: Page, shop: Shop, beforeLeaving = async () => {}): Promise<boolean> => {
  await page.goto(shop.startUrl)
  await said(page)
  await clickThrough(page, 'nav a[href="/login"]')
  await said(page)
  // By way of the identity provider: the first button leads to its form.
  if ((await page.$('form input[name=name]')) === null) await clickThrough(page, 'main form button')
  if ((await page.$('form input[name=name]')) !== null) await sendForm(page)
  const after = await said(page)
  if (after.startsWith('The login failed')) await beforeLeaving()
  // Who was not let in looks whether it worked all the same.
  const { pathname, hostname } = new URL(page.url())
  if (pathname !== '/account' && hostname !== 'id.other.test') {
    await clickThrough(page, 'nav a[href="/account"]')
    await said(page)
  }
  const isIn = (text: string) => text.startsWith('You are logged in')
  if (!isIn(after)) return false
  await page.reload()
  if (!isIn(await said(page))) return false
  await clickThrough(page, 'nav a[href="/cart"]')
  return isIn(await said(page))
}
