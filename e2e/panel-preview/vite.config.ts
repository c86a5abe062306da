import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

/** The panel's components in an ordinary page, with a made-up session: `npx vite --config e2e/panel-preview/vite.config.ts`. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  cacheDir: fileURLToPath(new URL('../../.cache/panel-preview', import.meta.url)),
  server: { host: '127.0.0.1', fs: { allow: [fileURLToPath(new URL('../..', import.meta.url))] } },
})
