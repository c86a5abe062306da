import '../../src/panel/panel.css'
import { render } from 'preact'
import { App } from '../../src/panel/components/App.tsx'
import type { SessionStatus } from '../../src/panel/session.ts'
import { stackBook } from '../../src/panel/story-teller.ts'
import { browserSchedule, createModel } from '../../src/panel/view-model.ts'
import { browserStorySchedule, createStoryModel, type Teller } from '../../src/panel/view-story-model.ts'
import { type FakeSession, fakeSession } from './fake-session.ts'
import { SCENES } from './scenes.ts'

declare global {
  interface Window {
    /** For the browser's console and for tests. */
    session: FakeSession
  }
}

/** `?scene=login&theme=dark&select=r3`, and any string field of the status: `&hostAccess=missing`. */
const query = new URLSearchParams(location.search)
const scene = SCENES[query.get('scene') ?? 'login']
if (!scene) throw new Error(`no such scene; there are ${Object.keys(SCENES).join(', ')}`)

const status: Partial<SessionStatus> = {}
for (const field of ['hostAccess', 'connection', 'thirdPartyCookies', 'page'] as const) {
  const value = query.get(field)
  if (value !== null) Object.assign(status, { [field]: value })
}
if (query.get('recording') === 'off') Object.assign(status, { recording: false, recordingSince: null })

document.documentElement.setAttribute('data-theme', query.get('theme') ?? 'light')
const made = scene()
window.session = fakeSession(made, status)
const told = made.told ?? { story: null, diagnoses: [], cookie: null }
/** Tells what the scene says, of the login that is picked. */
const teller: Teller = {
  isOfInterest: () => true,
  tell: (_, pick) =>
    pick === null || told.story === null ? told : { ...told, story: { ...told.story, login: pick, picked: 'by-hand' } },
}
const story = createStoryModel(window.session, teller, stackBook, browserStorySchedule)
const model = createModel(window.session, browserSchedule, story.culprits)
if (query.get('view') === 'story') story.show('story')
render(<App model={model} story={story} version="0.0.0" />, document.body)
