import { randomBytes } from 'node:crypto'
import { escapeHtml, layout, providerLayout } from '../layout.ts'
import { type Client, type StoryId, storyOf } from './table.ts'

export type Headers = readonly (readonly [name: string, value: string])[]

export interface Answer {
  status: number
  headers?: Headers
  body?: string
}

/** A request as the stories read it. */
export interface StoryRequest {
  origin: string
  method: string
  path: string
  query: URLSearchParams
  /** Names in lower case. */
  headers: {
    readonly origin?: string
    readonly authorization?: string
    readonly cookie?: string
    readonly 'x-xsrf-token'?: string
  }
  /** Pairs of the Cookie header, in its order. */
  cookies: readonly (readonly [name: string, value: string])[]
  /** Fields of the form or the JSON that was sent. */
  fields: { readonly name?: string; readonly code?: string; readonly state?: string }
}

export const redirect = (location: string, headers: Headers = []): Answer => ({
  status: 303,
  headers: [['Location', location], ...headers],
})

export const json = (body: unknown, status = 200, headers: Headers = []): Answer => ({
  status,
  headers: [['Content-Type', 'application/json'], ...headers],
  body: `${JSON.stringify(body)}\n`,
})

const html = (body: string, status = 200, headers: Headers = []): Answer => ({
  status,
  headers: [['Content-Type', 'text/html; charset=utf-8'], ...headers],
  body,
})

export const setCookie = (line: string): readonly [string, string] => ['Set-Cookie', line]

export const cookieNamed = (request: StoryRequest, name: string): string | undefined =>
  request.cookies.find(([one]) => one === name)?.[1]

/** CORS as a credentialed request wants it. */
export const corsFor = ({ headers: { origin } }: StoryRequest): Headers =>
  origin === undefined
    ? []
    : [
        ['Access-Control-Allow-Origin', origin],
        ['Access-Control-Allow-Credentials', 'true'],
        ['Access-Control-Allow-Headers', 'content-type, authorization, x-xsrf-token, next-action'],
        ['Vary', 'Origin'],
      ]

