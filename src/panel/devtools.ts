import { createPanel } from '../capture/devtools-api.ts'
import { handOver } from './handover.ts'
import { createRecorder } from './recorder.ts'

// Recording begins now; the panel's own page is loaded when its tab is first opened.
const session = createRecorder()
createPanel('Cookie Verdict', '/icons/16.png', '/src/panel/panel.html', (panel) => {
  if (handOver(panel, session)) return
  session.setRecording(false)
  session.clear()
})
