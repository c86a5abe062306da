import type { Page } from 'playwright'
import type { Shop } from './shop.ts'

/** What the page says of its visitor, once it knows. */
const said = async (page: Page): Promise<string> => {
  const state = page.getByRole('status').filter({ hasText: /^(You are|The login failed)/ })
  await state.waitFor()
  return (await state.textContent()) ?? ''
}

/**
 * Goes through a story as a person does: logs in, looks at the account, reloads, goes on.
 * @param beforeLeaving done on the page that says that the login failed, before it is left
 * @returns whether the login held throughout
 */
export const play = async (page: Page, shop: Shop, beforeLeaving = async () => {}): Promise<boolean> => {
  await page.goto(shop.startUrl)
  await said(page)
  await page.getByRole('navigation').getByRole('link', { name: 'Log in' }).click()
  const provider = page.getByRole('button', { name: 'Continue with Other ID' })
  const name = page.getByLabel('Name')
  await provider.or(name).waitFor()
  if (await provider.isVisible()) {
    await said(page)
    await provider.click()
    await name.or(page.getByText(/^The login failed/)).waitFor()
  } else await said(page)
  if (await name.isVisible()) {
    const button = page.getByRole('button', { name: 'Log in' })
    await name.fill('Ada')
    await page.getByLabel('Password').fill('lovelace')
    await button.click()
    // A page that is shown again after a refusal is a new document: its form is empty.
    await page.waitForFunction(() => {
      const failed = /^The login failed/.test(document.querySelector('[role=status]')?.textContent ?? '')
      const password = document.querySelector<HTMLInputElement>('[name=password]')
      return failed || (document.readyState === 'complete' && password?.value !== 'lovelace')
    })
  }
  const after = await said(page)
  if (after.startsWith('The login failed')) await beforeLeaving()
  // Who was not let in looks whether it worked all the same.
  if (!page.url().endsWith('/account') && new URL(page.url()).hostname !== 'id.other.test') {
    await page.getByRole('navigation').getByRole('link', { name: 'Account' }).click()
    await said(page)
  }
  if (!/^You are logged in/.test(after)) return false
  await page.reload()
  if (!/^You are logged in/.test(await said(page))) return false
  await page.getByRole('navigation').getByRole('link', { name: 'Cart' }).click()
  await page.waitForURL('**/cart')
  return /^You are logged in/.test(await said(page))
}
