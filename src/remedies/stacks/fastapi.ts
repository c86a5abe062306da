import { type Answers, doesNotApply, generic, type Stack } from '../stack.ts'
import {
  deletionOf,
  isSession,
  keptOf,
  throughAttributes,
  type Writers,
  wholeOf,
  writeAttributes,
} from './attributes.ts'
import { outsideOfApps } from './elsewhere.ts'
import { listed, python } from './literal.ts'
import { forOrigin, inFile, lifetimeFor } from './snippet.ts'

const docs = {
  session: 'https://starlette.dev/middleware/#sessionmiddleware',
  cors: 'https://starlette.dev/middleware/#corsmiddleware',
  https: 'https://starlette.dev/middleware/#httpsredirectmiddleware',
  cookie: 'https://starlette.dev/responses/#set-cookie',
  deleteCookie: 'https://starlette.dev/responses/#delete-cookie',
  headers: 'https://fastapi.tiangolo.com/advanced/response-headers/',
  middleware: 'https://fastapi.tiangolo.com/tutorial/middleware/',
  proxy: 'https://uvicorn.dev/deployment/#proxies-and-forwarded-headers',
}

const app = inFile('main.py', 'python')
const command = inFile('start command', 'shell')

const bool = (value: boolean) => (value ? 'True' : 'False')
const orNone = (value: string | null) => (value === null ? 'None' : python(value))

/** Of SessionMiddleware, whose cookie is HttpOnly always. */
const sessionWriters: Writers = {
  path: (value) => `path=${python(value ?? '/')}`,
  domain: (value) => `domain=${orNone(value)}`,
  httpOnly: () => '',
  secure: (value) => `https_only=${bool(value)}`,
  sameSite: (value) => `same_site=${python((value ?? 'lax').toLowerCase())}`,
  partitioned: (value) => `partitioned=${bool(value)}`,
}

const cookieWriters: Writers = {
  path: (value) => `path=${orNone(value)}`,
  domain: (value) => `domain=${orNone(value)}`,
  httpOnly: (value) => `httponly=${bool(value)}`,
  secure: (value) => `secure=${bool(value)}`,
  sameSite: (value) => `samesite=${orNone(value === null ? null : value.toLowerCase())}`,
  partitioned: (value) => `partitioned=${bool(value)}`,
}

const sessionCall = (cookie: string, options: readonly string[]): string[] => [
  'import os',
  '',
  'from starlette.middleware.sessions import SessionMiddleware',
  '',
  'app.add_middleware(',
  '    SessionMiddleware,',
  '    secret_key=os.environ["SESSION_SECRET"],',
  ...(cookie === 'session' ? [] : [`    session_cookie=${python(cookie)},`]),
  ...options.map((option) => `    ${option},`),
  ')',
]

const attributes: Answers['attributes'] = (change) => {
  const { cookie, at } = change
  const wanted = wholeOf(change)
  if (isSession(cookie, at)) {
    const options = writeAttributes(wanted, sessionWriters)
    if (options.length === 0) return generic
    return app(
      docs.session,
      sessionCall(cookie, options),
      `Keep your other options.${wanted.partitioned === undefined ? '' : ' Starlette 1.7 knows `partitioned`, older ones may not.'}`,
    )
  }
  const options = writeAttributes(wanted, cookieWriters)
  if (options.length === 0) return generic
  return app(
    docs.cookie,
    [`response.set_cookie(${[python(cookie), 'value', ...options].join(', ')})`],
    `Where your code sets the cookie; keep its other arguments.${wanted.partitioned === undefined ? '' : ' `partitioned` takes Python 3.14.'}`,
  )
}

const proxyHeaders =
  "The addresses of your proxy, in place of 127.0.0.1. uvicorn takes the scheme from X-Forwarded-Proto, but the host from Host: the proxy has to pass that on. Under Gunicorn's own workers the option has the same name."

