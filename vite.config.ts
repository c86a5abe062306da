import { crx } from '@crxjs/vite-plugin'
import { defaultClientConditions, defineConfig, type Plugin } from 'vite'
import manifest from './manifest.json' with { type: 'json' }

/** Which extension to build; scripts/build.mjs builds each in turn. */
const target = process.env['TARGET'] === 'firefox' ? 'firefox' : 'chromium'

/** One manifest, two browsers: Firefox has an event page instead of a service worker, and wants an id. */
const firefoxManifest = () => {
  const { minimum_chrome_version: _chromiumOnly, background, ...shared } = manifest
  return {
    ...shared,
    background: { scripts: [background.service_worker], type: 'module' as const },
    browser_specific_settings: {
      gecko: {
        id: 'cookie-verdict@cookie-verdict.dev',
        strict_min_version: '142.0',
        data_collection_permissions: { required: ['none'] },
      },
    },
  }
}

/** Preact writes innerHTML for `dangerouslySetInnerHTML`, which nothing here may use: in what is built, it can't. */
const withoutInnerHtml = (): Plugin => ({
  name: 'without-inner-html',
  enforce: 'pre',
  transform: {
    filter: { id: /\/preact\/dist\/preact\.mjs$/ },
    handler(code) {
      const changed = code.replace(/\b(\w+)\.innerHTML=(?=\w+\.__html\b)/, '$1.textContent=')
      if (changed === code) this.error('Preact writes innerHTML in another way than it did.')
      return { code: changed, map: null }
    },
  },
})

export default defineConfig({
  plugins: [
    withoutInnerHtml(),
    crx({
      manifest: (target === 'firefox' ? firefoxManifest() : manifest) as never,
      browser: target === 'firefox' ? 'firefox' : 'chrome',
    }),
  ],
  // What differs in the code: package.json's `#platform`.
  resolve: { conditions: [target, ...defaultClientConditions] },
  build: {
    outDir: `dist/${target}`,
    emptyOutDir: true,
    modulePreload: false,
    rolldownOptions: {
      input: {
        panel: 'src/panel/panel.html',
        // Chromium's DevTools panels may ask for access themselves.
        ...(target === 'firefox' ? { access: 'src/panel/access.html' } : {}),
      },
      // Inlining would write the public suffix list, one long text, into the bundle once for each use.
      optimization: { inlineConst: false },
      // Which plugin took how long is news to nobody who waits for the demo.
      checks: { bundlerTimings: false },
    },
  },
})
