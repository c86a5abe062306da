/**
 * Draws public/icons/*.png from the SVG files beside them. Run by hand after changing those: `node scripts/icons.mjs`.
 * With a folder as argument it also writes there a sheet of all sizes on light and dark, to look at.
 */
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright'
import { findBrowser } from './find-browser.mjs'

const folder = fileURLToPath(new URL('../public/icons/', import.meta.url))
/** Below 32 pixels the full drawing turns to mud. */
const drawings = { 16: 'icon-small.svg', 32: 'icon.svg', 48: 'icon.svg', 128: 'icon.svg' }

/** @param {string} file */
const dataUrl = async (file) =>
  `data:image/svg+xml;base64,${(await readFile(path.join(folder, file))).toString('base64')}`

const executablePath = await findBrowser()
if (!executablePath) throw new Error('No Chromium was found: install one, or set CHROMIUM_PATH.')
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
try {
  const page = await browser.newPage()
  for (const [size, file] of Object.entries(drawings)) {
    const side = Number(size)
    await page.setViewportSize({ width: side, height: side })
    await page.setContent(`<body style="margin:0"><img width="${side}" height="${side}" src="${await dataUrl(file)}">`)
    await page.locator('img').evaluate((image) => image.decode())
    await writeFile(path.join(folder, `${size}.png`), await page.screenshot({ omitBackground: true }))
  }
  const sheetFolder = process.argv[2]
  if (sheetFolder) {
    const images = await Promise.all(
      Object.keys(drawings).map(async (size) => {
        const png = (await readFile(path.join(folder, `${size}.png`))).toString('base64')
        const source = `data:image/png;base64,${png}`
        return `<img src="${source}"><img width="${Number(size) * 4}" style="image-rendering:pixelated" src="${source}">`
      }),
    )
    const strips = ['#fff', '#dfe1e5', '#3c3c3c', '#202124'].map(
      (colour) =>
        `<div style="background:${colour};padding:16px;display:flex;gap:16px;align-items:center">${images.join('')}</div>`,
    )
    await page.setViewportSize({ width: 1360, height: 800 })
    await page.setContent(`<body style="margin:0">${strips.join('')}`)
    await page.screenshot({ path: path.join(sheetFolder, 'icons.png'), fullPage: true })
  }
} finally {
  await browser.close()
}