export const fastapi: Stack = {
  id: 'fastapi',
  name: 'FastAPI (Starlette)',
  role: 'app',
  version: '0.x (Starlette 1)',
  traces: {},
  answers: {
    ...outsideOfApps,
    ...throughAttributes(attributes, 'session'),
    attributes,
    'use-https': ({ who }) =>
      who === 'page'
        ? generic
        : app(
            docs.https,
            [
              'from starlette.middleware.httpsredirect import HTTPSRedirectMiddleware',
              '',
              'app.add_middleware(HTTPSRedirectMiddleware)',
            ],
            'For the redirect alone; the certificate is for the server in front. Behind a proxy that uvicorn does not trust it redirects for ever.',
          ),
    'shorten-value': () =>
      doesNotApply(
        "Starlette's session is all in the cookie: keep its content in a database or Redis, and only an id in `request.session`.",
      ),
    'send-separately': () => generic,
    'trust-proxy': () =>
      command(docs.proxy, ['uvicorn main:app --proxy-headers --forwarded-allow-ips=127.0.0.1'], proxyHeaders),
    'allow-credentials': ({ origin, headers }) =>
      forOrigin(origin, () =>
        app(
          docs.cors,
          [
            'from starlette.middleware.cors import CORSMiddleware',
            '',
            'app.add_middleware(',
            '    CORSMiddleware,',
            `    allow_origins=[${python(origin)}],`,
            '    allow_credentials=True,',
            '    allow_methods=["GET", "POST", "PUT", "PATCH", "DELETE"],',
            `    allow_headers=[${listed(['Authorization', ...headers], python)}],`,
            ')',
          ],
          'After the other `add_middleware` calls: the last one added is the outermost.',
        ),
      ),
    'public-url': () =>
      command(
        docs.proxy,
        ['uvicorn main:app --proxy-headers --forwarded-allow-ips=127.0.0.1'],
        `\`request.url_for(…)\` takes scheme and host from the request. ${proxyHeaders}`,
      ),
    'share-session': (_, at) =>
      at?.value === 'token'
        ? generic
        : app(
            docs.session,
            sessionCall(at?.name ?? 'session', writeAttributes(keptOf(at), sessionWriters)),
            'One `SESSION_SECRET` for all instances and workers, over deploys too. Keep your other options.',
          ),
    'delete-cookie': (action) =>
      app(docs.deleteCookie, [
        `response.delete_cookie(${[python(action.name), ...writeAttributes(deletionOf(action), cookieWriters)].join(', ')})`,
      ]),
    'trust-origin': () =>
      doesNotApply(
        'FastAPI and Starlette compare no origins: look for the package or the code that refuses the request.',
      ),
    'readable-csrf-cookie': ({ name }) =>
      app(
        docs.cookie,
        [
          `response.set_cookie(${python(name ?? 'csrf_token')}, csrf_token, httponly=False, secure=True, samesite="lax")`,
        ],
        '`csrf_token`: the token that your CSRF package made.',
      ),
    'session-lifetime': ({ name, seconds }, at) =>
      isSession(name, at)
        ? app(
            docs.session,
            sessionCall(name, [...writeAttributes(keptOf(at), sessionWriters), `max_age=${lifetimeFor(seconds)}`]),
            'In seconds; two weeks if nothing is said. Keep your other options.',
          )
        : app(
            docs.cookie,
            [
              `response.set_cookie(${[python(name), 'value', ...writeAttributes(keptOf(at), cookieWriters), `max_age=${lifetimeFor(seconds)}`].join(', ')})`,
            ],
            '`max_age` is in seconds. Keep your other arguments.',
          ),
    'pass-on-set-cookie': () =>
      app(
        docs.headers,
        ['for line in answer.headers.get_list("set-cookie"):', '    response.headers.append("set-cookie", line)'],
        '`answer`: what `httpx` gave; `response`: the `Response` that your function takes as a parameter.',
      ),
    'no-store': ({ path }) =>
      app(docs.middleware, [
        'from fastapi import Request',
        '',
        '',
        '@app.middleware("http")',
        'async def do_not_store(request: Request, call_next):',
        '    response = await call_next(request)',
        `    if request.url.path == ${python(path)}:`,
        '        response.headers["Cache-Control"] = "no-store"',
        '    return response',
      ]),
    'header-limit': () =>
      doesNotApply(
        'FastAPI sets no limit of its own: it is that of the server that runs it (uvicorn, Gunicorn) or of the proxy.',
      ),
  },
}
