import { render } from 'preact'
import browser from 'webextension-polyfill'
import { App } from './components/App.tsx'
import { whenSession } from './handover.ts'
import { browserSchedule, createModel } from './view-model.ts'
import { followTheme } from './view-theme.ts'

followTheme()
const model = createModel(await whenSession(), browserSchedule)
// The session outlives this page, in the DevTools page.
addEventListener('pagehide', () => model.dispose(), { once: true })
render(<App model={model} version={browser.runtime.getManifest().version} />, document.body)
