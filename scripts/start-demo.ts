import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'

/** A browser with the extension and the shop, as the demo shows it. */
export interface Demo {
  /** Leaves the person with the shop above our panel, until the browser is closed. */
  show(): Promise<void>
  /** Plays one broken login in the real panel and reports it. */
  play(): Promise<void>
  close(): Promise<void>
}

/** How the story's sentence begins once it knows. */
export const TOLD = /Your login broke|This login works/

const screenshot = path.resolve('.cache/start/panel.png')

/** @param harmless why it is no defect in this browser, if so */
export const sayPlaying = (defect: string, harmless?: string): void => {
  console.log(`Playing one login without a window. What is broken: ${defect}.\n`)
  if (harmless !== undefined) console.log(`The login survives in this browser all the same: ${harmless}.\n`)
}

export const sayShown = (): void =>
  console.log(
    'The shop is open, and DevTools below it on Cookie Verdict: log in. Ctrl-C, or closing the browser, ends it.',
  )

/** @param image PNG */
export const sayPlayed = async (report: string, image: Uint8Array): Promise<void> => {
  await mkdir(path.dirname(screenshot), { recursive: true })
  await writeFile(screenshot, image)
  console.log(`${report}\n\nThe panel, as it looked: ${screenshot}`)
}
