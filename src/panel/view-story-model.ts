import { computed, type ReadonlySignal, signal } from '@preact/signals'
import { siteOf } from '../cookie/site.ts'
import type { Stack, StackId } from '../remedies/stack.ts'
import { breaksAt, culpritsOf } from '../report/culprits.ts'
import type { Recording, Seen } from '../story/seen.ts'
import { recall, remember } from './remembered.ts'
import type { LogEntry, Session } from './session.ts'
import { StoryLog } from './story-log.ts'
import type { Told } from './told.ts'
import { type Likely, likelyStacks, type StackBook, type StackChoice } from './view-stacks.ts'
import { mayBeLogin, storyExchanges } from './view-story.ts'
import { type TokenView, tokenViews } from './view-token.ts'

/** Who tells the story: pure, and total. */
export interface Teller {
  /** Whether a story may be told from that exchange: no assets. */
  isOfInterest(seen: Seen): boolean
  /** @param pick id of the exchange that the user says is the login */
  tell(recording: Recording, pick: string | null): Told
}

/** The clocks of the story, apart so that tests can turn them by hand. */
export interface StorySchedule {
  /** Before the next paint; not while the panel isn't painted. */
  frame(work: () => void): void
  wait(ms: number, work: () => void): void
  /** Milliseconds. */
  now(): number
  isShown(): boolean
  /** Told when the panel is shown again. @returns what stops it */
  onShown(work: () => void): () => void
}

export const browserStorySchedule: StorySchedule = {
  frame: (work) => void requestAnimationFrame(work),
  wait: (ms, work) => void setTimeout(work, ms),
  now: () => performance.now(),
  isShown: () => document.visibilityState === 'visible',
  onShown(work) {
    const onChange = () => document.visibilityState === 'visible' && work()
    document.addEventListener('visibilitychange', onChange)
    return () => document.removeEventListener('visibilitychange', onChange)
  },
}

/** A story is told at most so often, in milliseconds. */
const EVERY = 250
/** And not again before this many times what the last telling took. */
const REST = 10
/** How many exchanges are offered to be picked as the login. */
const MOST_CANDIDATES = 30

export type View = 'requests' | 'story'

/** The login's story beside the list: what is told, what the reader picked. Signals only: nothing here touches the DOM. */
export interface StoryModel {
  readonly told: ReadonlySignal<Told>
  /** Id of the exchange at which the login breaks; null where it does not. */
  readonly breaksAt: ReadonlySignal<string | null>
  /** Ids of the exchanges to blame for it, that one included. */
  readonly culprits: ReadonlySignal<ReadonlySet<string>>
  /** What may be picked as the login, the latest first. */
  readonly candidates: ReadonlySignal<readonly LogEntry[]>
  readonly view: ReadonlySignal<View>
  /** Whether the bar is folded to its sentence; remembered. */
  readonly folded: ReadonlySignal<boolean>
  readonly book: StackBook
  /** Of the login's exchanges. */
  readonly tokens: ReadonlySignal<readonly TokenView[]>
  /** The stacks that the login's exchanges point to, the best first. */
  readonly likely: ReadonlySignal<readonly Likely[]>
  /** Those that an answer points to, else the login's; null for a host that the login has nothing to do with. */
  likelyFor(entry: LogEntry): readonly Likely[] | null
  /** What the reader chose for each role; null: the likely one. Remembered. */
  readonly choice: ReadonlySignal<StackChoice>
  show(view: View): void
  fold(folded: boolean): void
  choose(role: Stack['role'], id: StackId | 'none' | null): void
  /** Null: the one that is found. */
  pick(id: string | null): void
  /** Told of the log as it is now, shown or not: for a report. */
  tellNow(): Told
  dispose(): void
}

const NOTHING: Told = { story: null, diagnoses: [], cookie: null }

