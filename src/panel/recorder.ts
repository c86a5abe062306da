import { signal } from '@preact/signals'
import { platform } from '#platform'
import { Correlator } from '../capture/correlate.ts'
import {
  inspectedTabId,
  inspectedUrl,
  navigationStart,
  onNavigated,
  reloadInspectedPage,
} from '../capture/devtools-api.ts'
import { siteKeyOf } from '../capture/jar.ts'
import { MixedContent } from '../capture/mixed-content.ts'
import type { News } from '../capture/news.ts'
import { accessOf, sitesOf } from '../capture/site-access.ts'
import { sitePattern } from '../capture/site-pattern.ts'
import { TabCapture } from '../capture/tab-capture.ts'
import { UnseenRequests } from '../capture/unseen-requests.ts'
import type { GapKind } from '../contract.ts'
import { isLoginAddress } from '../story/paths.ts'
import { segmentsOf } from '../story/reading.ts'
import { LogEntries } from './log-entries.ts'
import { LoginBodies } from './login-bodies.ts'
import type { LogEntry, Session, SessionStatus } from './session.ts'
import { connectWorker } from './worker-link.ts'

/** Requests among which one is looked for that DevTools and webRequest both told of, and how far apart: milliseconds. */
const NEAR = 50
const SAME_REQUEST = 2_000

/**
 * The running session of one DevTools: recording starts at once and ends with the page that made it. All of it is here
 * and in memory: the service worker may end at any time.
 */
