import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, preview } from 'vite'

export interface Preview {
  /** Without the query. */
  readonly url: string
  close(): Promise<void>
}

/** Serves the preview on a free port of the loopback, as the files are now: built first, for a page of single modules takes long to load. */
export async function startPreview(): Promise<Preview> {
  const outDir = await mkdtemp(path.join(tmpdir(), 'panel-preview-'))
  const configFile = fileURLToPath(new URL('vite.config.ts', import.meta.url))
  const common = { configFile, logLevel: 'warn', build: { outDir, emptyOutDir: true, minify: false } } as const
  await build(common)
  const server = await preview({ ...common, preview: { host: '127.0.0.1', port: 0 } })
  return {
    url: server.resolvedUrls?.local[0] ?? '',
    async close() {
      await server.close()
      await rm(outDir, { recursive: true })
    },
  }
}
