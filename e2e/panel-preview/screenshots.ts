import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { chromium, type Page } from 'playwright'
import { findBrowser } from '../../scripts/find-browser.mjs'
import { START } from './entries.ts'
import { startPreview } from './server.ts'

/** One picture: its name, the preview's query, and what to do before it is taken. */
type Shot = readonly [name: string, query: string, ...acts: ((page: Page) => Promise<unknown>)[]]

const select = (id: string) => (page: Page) => page.locator(`#request-${id}`).click()
const row = (id: string) => (page: Page) => page.locator(`[id="${id}"]`).click()
const press = (name: string) => (page: Page) => page.getByRole('button', { name }).first().click()
const show = (what: string) => (page: Page) => page.locator(what).first().scrollIntoViewIfNeeded()
const filter = (text: string) => (page: Page) => page.getByLabel('Filter requests').fill(text)

/** Pictures of the preview into .cache/panel-preview-pictures: `npx tsx e2e/panel-preview/screenshots.ts [name…]`. */
const SHOTS: readonly Shot[] = [
  ['login', 'scene=login', select('r3')],
  ['not-sent', 'scene=login', select('r4')],
  ['value-shown', 'scene=cases', select('c1'), press('Value of')],
  ['problems', 'scene=login', select('r4'), press('Problems only')],
  ['no-match', 'scene=login', filter('nowhere')],
  ['no-problems', 'scene=healthy', press('Problems only')],
  ['export', 'scene=login', press('Export')],
  ['copied', 'scene=login', select('r3'), press('Copy the corrected line')],
  ['healthy', 'scene=healthy', select('r8')],
  ['unselected', 'scene=login'],
  ['several', 'scene=cases', select('c1')],
  ['differs', 'scene=login', press('Differs')],
  ['elsewhere', 'scene=login', select('r8'), show('.elsewhere')],
  ['disputed', 'scene=cases', select('c2')],
  ['warnings', 'scene=cases', select('c3')],
  ['failed', 'scene=cases', select('c4')],
  ['removed', 'scene=cases', select('c7')],
  ['long-url', 'scene=cases', select('c8')],
  ['hostile', 'scene=hostile', select('h1')],
  ['lines200', 'scene=lines200', select('t1')],
  ['many', 'scene=many', (page) => page.locator('.list').evaluate((list) => list.scrollTo(0, 0)), select('m17')],
  ['full', 'scene=full', (page) => page.locator('.list').evaluate((list) => list.scrollTo(0, 0)), row('gap-capacity')],
  ['events', 'scene=events', row('write-beat0')],
  ['write-shown', 'scene=events', row('write-w2'), press('Value of')],
  ['gap', 'scene=events', row(`gap-no-host-access-${START + 640}`)],
  ['only-gaps', 'scene=gaps&recording=off'],
  ['empty', 'scene=empty'],
  ['no-access', 'scene=empty&hostAccess=missing'],
  ['no-access-log', 'scene=login&hostAccess=missing', select('r3')],
  ['off', 'scene=empty&recording=off'],
  ['lost', 'scene=empty&connection=lost'],
  ['lost-log', 'scene=login&connection=lost'],
  ['bar-broken', 'scene=story-broken', select('r3')],
  ['bar-healthy', 'scene=story-healthy'],
  ['bar-open', 'scene=story-open'],
  ['bar-hostile', 'scene=story-hostile'],
  ['bar-folded', 'scene=story-hostile', press('Hide the steps')],
  ['story-broken', 'scene=story-broken&view=story'],
  ['story-verdict', 'scene=story-verdict&view=story'],
  ['story-healthy', 'scene=story-healthy&view=story'],
  ['story-odd', 'scene=story-odd&view=story'],
  ['story-open', 'scene=story-open&view=story'],
  ['story-bearer', 'scene=story-bearer&view=story'],
  ['story-hostile', 'scene=story-hostile&view=story'],
  ['story-long', 'scene=story-long&view=story'],
  ['story-none', 'scene=story-none&view=story'],
]
const HEIGHT = 560
/** Of the story's page, which is long. */
const STORY_HEIGHT = 1400
const WIDTHS = [320, 400, 640, 1200]

const out = fileURLToPath(new URL('../../.cache/panel-preview-pictures/', import.meta.url))
await mkdir(out, { recursive: true })
const executablePath = await findBrowser()
if (executablePath === null) throw new Error('No Chromium found.')
const preview = await startPreview()
const browser = await chromium.launch({ executablePath })
const wanted = process.argv.slice(2)
try {
  for (const [name, query, ...acts] of SHOTS) {
    if (wanted.length > 0 && !wanted.includes(name)) continue
    for (const theme of ['light', 'dark']) {
      for (const width of WIDTHS) {
        const page = await browser.newPage({
          viewport: { width, height: query.includes('view=story') ? STORY_HEIGHT : HEIGHT },
        })
        page.on('pageerror', (error) => console.error(`${name}: ${error}`))
        page.on('dialog', () => console.error(`${name}: a dialog came up`))
        await page.goto(`${preview.url}?${query}&theme=${theme}`)
        await page.locator('.app').waitFor()
        for (const act of acts) await act(page)
        await page.screenshot({ path: `${out}${name}-${theme}-${width}.png`, animations: 'disabled' })
        await page.close()
      }
    }
  }
} finally {
  await browser.close()
  await preview.close()
}
