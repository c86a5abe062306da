import { signal } from '@preact/signals'
import { expect, it } from 'vitest'
import type { Story } from '../contract.ts'
import { LogEntries } from './log-entries.ts'
import type { Session, SessionStatus } from './session.ts'
import { entryOf } from './testing/entries.ts'
import type { StackBook } from './view-stacks.ts'
import { createStoryModel } from './view-story-model.ts'

const storyOf = (login: string): Story => ({
  ...{ login, picked: 'found', why: [], outcome: 'open', sentence: '', steps: [], parties: [], arrows: [], checks: [] },
})

function setUp({
  cost = 0,
  arrows = [],
  detect = () => [],
}: {
  cost?: number
  arrows?: Story['arrows']
  detect?: StackBook['detect']
} = {}) {
  const log = new LogEntries()
  const version = signal(0)
  const status = signal<SessionStatus>({
    ...{ recording: true, recordingSince: 0, hostAccess: 'granted', connection: 'connected', page: '' },
    ...{ thirdPartyCookies: 'allowed', jarSize: null, browser: { name: 'chromium', version: '156' } },
  })
  const session: Session = {
    ...{ entries: log.list, writes: log.writes, gaps: log.gaps, log, version, status },
    ...{ setRecording() {}, clear() {}, reloadPage() {}, requestHostAccess: async () => {} },
  }
  const clock = { now: 0, shown: true }
  const frames: (() => void)[] = []
  const waits: { at: number; work: () => void }[] = []
  const onShown: (() => void)[] = []
  const told: (string | null)[] = []
  const model = createStoryModel(
    session,
    {
      isOfInterest: () => true,
      tell({ seen }, pick) {
        told.push(pick)
        clock.now += cost
        const login = pick ?? seen.find(({ exchange }) => exchange.method === 'POST')?.id
        return { story: login === undefined ? null : { ...storyOf(login), arrows }, diagnoses: [], cookie: null }
      },
    },
    { stacks: [], detect },
    {
      frame: (work) => frames.push(work),
      wait: (ms, work) => waits.push({ at: clock.now + ms, work }),
      now: () => clock.now,
      isShown: () => clock.shown,
      onShown(work) {
        onShown.push(work)
        return () => {}
      },
    },
  )
  /** Lets so many milliseconds pass, painting all the time. */
  const pass = (ms: number) => {
    const until = clock.now + ms
    for (; clock.now <= until; clock.now += 10) {
      for (const { work } of waits.filter(({ at }) => at <= clock.now)) work()
      waits.splice(0, waits.length, ...waits.filter(({ at }) => at > clock.now))
      for (const work of frames.splice(0)) work()
    }
  }
  const put = (...entries: Parameters<typeof log.put>[0]) => {
    log.put(entries)
    version.value++
  }
  pass(0)
  told.length = 0
  return { log, version, status, clock, frames, onShown, told, model, pass, put }
}

const post = { exchange: { method: 'POST' } }

it('tells the story at once, and again at most four times a second', () => {
  const { model, told, pass, put } = setUp()
  pass(300)
  put(entryOf('a', post))
  pass(20)
  expect(model.told.value.story?.login).toBe('a')
  for (let i = 0; i < 100; i++) {
    put(entryOf(`b${i}`))
    pass(10)
  }
  expect(told.length).toBeLessThanOrEqual(10)
  pass(300)
  expect(model.candidates.value.map(({ id }) => id)).toEqual(['a'])
})

it('tells less often what takes long', () => {
  const { told, pass, put } = setUp({ cost: 100 })
  for (let i = 0; i < 400; i++) {
    put(entryOf(`b${i}`))
    pass(0)
  }
  expect(told.length).toBeLessThanOrEqual(5)
})

it('tells nothing anew where nothing has changed', () => {
  const { told, version, status, pass, put } = setUp()
  put(entryOf('a', post))
  pass(300)
  version.value++
  pass(300)
  status.value = { ...status.peek(), jarSize: 3 }
  pass(300)
  expect(told).toHaveLength(1)
  status.value = { ...status.peek(), thirdPartyCookies: 'blocked' }
  pass(300)
  expect(told).toHaveLength(2)
})

it('tells nothing while the panel is not shown, but for a report', () => {
  const { model, told, clock, onShown, pass, put } = setUp()
  clock.shown = false
  pass(300)
  put(entryOf('a', post))
  pass(2_000)
  expect(told).toHaveLength(0)
  expect(model.tellNow().story?.login).toBe('a')
  expect(told).toHaveLength(1)
  put(entryOf('b'))
  pass(2_000)
  clock.shown = true
  for (const work of onShown) work()
  pass(300)
  expect(told).toHaveLength(2)
})

it('follows the login that is picked by hand, until that is gone', () => {
  const { model, log, version, told, pass, put } = setUp()
  put(entryOf('a', post), entryOf('b'))
  pass(300)
  model.pick('b')
  expect(model.told.value.story?.login).toBe('b')
  put(entryOf('c'))
  pass(300)
  expect(told.at(-1)).toBe('b')
  model.pick(null)
  expect(model.told.value.story?.login).toBe('a')
  model.pick('b')
  log.clear()
  version.value++
  pass(300)
  expect(told.at(-1)).toBe(null)
  expect(model.told.value.story).toBe(null)
})

it('asks for no frame of its own', () => {
  const { frames, pass, model, version } = setUp()
  pass(1_000)
  expect(frames).toHaveLength(0)
  model.dispose()
  version.value++
  expect(frames).toHaveLength(0)
})

it('knows likely stacks for the login’s own hosts, and for others what they show themselves', () => {
  const php = { stack: 'php', why: 'An answer says so.' } as const
  const { model, pass, put } = setUp({
    arrows: [{ exchange: 'login', party: 'app', label: '', status: 200, sent: [], set: [] }],
    detect: (answers) => (answers.some(({ headers }) => headers.length > 0) ? [php] : []),
  })
  const shown = { responseHeaders: [{ name: 'X-Powered-By', value: 'PHP/8.3' }] }
  const at = (id: string, url: string, more = {}) => entryOf(id, { exchange: { url, ...more } })
  const login = at('login', 'https://app.shop.test/login', { method: 'POST', ...shown })
  put(login)
  pass(300)
  expect(model.likely.value).toEqual([php])
  expect(model.likelyFor(at('api', 'https://api.shop.test/me'))).toEqual([php])
  expect(model.likelyFor(at('pixel', 'https://stats.other.test/p.gif'))).toBe(null)
  expect(model.likelyFor(at('other', 'https://stats.other.test/p', shown))).toEqual([php])
})
