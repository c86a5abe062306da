import type { Protocol } from 'devtools-protocol'
import type { CDPSession, Frame, Page } from 'playwright'
import type { StoredCookie } from '../../src/contract.ts'
import { sameKey } from '../../src/cookie/store.ts'
import { launch, type RunningBrowser } from '../browser/launch.ts'
import type { Case, Recording } from './cases.ts'
import { askByWorker, awaitArrival, handshake, isSilent, openSocket, workerScript } from './further-contexts.ts'
import { describeRequest } from './request.ts'
import { type RawServers, startServers } from './servers.ts'
import { fromCdp, toCdp } from './store.ts'
import { type Traffic, watchTraffic } from './traffic.ts'

/** Plays cases in a real browser and takes down what it did. */
export interface Recorder {
  /** Null where the browser never sent the request: mixed content, a blocked frame. */
  record(testCase: Case): Promise<Recording | null>
  readonly version: string
  close(): Promise<void>
}

export interface ChromiumRecorder extends Recorder {
  readonly running: RunningBrowser
  /** Of the page's session, its Network domain enabled. */
  readonly cdp: CDPSession
}

/** @param extension folder of an unpacked one that has DevTools open for the page; left out, a plain browser */
export const startRecorder = async (
  thirdPartyCookies: 'allowed' | 'blocked',
  extension?: string,
): Promise<ChromiumRecorder> => {
  const plans = new Map<string, Plan>()
  const servers = await startServers((_method, host, target, headers) => answer(plans, host, target, headers))
  try {
    const running = await launch({
      thirdPartyCookies,
      servers,
      ...(extension === undefined ? {} : { extension, devtools: true }),
      oneProcess: true,
      disabledFeatures: ['IsolateOrigins', 'site-per-process', 'IsolateSandboxedIframes'],
    })
    const cdp = await running.context.newCDPSession(running.page)
    await cdp.send('Network.enable')
    return {
      version: running.version,
      running,
      cdp,
      record: (testCase) => recordOne({ running, cdp, plans, thirdPartyCookies }, testCase),
      close: () => closeAll(running, servers),
    }
  } catch (error) {
    await servers.close()
    throw error
  }
}

const closeAll = async (running: RunningBrowser, servers: RawServers): Promise<void> => {
  await running.close()
  await servers.close()
}

interface Plan {
  testCase: Case
  /** Told of the request when it comes. */
  arrived(headers: readonly string[]): void
}

/** `?doc`: a document. `?worker`: a worker's script. `?to=URL`: a redirect. `?t=TOKEN`: the response of the case. */
const answer = (
  plans: ReadonlyMap<string, Plan>,
  host: string,
  target: string,
  requestHeaders: readonly string[],
): string => {
  const query = new URL(target, `http://${host}`).searchParams
  const to = query.get('to')
  if (to !== null) return `HTTP/1.1 302 Found\r\nLocation: ${to}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`
  const plan = plans.get(query.get('t') ?? '')
  plan?.arrived(requestHeaders)
  const { lines = [], dateOffset } = plan?.testCase ?? {}
  const date = dateOffset === undefined ? [] : [`Date: ${new Date(Date.now() + dateOffset * 1000).toUTCString()}`]
  const isWorker = query.has('worker')
  const switched = handshake(requestHeaders)
  const headers = [
    ...(switched ?? [
      'HTTP/1.1 200 OK',
      `Content-Type: text/${isWorker ? 'javascript' : 'html'}`,
      'Cache-Control: no-store',
      'Connection: close',
    ]),
    ...date,
    ...lines.map((line) => `Set-Cookie: ${line}`),
  ]
  if (switched !== null) return `${headers.join('\r\n')}\r\n\r\n`
  const body = isWorker ? workerScript : '<!doctype html><title>oracle</title><link rel="icon" href="data:,">'
  return `${headers.join('\r\n')}\r\nContent-Length: ${body.length}\r\n\r\n${body}`
}

interface Stage {
  running: RunningBrowser
  cdp: CDPSession
  plans: Map<string, Plan>
  thirdPartyCookies: 'allowed' | 'blocked'
}

let tokens = 0

const recordOne = async (stage: Stage, testCase: Case): Promise<Recording | null> => {
  const { cdp, running, plans } = stage
  const token = `k${++tokens}`
  const isSocket = testCase.context.kind === 'websocket'
  const url = `${isSocket ? testCase.url.replace(/^http/, 'ws') : testCase.url}?t=${token}`
  const arrival = isSilent(testCase) ? awaitArrival() : null
  plans.set(token, { testCase, arrived: (headers) => arrival?.arrived(headers) })
  try {
    const origin = await prepare(running.page, testCase)
    await cdp.send('Network.clearBrowserCookies')
    const made = Date.now()
    if (testCase.jar.length > 0) await cdp.send('Network.setCookies', { cookies: testCase.jar.map(toCdp) })
    const before = await readStore(cdp)
    const traffic = watchTraffic(cdp, token)
    try {
      const triggered = trigger(running.page, testCase, url, origin).catch(traffic.fail)
      const seen = await (arrival?.traffic ?? traffic.response)
      if (arrival !== null && seen === null) return null
      // The next case begins when this one's document has settled.
      await triggered
      if (seen === null) return null
      return recordingOf(
        stage,
        testCase,
        url,
        seen,
        before.map((cookie) => ({ ...cookie, creation: made + orderOf(cookie, testCase.jar) })),
        await readStore(cdp),
      )
    } finally {
      traffic.stop()
    }
  } finally {
    plans.delete(token)
  }
}

