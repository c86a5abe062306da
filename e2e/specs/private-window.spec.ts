import type { CDPSession } from 'playwright'
import { expect, test } from 'playwright/test'
import { openPanel } from '../browser/devtools.ts'
import { launch } from '../browser/launch.ts'
import { startSite } from './capture-site.ts'

/** A private window has a store of its own: the one's cookies are none of the other's business. */

interface Target {
  targetId: string
  type: string
  url: string
  browserContextId?: string
}

const findTarget = async (session: CDPSession, isIt: (target: Target) => boolean): Promise<Target> => {
  let found: Target | undefined
  await expect
    .poll(async () => {
      const { targetInfos } = await session.send('Target.getTargets')
      found = targetInfos.find(isIt)
      return found !== undefined
    })
    .toBe(true)
  return found as Target
}

/** Runs an expression in a target that Playwright does not show; its value is to be JSON. */
const run = async (session: CDPSession, { targetId }: Target, expression: string): Promise<unknown> => {
  const { sessionId } = await session.send('Target.attachToTarget', { targetId, flatten: false })
  const answer = new Promise<string>((resolve) => {
    session.on('Target.receivedMessageFromTarget', (event) => {
      if (event.sessionId === sessionId) resolve(event.message)
    })
  })
  const params = { expression, awaitPromise: true, returnByValue: true }
  await session.send('Target.sendMessageToTarget', {
    sessionId,
    message: JSON.stringify({ id: 1, method: 'Runtime.evaluate', params }),
  })
  const { result } = JSON.parse(await answer)
  await session.send('Target.detachFromTarget', { sessionId })
  return result.result.value
}

/** DevTools' tabs stand in shadow trees. */
const clickPanel = `(() => {
  const all = (root) => [...root.querySelectorAll('*')].flatMap((e) => [e, ...(e.shadowRoot ? all(e.shadowRoot) : [])])
  const tab = all(document).find((e) => e.getAttribute('role') === 'tab' && e.textContent.includes('Cookie Verdict'))
  tab?.dispatchEvent(new MouseEvent('mousedown', { bubbles: true, composed: true }))
  return tab !== undefined
})()`

test('is recorded like any other, with the writes of its own store alone', async () => {
  const body = '<link rel="icon" href="data:,">'
  const site = await startSite({ '/': { body }, '/set': { body, headers: { 'Set-Cookie': 'sid=1; Path=/' } } })
  const running = await launch({
    thirdPartyCookies: 'allowed',
    servers: site.servers,
    extension: 'dist/chromium',
    devtools: true,
  })
  try {
    const { panel } = await openPanel(running)
    const id = new URL(panel.url()).host
    const ordinary = await running.context.newPage()
    await ordinary.goto('chrome://extensions/')
    const restarted = running.context.waitForEvent('serviceworker')
    // As its user allows it in private windows: the browser starts the extension anew.
    await ordinary.evaluate((extensionId) => {
      interface Management {
        updateExtensionConfiguration(update: { extensionId: string; incognitoAccess: boolean }): Promise<void>
      }
      const { developerPrivate } = (globalThis as unknown as { chrome: { developerPrivate: Management } }).chrome
      return developerPrivate.updateExtensionConfiguration({ extensionId, incognitoAccess: true })
    }, id)
    const worker = await restarted
    await worker.evaluate(() => {
      interface Windows {
        create(options: { incognito: boolean; url: string }): Promise<unknown>
      }
      const { windows } = (globalThis as unknown as { chrome: { windows: Windows } }).chrome
      return windows.create({ incognito: true, url: 'https://app.shop.test/' }).then(() => undefined)
    })
    const session = await running.browser.newBrowserCDPSession()
    await findTarget(session, ({ type, url }) => type === 'iframe' && url.endsWith('/devtools.html'))
    const devtools = await findTarget(session, ({ url }) => url.includes('/devtools_app.html'))
    const isPrivate = ({ browserContextId }: Target) => browserContextId === devtools.browserContextId
    await expect.poll(() => run(session, devtools, clickPanel)).toBe(true)
    const privatePanel = await findTarget(session, (target) => isPrivate(target) && target.url.endsWith('/panel.html'))
    const page = await findTarget(session, (target) => isPrivate(target) && target.url === 'https://app.shop.test/')

    await ordinary.goto('https://app.shop.test/set')
    await run(session, page, `fetch('/set').then(() => { document.cookie = 'script=1' })`)
    const told = `JSON.stringify(window.cookieVerdictSession && [
      cookieVerdictSession.entries.filter(({ exchange }) => exchange.url.endsWith('/set')).map(({ observed }) => observed.map(({ agreement }) => agreement)),
      cookieVerdictSession.writes.map(({ cookie }) => cookie.name),
      cookieVerdictSession.status.peek().jarSize])`
    await expect
      .poll(async () => JSON.parse(String((await run(session, privatePanel, told)) ?? 'null')))
      .toEqual([[['confirmed']], ['script'], 2])
  } finally {
    await running.close()
    await site.close()
  }
})
