import { createPanel } from '../capture/devtools-api.ts'
import { chromiumVersion } from './browser-version.ts'
import { handOver } from './handover.ts'
import { createRecorder } from './recorder.ts'

// Recording begins now; the panel's own page is loaded when its tab is first opened.
const session = createRecorder('chromium', chromiumVersion())
createPanel('Cookie Verdict', 'icons/16.png', 'src/panel/panel.html', (panel) => handOver(panel, session))