export function createStoryModel(
  session: Session,
  teller: Teller,
  book: StackBook,
  schedule: StorySchedule,
): StoryModel {
  const kept = new StoryLog((entry) => teller.isOfInterest(entry))
  const told = signal(NOTHING)
  const candidates = signal<readonly LogEntry[]>([])
  const view = signal<View>('requests')
  const folded = signal(recall('story-folded') === 'yes')
  const choice = signal<StackChoice>({ app: known(book, 'app'), proxy: known(book, 'proxy') })
  let pick: string | null = null
  /** What a story hangs on beside the log. */
  let circumstances = ''
  let asked = false
  let next = Number.NEGATIVE_INFINITY

  const tell = (): Told => {
    const { browser, page, thirdPartyCookies } = session.status.peek()
    const before = circumstances
    circumstances = [browser.name, page, thirdPartyCookies, pick].join(' ')
    const isChanged = kept.update(session.log)
    if (!isChanged && circumstances === before) return told.peek()
    if (pick !== null && session.log.entry(pick) === null) pick = null
    const started = schedule.now()
    const seen = kept.seen
    const recording = { browser: browser.name, page, seen, storeWrites: session.writes, thirdPartyCookies }
    const result = teller.tell(recording, pick)
    kept.need(new Set([...storyExchanges(result.story), ...(pick === null ? [] : [pick])]), session.log)
    candidates.value = seen.filter(mayBeLogin).slice(-MOST_CANDIDATES).reverse()
    told.value = result
    const ended = schedule.now()
    next = ended + Math.max(EVERY, REST * (ended - started))
    return result
  }
  const due = () => {
    const wait = next - schedule.now()
    if (wait > 0) {
      schedule.wait(wait, () => schedule.frame(due))
      return
    }
    asked = false
    if (schedule.isShown()) tell()
  }
  const ask = () => {
    if (asked) return
    asked = true
    schedule.frame(due)
  }
  const entriesOf = (ids: readonly string[]) => [...new Set(ids)].flatMap((id) => session.log.entry(id) ?? [])
  /** The login's own, not its provider's. */
  const own = computed(() => {
    const { story } = told.value
    const providers = new Set(story?.parties.filter(({ kind }) => kind === 'provider').map(({ id }) => id))
    const arrows = story?.arrows.filter(({ party }) => !providers.has(party)) ?? []
    return entriesOf(arrows.map(({ exchange }) => exchange))
  })
  const likely = computed(() => likelyStacks(book, own.value))
  const stops = [session.version.subscribe(ask), session.status.subscribe(ask), schedule.onShown(ask)]

  return {
    told,
    breaksAt: computed(() => breaksAt(told.value.story)),
    culprits: computed(() => culpritsOf(told.value.story, told.value.diagnoses)),
    candidates,
    view,
    folded,
    book,
    likely,
    likelyFor(entry) {
      const shown = likelyStacks(book, [entry])
      if (shown.length > 0) return shown
      const sites = new Set(own.value.map(({ exchange }) => siteOf(exchange.url)?.domain))
      return sites.size === 0 || sites.has(siteOf(entry.exchange.url)?.domain) ? likely.value : null
    },
    tokens: computed(() => tokenViews(entriesOf(storyExchanges(told.value.story)))),
    choice,
    show(next) {
      view.value = next
    },
    fold(next) {
      folded.value = next
      remember('story-folded', next ? 'yes' : null)
    },
    choose(role, id) {
      choice.value = { ...choice.peek(), [role]: id }
      remember(`stack-${role}`, id)
    },
    pick(id) {
      pick = id
      if (id !== null) kept.need(new Set([id]), session.log)
      tell()
    },
    tellNow: tell,
    dispose() {
      for (const stop of stops) stop()
    },
  }
}

function known(book: StackBook, role: Stack['role']): StackId | 'none' | null {
  const id = recall(`stack-${role}`)
  if (id === 'none') return id
  return book.stacks.find((stack) => stack.id === id && stack.role === role)?.id ?? null
}
