import browser, { type Runtime } from 'webextension-polyfill'
import { type CaptureAnswer, type CaptureRequest, capturePort } from './remote-channel.ts'
import type { CaptureSource, SourceHandlers, StoreReading } from './source.ts'

/** The background page ends after 30 s in which nobody speaks to it; a user may have set less, but hardly that little. */
const stayInterval = 5_000
/** Where it ended before it had said a word, it is not started again without a pause. */
const pause = 1_000
/** The events of so many milliseconds may have been on their way when it ended: requests are told late by that at most. */
const lateness = 500

interface Reader {
  kind: 'store' | 'other-sites'
  resolve(answer: CaptureAnswer): void
  reject(error: Error): void
}

/**
 * The events of a tab as the background page hears them: in Firefox, DevTools pages have no webRequest and no cookies. Where
 * that page is ended all the same it is started again at once, and what it may have missed is said.
 */
export const remoteSource = (tabId: number): CaptureSource => {
  let port: Runtime.Port | null = null
  const readers: Reader[] = []
  let reopening: ReturnType<typeof setTimeout> | undefined

  const say = (request: CaptureRequest) => port?.postMessage(request)
  const hear = (answer: CaptureAnswer, { onEvent }: SourceHandlers) => {
    if (answer.kind === 'events') {
      for (const event of answer.events) onEvent(event)
      return
    }
    const wanted = answer.kind === 'problem' ? answer.of : answer.kind
    const at = readers.findIndex(({ kind }) => kind === wanted)
    const [reader] = at < 0 ? [] : readers.splice(at, 1)
    if (answer.kind === 'problem') reader?.reject(new Error(answer.problem))
    else reader?.resolve(answer)
  }
  const ask = (kind: Reader['kind']): Promise<CaptureAnswer> =>
    new Promise((resolve, reject) => {
      readers.push({ kind, resolve, reject })
      // In the moment without a port nobody answers: whoever asks then is told of the interruption, and asks again.
      if (port === null) giveUpReaders()
      else say({ kind })
    })
  const giveUpReaders = () => {
    for (const { reject } of readers.splice(0)) reject(new Error('The background page ended before it had answered.'))
  }
  const open = (handlers: SourceHandlers) => {
    let isAlive = false
    port = browser.runtime.connect({ name: capturePort })
    port.onMessage.addListener((message) => {
      isAlive = true
      hear(message as CaptureAnswer, handlers)
    })
    // Not told of a port that is closed from here.
    port.onDisconnect.addListener(() => {
      const from = Date.now() - lateness
      port = null
      giveUpReaders()
      const again = () => {
        open(handlers)
        handlers.onInterrupted(from)
      }
      reopening = setTimeout(again, isAlive ? 0 : pause)
    })
    say({ kind: 'listen', tabId })
  }

  return {
    listen(handlers) {
      open(handlers)
      const timer = setInterval(() => say({ kind: 'stay' }), stayInterval)
      return () => {
        clearInterval(timer)
        clearTimeout(reopening)
        port?.disconnect()
        port = null
        giveUpReaders()
      }
    },
    async readStore(): Promise<StoreReading> {
      const answer = await ask('store')
      if (answer.kind !== 'store') throw new Error('The background page did not tell the store.')
      return answer.reading
    },
    async readOtherSites() {
      const answer = await ask('other-sites')
      return new Set(answer.kind === 'other-sites' ? answer.sites : [])
    },
    // Each request of theirs names them.
    openDocuments: async () => [],
  }
}
