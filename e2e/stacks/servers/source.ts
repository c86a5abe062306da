import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'

/** The lines that stand at each marker, by its name. */
export type Regions = Readonly<Record<string, string>>

const marker = /^([ \t]*)(?:\/\/|#) remedy: ([a-z-]+)$/gm

/**
 * Puts lines in the place of a source's markers, `// remedy: trust-proxy` or `# remedy: …`, indented as these are.
 * @throws {Error} where a marker has no lines
 */
export const fill = (source: string, regions: Regions): string =>
  source.replace(marker, (_whole, indent: string, name: string) => {
    const lines = regions[name]
    if (lines === undefined) throw new Error(`Nothing is there for the marker "${name}".`)
    return lines.replace(/^(?=.)/gm, indent)
  })

/** Copies a folder of sources, its markers filled. */
export const copySources = async (from: string, to: string, regions: Regions): Promise<void> => {
  for (const entry of await readdir(from, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const file = path.join(entry.parentPath, entry.name)
    const target = path.join(to, path.relative(from, file))
    await mkdir(path.dirname(target), { recursive: true })
    await writeFile(target, fill(await readFile(file, 'utf8'), regions))
  }
}
