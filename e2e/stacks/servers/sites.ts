import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { listen, stopListening } from './process.ts'

/** The pages that are no stack's: a single-page app at web.shop.test, an identity provider at id.other.test. */
export interface Sites {
  readonly port: number
  close(): Promise<void>
}

/** What is registered with the provider for its one client. */
const redirectUris = ['https://app.shop.test/oauth/callback']

const page = (title: string, body: string): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title><link rel="icon" href="data:,"></head><body>${body}</body></html>`

const escapeHtml = (value: string): string =>
  value.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')

const answer = (response: ServerResponse, status: number, body: string, headers: Record<string, string> = {}): void => {
  response.writeHead(status, { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store', ...headers })
  response.end(body)
}

/** The code stands for the visitor: what the server does with it, apart from the browser, is not what is tested. */
const back = (response: ServerResponse, query: URLSearchParams): void => {
  const redirectUri = query.get('redirect_uri') ?? ''
  const result = { code: 'Ada', state: query.get('state') ?? '' }
  if (query.get('response_mode') === 'form_post') {
    const inputs = Object.entries(result).map(
      ([name, value]) => `<input type="hidden" name="${name}" value="${escapeHtml(value)}">`,
    )
    const form = `<form method="post" action="${escapeHtml(redirectUri)}">${inputs.join('')}</form>`
    answer(response, 200, page('Going back', `${form}<script>document.forms[0].submit()</script>`))
    return
  }
  answer(response, 303, '', { Location: `${redirectUri}?${new URLSearchParams(result)}` })
}

const answerProvider = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const { searchParams } = new URL(request.url ?? '/', 'https://id.other.test')
  const redirectUri = searchParams.get('redirect_uri') ?? ''
  if (!redirectUris.includes(redirectUri)) {
    answer(response, 400, page('Error', `<p>redirect_uri_mismatch: ${escapeHtml(redirectUri)} is not registered.</p>`))
    return
  }
  if (request.method === 'POST') {
    await text(request)
    back(response, searchParams)
    return
  }
  answer(response, 200, page('Other ID', '<form method="post"><button type="submit">Allow</button></form>'))
}

const spa = new Map([
  ['/', ['spa.html', 'text/html; charset=utf-8']],
  ['/bearer', ['spa.html', 'text/html; charset=utf-8']],
  ['/cart', ['spa.html', 'text/html; charset=utf-8']],
  ['/bearer/cart', ['spa.html', 'text/html; charset=utf-8']],
  ['/spa.js', ['spa.js', 'text/javascript']],
])

const answerSpa = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const [file, type = ''] = spa.get(new URL(request.url ?? '/', 'https://web.shop.test').pathname) ?? []
  if (file === undefined) answer(response, 404, page('Not found', ''))
  else answer(response, 200, await readFile(new URL(`spa/${file}`, import.meta.url), 'utf8'), { 'Content-Type': type })
}

export const startSites = async (): Promise<Sites> => {
  const server = createServer((request, response) => {
    const answering = request.headers.host === 'id.other.test' ? answerProvider : answerSpa
    answering(request, response).catch((error: unknown) => answer(response, 500, page('Error', String(error))))
  })
  return { port: await listen(server), close: () => stopListening(server) }
}
