import { launchFirefox, type RunningFirefox } from '../browser/firefox.ts'
import type { FirefoxThirdPartyMode } from '../browser/firefox-preferences.ts'
import type { Case, Recording } from './cases.ts'
import { type Plan, runDocument, startUrl, workerScript } from './firefox-documents.ts'
import { playInChrome } from './firefox-play.ts'
import { fromFirefoxStore, toFirefox } from './firefox-store.ts'
import { handshake } from './further-contexts.ts'
import type { Recorder } from './record.ts'
import { describeRequest } from './request.ts'
import { type RawServers, startServers } from './servers.ts'

/** A request of a case as its server received it. */
interface Received {
  headers: { name: string; value: string }[]
  /** Epoch milliseconds. */
  time: number
  dateHeader: string | null
}

interface Stage {
  running: RunningFirefox
  plans: Map<string, Plan>
  received: Map<string, Received>
  thirdPartyCookies: FirefoxThirdPartyMode
}

/** Plays cases in the real Firefox and takes down what it did. */
export const startFirefoxRecorder = async (thirdPartyCookies: FirefoxThirdPartyMode): Promise<Recorder> => {
  const plans = new Map<string, Plan>()
  const received = new Map<string, Received>()
  const servers = await startServers((_method, host, target, headers) => answer(plans, received, host, target, headers))
  try {
    const running = await launchFirefox({
      thirdPartyCookies,
      servers,
      preferences: {
        'browser.chrome.site_icons': false,
        // No question about a form that goes from localhost to http.
        'security.warn_submit_secure_to_insecure': false,
      },
    })
    return {
      version: running.version,
      record: (testCase) => recordOne({ running, plans, received, thirdPartyCookies }, testCase),
      close: () => closeAll(running, servers),
    }
  } catch (error) {
    await servers.close()
    throw error
  }
}

const closeAll = async (running: RunningFirefox, servers: RawServers): Promise<void> => {
  await running.close()
  await servers.close()
}

/** `?run=TOKEN&depth=N`: a document of the case. `?worker=TOKEN`: its worker's script. `?to=URL`: a redirect. `?t=TOKEN`: the response of the case. */
const answer = (
  plans: ReadonlyMap<string, Plan>,
  received: Map<string, Received>,
  host: string,
  target: string,
  headerLines: readonly string[],
): string => {
  const query = new URL(target, `http://${host}`).searchParams
  const to = query.get('to')
  if (to !== null) return `HTTP/1.1 302 Found\r\nLocation: ${to}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`
  const run = query.get('run') ?? ''
  const running = plans.get(run)
  if (running !== undefined) return response('html', runDocument(running, run, Number(query.get('depth'))))
  const working = plans.get(query.get('worker') ?? '')
  if (working !== undefined) return response('javascript', workerScript(working))
  const token = query.get('t') ?? ''
  const plan = plans.get(token)
  if (plan === undefined) return response('html', '')
  const { dateOffset, lines } = plan.case
  const time = Date.now()
  const dateHeader = dateOffset === undefined ? null : new Date(time + dateOffset * 1000).toUTCString()
  received.set(token, { headers: headerLines.map(headerOf), time, dateHeader })
  const headers = [
    ...(dateHeader === null ? [] : [`Date: ${dateHeader}`]),
    ...[...lines, ...(lines.length === 0 ? [] : [lastLine])].map((line) => `Set-Cookie: ${line}`),
  ]
  const switched = handshake(headerLines)
  return switched === null
    ? response('html', '<!doctype html><title>oracle</title>', headers)
    : [...switched, ...headers, '', ''].join('\r\n')
}

const response = (type: 'html' | 'javascript', body: string, headers: readonly string[] = []): string =>
  [
    'HTTP/1.1 200 OK',
    `Content-Type: text/${type}`,
    'Cache-Control: no-store',
    'Connection: close',
    ...headers,
    `Content-Length: ${body.length}`,
    '',
    body,
  ].join('\r\n')

const headerOf = (line: string): { name: string; value: string } => {
  const colon = line.indexOf(':')
  return { name: line.slice(0, colon), value: line.slice(colon + 1).trim() }
}

const lastName = 'oracle-last-line'
/** Refused by every host for its Domain. */
const lastLine = `${lastName}=1; Domain=oracle-last-line.invalid`

let tokens = 0

const recordOne = async (stage: Stage, testCase: Case): Promise<Recording | null> => {
  const { running, plans, received, thirdPartyCookies } = stage
  const token = `k${++tokens}`
  const httpUrl = `${testCase.url}?t=${token}`
  const url = testCase.context.kind === 'websocket' ? httpUrl.replace(/^http/, 'ws') : httpUrl
  const plan = { case: testCase, url }
  plans.set(token, plan)
  try {
    const seen = await running.evaluateInChrome(playInChrome, {
      start: startUrl(plan, token),
      urls: [url, httpUrl],
      jar: testCase.jar.map(toFirefox),
      lastLine: testCase.lines.length === 0 || isOmitted(testCase) ? null : lastName,
      patience,
    })
    const request = received.get(token)
    if (seen === null || request === undefined) return null
    return {
      ...describeRequest(testCase, url),
      browser: 'firefox',
      thirdPartyCookies,
      requestHeaders: request.headers,
      time: request.time,
      blockedLines: [],
      associated: [],
      messages: seen.messages,
      before: fromFirefoxStore(seen.before),
      after: fromFirefoxStore(seen.after),
      dateHeader: request.dateHeader,
    }
  } finally {
    plans.delete(token)
    received.delete(token)
  }
}

const isOmitted = ({ context }: Case): boolean => context.kind === 'fetch' && context.credentials === 'omit'

/** How long a request may take until its end, milliseconds; one that is blocked before it leaves never comes to one. */
const patience = 2000
