import { fileURLToPath } from 'node:url'
import { createServer } from 'vite'

export interface Preview {
  /** Without the query. */
  readonly url: string
  close(): Promise<void>
}

/** Serves the preview on a free port of the loopback, as the files are now. */
export async function startPreview(): Promise<Preview> {
  const server = await createServer({
    configFile: fileURLToPath(new URL('vite.config.ts', import.meta.url)),
    server: { port: 0, hmr: false, watch: null },
    logLevel: 'warn',
  })
  await server.listen()
  return { url: server.resolvedUrls?.local[0] ?? '', close: () => server.close() }
}