export const createRecorder = (): Session => {
  const name = platform.browser
  const log = new LogEntries((ids) => correlator.forget(ids))
  const version = signal(0)
  const since = Date.now()
  const status = signal<SessionStatus>({
    recording: true,
    recordingSince: since,
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
  const bodies = new LoginBodies(platform.readBodies, (id, facts) => {
    log.noteBody(id, facts)
    version.value++
  })
  const readBody = (entry: LogEntry | null) => {
    if (entry !== null) bodies.take(entry).catch(report)
  }
  /** When the log is settled next, and the timer for it. */
  let settleAt = Number.POSITIVE_INFINITY
  let settleTimer: ReturnType<typeof setTimeout> | undefined
  let isJarRead = false

  const updateStore = () => {
    const { page, hostAccess } = status.peek()
    const isTold = isJarRead && hostAccess !== 'missing'
    const jarSize = isTold && URL.canParse(page) ? correlator.cookieCount(siteKeyOf(new URL(page).hostname)) : null
    update({ jarSize, thirdPartyCookies: correlator.thirdPartyCookies })
  }
  const settle = () => show(correlator.settle(Date.now()))
  const show = ({ hops, writes, withdrawn }: News) => {
    log.apply(hops)
    for (const { id } of hops) readBody(log.entry(id))
    if (writes.length > 0) log.addWrites(writes)
    if (withdrawn.length > 0) log.dropWrites(withdrawn)
    if (hops.size + writes.length + withdrawn.length > 0) version.value++
    updateStore()
    const due = correlator.nextSettle
    if (due === null) return
    // Chromium wakes the timers of this page, which is never drawn, once a second: events may be sooner.
    if (due <= Date.now()) settle()
    else if (due < settleAt) {
      clearTimeout(settleTimer)
      settleAt = due
      settleTimer = setTimeout(() => {
        settleAt = Number.POSITIVE_INFINITY
        settle()
      }, due - Date.now())
    }
  }

  /** From then on exchanges may be missing. */
  const openGap = (kind: GapKind, from: number) => {
    log.openGap(kind, from)
    version.value++
  }
  const closeGap = (kind: GapKind, to: number) => {
    log.closeGap(kind, to)
    version.value++
  }

  const crash = platform.watchCrash(inspectedTabId(), {
    // What the page had under way has been aborted; what outlives it (a beacon, a download) is still heard of.
    onCrash: (time) => openGap('tab-crashed', time),
    onReload: (time) => closeGap('tab-crashed', time),
    onError: report,
  })
  const capture = new TabCapture(platform.source(inspectedTabId()), {
    onOpenDocuments: (documents) => correlator.documents.setOpen(documents),
    onLook: () => correlator.awaitOtherSites(),
    onOtherSites: (sites, until) => show(correlator.setOtherSites(sites, until)),
    onEvents(events) {
      const jar = events.find(({ kind }) => kind === 'jar')
      if (jar !== undefined) {
        isJarRead = true
        update({ connection: 'connected' })
        // It was asked for after everything that is listened to.
        if (status.peek().recording) closeGap('not-recording', jar.time)
        closeGap('interrupted', jar.time)
      }
      show(correlator.update(events, Date.now()))
      crash.take(events)
    },
    onInterrupted(from) {
      openGap('interrupted', from)
      show(correlator.stop())
    },
    onError: report,
  })
  const unseen = new UnseenRequests(
    name,
    () => status.peek().page,
    (request) => {
      log.noteUnseen(request)
      version.value++
    },
  )
  const mixed = new MixedContent((event) => {
    // Where its user lets insecure content pass, the request went out, and webRequest told of it.
    const isSeen = log.list
      .slice(-NEAR)
      .some(({ exchange, started }) => exchange.url === event.url && Math.abs(started - event.time) < SAME_REQUEST)
    if (!isSeen) show(correlator.update([event], Date.now()))
  })
  platform.watchSiteAccess((origins) => {
    const access = accessOf(origins)
    update({ onlySites: access === null ? undefined : sitesOf(origins) })
    correlator.access = access
    unseen.setAccess(access)
  }, report)
  /** @returns epoch milliseconds: what happened later has not been heard, or not all of it */
  const stopCapture = (): number => {
    unseen.setOn(false)
    mixed.setOn(false)
    const until = capture.stop()
    show(correlator.stop())
    return until
  }
  capture.start()

  /** Nothing has been told of its access yet. */
  let isPageNew = true

  const worker = connectWorker({
    lastPage: () => status.peek().page,
    onMessage({ page, granted, problem }) {
      if (problem !== undefined) report(new Error(problem))
      if (page !== status.peek().page) return
      const wasMissing = status.peek().hostAccess === 'missing'
      update({ hostAccess: granted === null ? 'unknown' : granted ? 'granted' : 'missing' })
      updateStore()
      if (granted === false && !wasMissing) void missAccess(isPageNew)
      if (granted !== false && wasMissing) closeGap('no-host-access', Date.now())
      if (granted === true && wasMissing) capture.readStoreAgain()
      isPageNew = false
    },
    onLost() {
      update({ connection: 'lost', recording: false, recordingSince: null })
      openGap('connection-lost', Date.now())
      stopCapture()
    },
  })

  /** The page's own requests are missing too, where it was reached without access. */
  const missAccess = async (isPageNew: boolean) => {
    const now = Date.now()
    const start = isPageNew ? await navigationStart() : null
    // The page may say what it likes, but not that it began before all this.
    openGap('no-host-access', Math.min(now, Math.max(Math.floor(start ?? now), since)))
    // Revoked where it was there: of what was under way, the rest may go unheard.
    if (!isPageNew) show(correlator.stop())
    if (status.peek().hostAccess !== 'missing') closeGap('no-host-access', now)
  }

  const setPage = (page: string) => {
    isPageNew = true
    crash.navigated(page, Date.now())
    update({ page })
    correlator.setPage(page)
    mixed.setPage(page, URL.canParse(page) && isLoginAddress(segmentsOf(new URL(page).pathname)))
    updateStore()
    worker.send({ page })
  }
  // Asking takes a while, and a document that is just being made has no answer: a navigation tells its URL itself.
  onNavigated((url) => (url === null ? void inspectedUrl().then(setPage, report) : setPage(url)))
  inspectedUrl().then((url) => status.peek().page === '' && setPage(url), report)
  platform.version().then((full) => update({ browser: { name, version: full } }), report)

  return {
    entries: log.list,
    writes: log.writes,
    gaps: log.gaps,
    log,
    version,
    status,
    setRecording(on) {
      const { recording, connection } = status.peek()
      if (on === recording || connection === 'lost') return
      update({ recording: on, recordingSince: on ? Date.now() : null })
      unseen.setOn(on)
      mixed.setOn(on)
      if (on) capture.start()
      else openGap('not-recording', stopCapture())
    },
    clear() {
      correlator.clear(Date.now())
      log.clear()
      const { problem: _, ...sound } = status.peek()
      status.value = sound
      version.value++
    },
    reloadPage: reloadInspectedPage,
    async requestHostAccess(hosts) {
      const pages = hosts?.map((host) => `https://${host}/`) ?? [status.peek().page]
      const patterns = new Set(pages.map(sitePattern).filter((pattern) => pattern !== null))
      // At once: the browser asks only while it counts the click as fresh. The worker hears of the answer by itself.
      if (patterns.size > 0) await platform.requestHostAccess([...patterns])
    },
  }
}
