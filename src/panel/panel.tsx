import { render } from 'preact'
import browser from 'webextension-polyfill'
import { platform } from '#platform'
import { App } from './components/App.tsx'
import { handOver, whenSession } from './handover.ts'
import { stackBook, teller } from './story-teller.ts'
import { browserSchedule, createModel } from './view-model.ts'
import { browserStorySchedule, createStoryModel } from './view-story-model.ts'
import { followTheme } from './view-theme.ts'

followTheme()
if (platform.isPanelApart()) {
  const { createRecorder } = await import('./recorder.ts')
  handOver(window, createRecorder())
}
const session = await whenSession()
const story = createStoryModel(session, teller, stackBook, browserStorySchedule)
const model = createModel(session, browserSchedule, story.culprits)
// The session outlives this page, in the DevTools page.
addEventListener(
  'pagehide',
  () => {
    model.dispose()
    story.dispose()
  },
  { once: true },
)
render(<App model={model} story={story} version={browser.runtime.getManifest().version} />, document.body)
