import { signal } from '@preact/signals'
import browser from 'webextension-polyfill'
import type { WorkerMessage } from '../capture/channel.ts'
import { type Changes, Correlator } from '../capture/correlate.ts'
import {
  inspectedTabId,
  inspectedUrl,
  onNavigated,
  openDocuments,
  reloadInspectedPage,
} from '../capture/devtools-api.ts'
import type { CaptureEvent } from '../capture/events.ts'
import { siteKeyOf } from '../capture/jar.ts'
import { sitePattern } from '../capture/site-pattern.ts'
import type { Browser } from '../contract.ts'
import { GapRecovery } from './gap-recovery.ts'
import { LogEntries } from './log-entries.ts'
import type { Session, SessionStatus } from './session.ts'
import { connectWorker } from './worker-link.ts'

/** Milliseconds that the first events wait for the page to say which documents it has; a paused page never does. */
const openDocumentsLimit = 1_000

const within = <Value>(limit: number, value: Promise<Value>, otherwise: Value): Promise<Value> =>
  Promise.race([value, new Promise<Value>((resolve) => setTimeout(resolve, limit, otherwise))])

/**
 * The running session of one DevTools: recording starts at once and ends with the page that made it. All state is
 * here, in memory; the service worker only passes events on, so that it may end at any time.
 */
export const createRecorder = (name: Browser, fullVersion: Promise<string>): Session => {
  const log = new LogEntries()
  const version = signal(0)
  const status = signal<SessionStatus>({
    recording: true,
    recordingSince: Date.now(),
    hostAccess: 'unknown',
    connection: 'connecting',
    thirdPartyCookies: 'unknown',
    jarSize: null,
    browser: { name, version: '' },
    page: '',
  })
  const update = (change: Partial<SessionStatus>) => {
    const before = status.peek()
    const isNew = Object.entries(change).some(([key, value]) => before[key as keyof SessionStatus] !== value)
    if (isNew) status.value = { ...before, ...change }
  }
  const report = (error: unknown) => {
    console.error(error)
    update({ problem: error instanceof Error ? error.message : String(error) })
  }

  const correlator = new Correlator(name, report)
  let jarRead = false
  let settleTimer: ReturnType<typeof setTimeout> | undefined

  const apply = (changes: Changes) => {
    log.apply(changes, correlator.hops)
    if (changes.hops.size > 0) version.value++
    const { page } = status.peek()
    const jarSize = jarRead && URL.canParse(page) ? correlator.cookieCount(siteKeyOf(new URL(page).hostname)) : null
    update({ thirdPartyCookies: correlator.thirdPartyCookies, jarSize })
    const due = correlator.nextSettle
    if (due === null || settleTimer !== undefined) return
    settleTimer = setTimeout(
      () => {
        settleTimer = undefined
        apply(correlator.settle(Date.now()))
      },
      Math.max(0, due - Date.now()),
    )
  }

  /** Events that came before the open documents were known; null once they are. */
  let waiting: CaptureEvent[] | null = []
  const take = (events: readonly CaptureEvent[]) => {
    if (waiting !== null) {
      waiting.push(...events)
      return
    }
    jarRead ||= events.some(({ kind }) => kind === 'jar')
    apply(correlator.update(events, Date.now()))
  }
  const begin = async () => {
    correlator.documents.setOpen(await within(openDocumentsLimit, openDocuments(), []))
    const events = waiting ?? []
    waiting = null
    take(events)
  }

  const gaps = new GapRecovery(correlator, apply, report)
  let forgetBefore = Date.now()

  const onMessage = (message: WorkerMessage) => {
    update({ connection: 'connected' })
    // Whatever it says first, it listens by then: it was told to record before anything else.
    gaps.workerIsBack(Date.now(), forgetBefore)
    switch (message.kind) {
      case 'events':
        take(message.events)
        break
      case 'access':
        if (message.url !== status.peek().page) break
        update({ hostAccess: message.granted === null ? 'unknown' : message.granted ? 'granted' : 'missing' })
        break
      case 'problem':
        report(new Error(message.message))
    }
  }
  const link = connectWorker(inspectedTabId(), {
    onMessage,
    onConnected(send) {
      const { recording, page } = status.peek()
      send({ kind: 'record', on: recording })
      send({ kind: 'page', url: page })
    },
    onDisconnected() {
      update({ connection: 'connecting' })
      if (status.peek().recording) gaps.workerIsGone(Date.now())
    },
    onLost: () => update({ connection: 'lost', recording: false, recordingSince: null }),
  })

  const readPage = async () => {
    const page = await inspectedUrl()
    update({ page })
    link.send({ kind: 'page', url: page })
  }
  onNavigated(() => void readPage().catch(report))
  readPage().catch(report)
  begin().catch(report)
  fullVersion.then((version) => update({ browser: { name, version } }), report)

  return {
    entries: log.list,
    version,
    status,
    setRecording(on) {
      if (on === status.peek().recording || status.peek().connection === 'lost') return
      update({ recording: on, recordingSince: on ? Date.now() : null })
      if (on) forgetBefore = Date.now()
      else gaps.cancel()
      link.send({ kind: 'record', on })
    },
    clear() {
      forgetBefore = Date.now()
      correlator.clear()
      log.clear()
      version.value++
    },
    reloadPage: reloadInspectedPage,
    async requestHostAccess() {
      const pattern = sitePattern(status.peek().page)
      // At once: the browser asks only while it counts the click as fresh. The worker hears of the answer by itself.
      if (pattern !== null) await browser.permissions.request({ origins: [pattern] })
    },
  }
}
