import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { launch, type RunningBrowser } from '../e2e/browser/launch.ts'
import type { BenchSite } from './bench-capture-page.ts'

/** Browsers to be compared: with our extension, with one that listens and does nothing, with none; DevTools open and closed. */
export interface BenchBrowsers {
  readonly ours: RunningBrowser
  readonly bare: RunningBrowser
  readonly none: RunningBrowser
  readonly oursClosed: RunningBrowser
  readonly bareClosed: RunningBrowser
  readonly noneClosed: RunningBrowser
  close(): Promise<void>
}

const bareFiles = {
  'manifest.json': JSON.stringify({
    manifest_version: 3,
    name: 'Bare listener',
    version: '1',
    devtools_page: 'devtools.html',
    // Nothing else shows that it is loaded while DevTools is closed.
    background: { service_worker: 'worker.js' },
    permissions: ['webRequest'],
    host_permissions: ['<all_urls>'],
  }),
  'worker.js': '',
  'devtools.html': '<!doctype html><script src="devtools.js"></script>',
  'devtools.js': `const { tabId } = chrome.devtools.inspectedWindow
chrome.webRequest.onHeadersReceived.addListener(() => undefined, { urls: ['<all_urls>'], tabId }, ['responseHeaders', 'extraHeaders'])`,
}

/** @param extension folder of our unpacked extension */
export const launchAll = async ({ servers }: BenchSite, extension: string): Promise<BenchBrowsers> => {
  const bare = mkdtempSync(path.join(tmpdir(), 'bench-bare-'))
  for (const [name, text] of Object.entries(bareFiles)) writeFileSync(path.join(bare, name), text)
  const started: RunningBrowser[] = []
  const start = async (options: { extension?: string; devtools?: boolean }): Promise<RunningBrowser> => {
    const running = await launch({ thirdPartyCookies: 'allowed', servers, ...options })
    started.push(running)
    return running
  }
  const close = async (): Promise<void> => {
    for (const running of started) await running.close()
    rmSync(bare, { recursive: true })
  }
  try {
    return {
      ours: await start({ extension, devtools: true }),
      bare: await start({ extension: bare, devtools: true }),
      none: await start({ devtools: true }),
      oursClosed: await start({ extension }),
      bareClosed: await start({ extension: bare }),
      noneClosed: await start({}),
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}
