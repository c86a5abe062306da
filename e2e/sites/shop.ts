import { createServer as createHttpServer, type RequestListener, type Server } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { generate } from 'selfsigned'
import { handle } from './routes.ts'
import type { ScenarioId } from './scenarios.ts'
import { type Fix, startUrl } from './setup.ts'
import { ShopState } from './state.ts'
import { type StoryId, storyUrl } from './stories/table.ts'

export interface Shop {
  /** Loopback ports; `launch({ servers })` maps every host name's 443 and 80 to them. */
  readonly servers: { https: number; http: number }
  /** Where a visitor of the selected scenario begins, the fix considered. */
  readonly startUrl: string
  readonly scenario: ScenarioId
  /** The story that is told in place of the scenario. */
  readonly story: StoryId | null
  /** Selects a scenario afresh: no fix, nobody logged in. The browser's jar is not touched. */
  select(scenario: ScenarioId): void
  /** Starts a story afresh, as it breaks or with its mistake mended. */
  tell(story: StoryId, fixed?: boolean): void
  /**
   * Replaces the fix of the selected scenario, and ends every session: the next login shows whether it works. `{}` takes
   * the fix away.
   * @throws {TypeError} when `setCookie` is no byte string (Latin-1) without line breaks
   */
  applyFix(fix: Fix): void
  close(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

export interface ShopOptions {
  /** Default healthy. */
  scenario?: ScenarioId
  /** Ports on 127.0.0.1; free ones if left out. */
  ports?: { https: number; http: number }
}

const listen = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new Error(`Port ${port} is in use. Choose another, or stop what uses it.`)
          : error,
      ),
    )
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
  })

const stop = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })

/** Starts the broken-login shop on loopback: all its hosts, over https with a certificate made for the occasion, and http. */
export const startShop = async ({ scenario = 'healthy', ports }: ShopOptions = {}): Promise<Shop> => {
  const state = new ShopState(scenario)
  const listener =
    (scheme: 'http' | 'https'): RequestListener =>
    (request, response) => {
      handle(state, scheme, request, response).catch((error: unknown) => {
        if (!response.headersSent) response.writeHead(500, { 'Content-Type': 'text/plain' })
        response.end(`The shop failed: ${error}\n`)
      })
    }
  const certificate = await generate([{ name: 'commonName', value: 'shop.test' }], {
    keyType: 'ec',
    algorithm: 'sha256',
  })
  const secure = createHttpsServer({ key: certificate.private, cert: certificate.cert }, listener('https'))
  const plain = createHttpServer(listener('http'))
  const close = async () => {
    await Promise.all([stop(secure), stop(plain)])
  }
  try {
    const https = await listen(secure, ports?.https ?? 0)
    const http = await listen(plain, ports?.http ?? 0)
    return {
      servers: { https, http },
      get startUrl() {
        const { story } = state
        return story === null ? startUrl(state.scenario.id, state.setup) : storyUrl(story.id)
      },
      get scenario() {
        return state.scenario.id
      },
      get story() {
        return state.story?.id ?? null
      },
      select: (id) => state.select(id),
      tell: (id, fixed) => state.tell(id, fixed),
      applyFix: (fix) => state.applyFix(fix),
      close,
      [Symbol.asyncDispose]: close,
    }
  } catch (error) {
    await close()
    throw error
  }
}