/** An unsigned JSON Web Token: nobody checks its signature here. */
export const tokenWith = (claims: object): string =>
  [{ alg: 'HS256', typ: 'JWT', kid: 'shop-1' }, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .concat(randomBytes(16).toString('base64url'))
    .join('.')

/**
 * What all stories share: visitors, pages, and a shop that does everything right. A story answers what it does
 * otherwise.
 */
export class Kit {
  /** Visitors by session id. */
  readonly sessions = new Map<string, string>()
  /** Requests that were answered, for servers that take turns. */
  turns = 0
  readonly id: StoryId
  /** Whether the mistake is mended. */
  readonly fixed: boolean

  constructor(id: StoryId, fixed: boolean) {
    this.id = id
    this.fixed = fixed
  }

  /** How the page's script logs in: mended, on the page's own host, where the host was the mistake. */
  get client(): Client | undefined {
    const { client, start } = storyOf(this.id)
    if (client === undefined || !this.fixed) return client
    if (this.id === 'local-names' || this.id === 'partitioned-session') return { ...client, api: start }
    return { ...client, api: client.api.replace('http://api.', 'https://api.') }
  }

  /** Begins a session. @returns its id */
  grant(visitor: string): string {
    const id = randomBytes(16).toString('hex')
    this.sessions.set(id, visitor)
    return id
  }

  /** The visitor of the first cookie of that name; null: nobody. */
  visitorOf(request: StoryRequest, name = 'sid'): string | null {
    return this.sessions.get(cookieNamed(request, name) ?? '') ?? null
  }

  /** The line of a login that is right. */
  line(visitor: string, attributes = 'Path=/; HttpOnly; Secure; SameSite=Lax'): readonly [string, string] {
    return setCookie(`sid=${this.grant(visitor)}; ${attributes}`)
  }

  /** @param csrf token against forged requests, for the form */
  page(
    name: 'home' | 'login' | 'account' | 'cart',
    visitor: string | null,
    status = 200,
    headers: Headers = [],
    csrf?: string,
  ): Answer {
    const scenario = storyOf(this.id)
    const { provider } = scenario
    const client = this.client
    const asks = client !== undefined
    const who = visitor === null ? 'You are not logged in.' : `You are logged in as ${escapeHtml(visitor)}.`
    const state = asks
      ? '<p class="state" role="status" data-ask>Asking the API…</p>'
      : `<p class="state ${visitor === null ? 'out' : 'in'}" role="status">${who}</p>`
    const config =
      client === undefined ? '' : `<script type="application/json" id="client">${JSON.stringify(client)}</script>`
    const form = provider
      ? '<form action="/start"><button>Continue with Other ID</button></form>'
      : `<form ${asks ? 'data-login' : 'method="post" action="/login"'}>
${csrf === undefined ? '' : `<input type="hidden" name="authenticity_token" value="${csrf}">`}
<label>Name <input name="name" autocomplete="off" value="Ada" required></label>
<label>Password <input name="password" type="password" autocomplete="off" value="any will do" required></label>
<button>Log in</button>
</form>`
    const titles = { home: 'Home', login: 'Log in', account: 'Your account', cart: 'Your cart' }
    const title = titles[name]
    return html(
      layout({
        title,
        main: `${state}\n<h1>${title}</h1>\n${name === 'login' ? form : ''}${config}`,
        attributes: ` data-page="${name}"`,
        script: 'story.js',
        scenario,
        fixed: this.fixed,
      }),
      status,
      headers,
    )
  }

  /** A page that says what went wrong. `text` is trusted. */
  failure(text: string, status = 400, headers: Headers = []): Answer {
    return html(
      layout({
        title: 'The login failed',
        main: `<p class="state out" role="status">The login failed: ${text}</p>`,
        attributes: ' data-page="failure"',
        script: 'story.js',
        scenario: storyOf(this.id),
        fixed: this.fixed,
      }),
      status,
      headers,
    )
  }

  /** The identity provider's page: it agrees to whatever it is asked, with the visitor's name as the code. */
  provider(request: StoryRequest): Answer {
    const { query, method, fields } = request
    if (method !== 'POST') {
      return html(
        providerLayout(`<h1>Log in to Corner Shop</h1>
<form method="post" action="/authorize?${escapeHtml(query.toString())}">
<label>Name <input name="name" autocomplete="off" value="Ada" required></label>
<label>Password <input name="password" type="password" autocomplete="off" value="any will do" required></label>
<button>Log in</button>
</form>`),
      )
    }
    const answer = { code: fields.name ?? '', state: query.get('state') ?? '' }
    const target = query.get('redirect_uri') ?? ''
    if (query.get('response_mode') !== 'form_post') return redirect(`${target}?${new URLSearchParams(answer)}`)
    const inputs = Object.entries(answer)
      .map(([name, value]) => `<input type="hidden" name="${name}" value="${escapeHtml(value)}">`)
      .join('')
    return html(
      providerLayout(
        `<form method="post" action="${escapeHtml(target)}" id="back">${inputs}</form><script>document.getElementById('back').submit()</script>`,
      ),
    )
  }

  providerRefuses(text: string): Answer {
    return html(
      providerLayout(`<p class="state out" role="status">The login failed: ${text}</p>`, ' data-page="failure"'),
      400,
    )
  }

  /** Where the visitor is sent to, with the cookie that remembers the state. */
  toProvider(redirectUri: string, line: (state: string) => string, responseMode?: string): Answer {
    const state = randomBytes(8).toString('hex')
    const query = new URLSearchParams({ response_type: 'code', client_id: 'shop', redirect_uri: redirectUri, state })
    if (responseMode !== undefined) query.set('response_mode', responseMode)
    return redirect(`https://id.other.test/authorize?${query}`, [setCookie(line(state))])
  }

  /** The return from the provider; `values`: its query or its form. */
  callback(request: StoryRequest, values: { code?: string | null; state?: string | null }): Answer {
    const expected = cookieNamed(request, 'oauth_state')
    if (expected === undefined || expected !== values.state) return this.failure('the state does not match.')
    return redirect('/account', [this.line(values.code ?? ''), setCookie('oauth_state=; Path=/; Max-Age=0')])
  }

  /** The shop that does everything right. */
  answer(request: StoryRequest): Answer {
    const client = this.client
    const { origin, method, path } = request
    if (origin === 'https://id.other.test') return this.provider(request)
    const isApi = client !== undefined && origin === client.api
    if (method === 'OPTIONS') return { status: 204, headers: corsFor(request) }
    if (isApi && path === '/me') {
      const name = this.visitorOf(request)
      return json({ name }, name === null ? 401 : 200, corsFor(request))
    }
    if (method === 'POST' && path === '/login') {
      const name = request.fields.name ?? ''
      if (client === undefined) return redirect('/account', [this.line(name)])
      return json({ ok: true }, 200, [...corsFor(request), this.line(name)])
    }
    const visitor = this.visitorOf(request)
    switch (path) {
      case '/':
        return this.page('home', visitor)
      case '/login':
        return this.page('login', visitor)
      case '/cart':
        return this.page('cart', visitor)
      case '/account':
        return this.page('account', visitor, client === undefined && visitor === null ? 401 : 200)
      default:
        return { status: 404, headers: [['Content-Type', 'text/plain']], body: 'There is no such page.\n' }
    }
  }
}

/** What a story answers otherwise than a shop that does everything right; null: the same. */
export type StoryAnswer = (kit: Kit, request: StoryRequest) => Answer | null
