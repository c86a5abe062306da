import { createServer } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { Page } from 'playwright'

/** So many requests the page makes, all at once. */
export const requestsOfPage = 1_000

const page = `<!doctype html><title>bench</title><link rel="icon" href="data:,"><script>
const all = Array.from({ length: ${requestsOfPage} }, (_, i) => fetch('/small/' + i).then((response) => response.text()))
window.loaded = Promise.all(all).then(() => performance.now())
</script>`

declare global {
  interface Window {
    /** Milliseconds from the navigation's start to the last answer. */
    loaded?: Promise<number>
  }
}

export interface BenchSite {
  /** For `launch({ servers })`. */
  readonly servers: { https: number; http: number }
  close(): Promise<void>
}

/** Of a plain http host that no header is asked of: the page, its small answers, and `/set/N`, which sets a cookie. */
export const startBenchSite = async (): Promise<BenchSite> => {
  const open = new Set<Socket>()
  const server = createServer((request, response) => {
    const isPage = request.url === '/'
    response.setHeader('Cache-Control', 'no-store')
    response.setHeader('Content-Type', isPage ? 'text/html' : 'text/plain')
    if (request.url?.startsWith('/set/')) response.setHeader('Set-Cookie', `sid=${request.url.slice(5)}; Path=/`)
    response.end(isPage ? page : 'small')
  })
  server.on('connection', (socket: Socket) => {
    open.add(socket)
    socket.on('close', () => open.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    servers: { https: port, http: port },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of open) socket.destroy()
      }),
  }
}

/** Milliseconds that the page takes with all its requests. */
export const loadPage = async (page: Page): Promise<number> => {
  await page.goto('http://www.shop.test/')
  const spent = await page.evaluate(() => window.loaded)
  await page.goto('about:blank')
  if (spent === undefined) throw new Error('The page did not load.')
  return spent
}