/** The place of a cookie among those that were set, in thousandths: they are made within one millisecond. */
const orderOf = (cookie: StoredCookie, jar: readonly StoredCookie[]): number =>
  jar.findLastIndex((made) => sameKey(made, cookie)) / 1000

/** Not in the jar of a credentialless frame: such cookies have a partition that CDP can't name. */
const isInBrowsersJar = ({ partitionKey, partitionKeyOpaque }: Protocol.Network.Cookie): boolean =>
  partitionKey !== undefined || partitionKeyOpaque === undefined

const readStore = async (cdp: CDPSession): Promise<StoredCookie[]> =>
  (await cdp.send('Network.getAllCookies')).cookies.filter(isInBrowsersJar).map(fromCdp)

const recordingOf = (
  { thirdPartyCookies }: Stage,
  testCase: Case,
  url: string,
  seen: Traffic,
  before: StoredCookie[],
  after: StoredCookie[],
): Recording => ({
  ...describeRequest(testCase, url),
  ...(isSilent(testCase) ? { silent: true } : {}),
  thirdPartyCookies,
  requestHeaders: seen.requestHeaders,
  time: seen.time,
  blockedLines: seen.blockedLines,
  associated: seen.associated,
  before,
  after,
  dateHeader: seen.dateHeader,
})

/** Opens the page and the frames in it; gives the document that will make the request. */
const prepare = async (page: Page, { context, url }: Case): Promise<Frame> => {
  if (context.kind === 'typed' || context.kind === 'redirected') return page.mainFrame()
  const frames = 'frames' in context ? context.frames : [context.page]
  const [outer = '', ...inner] = [...frames].reverse()
  await page.goto(`${outer}/?doc`)
  let current = page.mainFrame()
  // Each with an address of its own: the browser loads no frame that has the address of a document around it.
  for (const [depth, origin] of inner.entries()) current = await addFrame(current, `${origin}/?doc=${depth}`, {})
  switch (context.kind) {
    case 'sandboxed':
      return addFrame(current, `${outer}/?doc=sandbox`, { sandbox: 'allow-scripts' })
    case 'sandbox-frames':
    case 'sandbox-leaves':
      return addFrame(current, `${frames[0]}/?doc=sandbox`, { sandbox: 'allow-scripts' })
    case 'credentialless-image':
      return addFrame(current, `${new URL(url).origin}/?doc=credentialless`, { credentialless: '' })
    default:
      return current
  }
}

const addFrame = async (parent: Frame, url: string, attributes: Readonly<Record<string, string>>): Promise<Frame> => {
  const element = await parent.evaluateHandle(
    async ([source, given]) => {
      const frame = document.createElement('iframe')
      for (const [name, value] of Object.entries(given)) frame.setAttribute(name, value)
      frame.src = source
      const loaded = new Promise((resolve) => frame.addEventListener('load', resolve))
      document.body.append(frame)
      await loaded
      return frame
    },
    [url, attributes] as const,
  )
  const frame = await element.contentFrame()
  if (frame === null) throw new Error(`no frame for ${url}`)
  return frame
}

const trigger = async (page: Page, { context }: Case, url: string, origin: Frame): Promise<void> => {
  switch (context.kind) {
    case 'typed':
      await page.goto(url)
      return
    case 'redirected':
      await page.goto(`${context.via}/?to=${encodeURIComponent(url)}`)
      return
    case 'link':
      await Promise.all([page.waitForURL(url), origin.evaluate((target) => location.assign(target), url)])
      return
    case 'post':
      await Promise.all([page.waitForURL(url), submit(origin, url, '_self')])
      return
    case 'fetch':
      await origin.evaluate(
        ([target, credentials]) =>
          fetch(target, { credentials, mode: 'cors', cache: 'no-store' }).then(
            undefined,
            () => undefined,
          ) as Promise<unknown>,
        [url, context.credentials] as const,
      )
      return
    case 'frame':
    case 'sandbox-frames':
      await addFrame(origin, url, {})
      return
    case 'credentialless':
      await addFrame(origin, url, { credentialless: '' })
      return
    case 'sandbox-leaves':
      await Promise.all([origin.waitForURL(url), origin.evaluate((target) => location.assign(target), url)])
      return
    case 'websocket':
      await openSocket(origin, url)
      return
    case 'worker':
    case 'shared-worker':
      await askByWorker(origin, url, context.kind === 'shared-worker', String(tokens))
      return
    case 'frame-post':
      await origin.evaluate(() => {
        const frame = document.createElement('iframe')
        frame.name = 'target'
        document.body.append(frame)
      })
      await submit(origin, url, 'target')
      return
    case 'script':
      await load(origin, 'script', url)
      return
    case 'image':
    case 'sandboxed':
    case 'credentialless-image':
      await load(origin, 'img', url)
      return
    case 'image-redirected':
      await load(origin, 'img', `${context.via}/?to=${encodeURIComponent(url)}`)
  }
}

const submit = (origin: Frame, url: string, target: string): Promise<void> =>
  origin.evaluate(
    ([action, name]) => {
      const form = document.createElement('form')
      form.method = 'post'
      form.action = action
      form.target = name
      document.body.append(form)
      form.submit()
    },
    [url, target] as const,
  )

const load = (origin: Frame, tag: 'img' | 'script', url: string): Promise<void> =>
  origin.evaluate(
    ([name, source]) => {
      const element = document.createElement(name) as HTMLImageElement | HTMLScriptElement
      const done = new Promise<void>((resolve) => {
        element.addEventListener('load', () => resolve())
        element.addEventListener('error', () => resolve())
      })
      element.src = source
      document.body.append(element)
      return done
    },
    [tag, url] as const,
  )
