import { type Answers, type CookieAtHand, doesNotApply, generic, type Stack } from '../stack.ts'
import { code } from '../words.ts'
import {
  deletionOf,
  keptOf,
  throughAttributes,
  type Writers,
  wantedOf,
  wholeOf,
  writeAttributes,
} from './attributes.ts'
import { outsideOfApps } from './elsewhere.ts'
import { python } from './literal.ts'
import { forOrigin, inFile, lifetimeFor } from './snippet.ts'

const docs = {
  config: (name: string) => `https://flask.palletsprojects.com/en/stable/config/#${name}`,
  cookies: 'https://flask.palletsprojects.com/en/stable/web-security/#set-cookie-options',
  proxy: 'https://flask.palletsprojects.com/en/stable/deploying/proxy_fix/',
  response: 'https://flask.palletsprojects.com/en/stable/api/#flask.Response',
  cors: 'https://flask-cors.readthedocs.io/en/latest/api.html#extension',
  csrf: 'https://flask-wtf.readthedocs.io/en/latest/config/',
  session: 'https://flask-session.readthedocs.io/en/latest/config.html',
}

const app = inFile('app.py', 'python')

const bool = (value: boolean) => (value ? 'True' : 'False')
const orNone = (value: string | null) => (value === null ? 'None' : python(value))

const configWriters: Writers = {
  path: (value) => `SESSION_COOKIE_PATH=${orNone(value)}`,
  domain: (value) => `SESSION_COOKIE_DOMAIN=${orNone(value)}`,
  httpOnly: (value) => `SESSION_COOKIE_HTTPONLY=${bool(value)}`,
  secure: (value) => `SESSION_COOKIE_SECURE=${bool(value)}`,
  sameSite: (value) => `SESSION_COOKIE_SAMESITE=${orNone(value)}`,
  partitioned: (value) => `SESSION_COOKIE_PARTITIONED=${bool(value)}`,
}

const argumentWriters: Writers = {
  path: (value) => `path=${orNone(value)}`,
  domain: (value) => `domain=${orNone(value)}`,
  httpOnly: (value) => `httponly=${bool(value)}`,
  secure: (value) => `secure=${bool(value)}`,
  sameSite: (value) => `samesite=${orNone(value)}`,
  partitioned: (value) => `partitioned=${bool(value)}`,
}

const configUpdate = (lines: readonly string[]): string[] => [
  'app.config.update(',
  ...lines.map((line) => `    ${line},`),
  ')',
]

/** Cookies that Flask itself or an extension makes from its configuration; all others are set by the app's own code. */
const isFlaskSession = (name: string, at: CookieAtHand | undefined): boolean =>
  /sess/i.test(name.slice(0, 200)) && at?.value !== 'token'

const since31 = 'Partitioned is there since Flask 3.1.'

const attributes: Answers['attributes'] = (change) => {
  const { cookie, changes, at } = change
  const own = isFlaskSession(cookie, at)
  const wanted = own ? wantedOf(changes) : wholeOf(change)
  const partitioned = wanted.partitioned === undefined ? '' : ` ${since31}`
  if (own) {
    const lines = writeAttributes(wanted, configWriters)
    if (lines.length === 0) return generic
    const name = /^\w+/.exec(lines[0] ?? '')?.[0] ?? ''
    return app(
      docs.config(name),
      configUpdate(lines),
      cookie === 'session' && partitioned === ''
        ? undefined
        : `${cookie === 'session' ? '' : `If ${code(cookie)} is what \`SESSION_COOKIE_NAME\` says.`}${partitioned}`.trim(),
    )
  }
  const parameters = writeAttributes(wanted, argumentWriters)
  if (parameters.length === 0) return generic
  return app(
    docs.cookies,
    [`response.set_cookie(${[python(cookie), 'value', ...parameters].join(', ')})`],
    `Where your code sets the cookie; keep its other arguments.${partitioned}`,
  )
}

const proxyFix = [
  'from werkzeug.middleware.proxy_fix import ProxyFix',
  '',
  'app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1, x_host=1, x_prefix=1)',
]

const countProxies =
  'Right after `app = Flask(…)`. 1: one proxy sets that header; count yours, and leave out what it does not set itself.'

export const flask: Stack = {
  id: 'flask',
  name: 'Flask',
  role: 'app',
  version: '3',
  traces: { servers: [/^Werkzeug\//i] },
  answers: {
    ...outsideOfApps,
    ...throughAttributes(attributes, 'session'),
    attributes,
    'shorten-value': () =>
      app(
        docs.session,
        [
          'import os',
          '',
          'from flask_session import Session',
          'from redis import Redis',
          '',
          'app.config["SESSION_TYPE"] = "redis"',
          'app.config["SESSION_REDIS"] = Redis.from_url(os.environ["REDIS_URL"])',
          'Session(app)',
        ],
        "Flask's own session is all in the cookie; so the cookie holds an id only. (`pip install flask-session[redis]`)",
      ),
    'send-separately': () =>
      app(
        docs.response,
        ['for line in lines:', '    response.headers.add("Set-Cookie", line)'],
        '`lines`: one for each cookie. `add` makes a header of each; assigning would keep the last one only.',
      ),
    'trust-proxy': () => app(docs.proxy, proxyFix, countProxies),
    'allow-credentials': ({ origin }) =>
      forOrigin(origin, () =>
        // Flask-CORS takes what has a bracket for a pattern, without an end.
        /[[\]]/.test(origin)
          ? generic
          : app(
              docs.cors,
              ['from flask_cors import CORS', '', `CORS(app, origins=[${python(origin)}], supports_credentials=True)`],
              'Right after `app = Flask(…)`. (`pip install flask-cors`)',
            ),
      ),
    'public-url': () =>
      app(
        docs.proxy,
        proxyFix,
        `\`url_for(…, _external=True)\` takes scheme and host from the request, so Flask has to learn them from the proxy. ${countProxies}`,
      ),
    'share-session': () =>
      app(
        docs.config('SECRET_KEY'),
        ['import os', '', 'app.secret_key = os.environ["FLASK_SECRET_KEY"]'],
        'One key for all instances and workers, over deploys too; never `os.urandom(…)` at the start.',
      ),
    'delete-cookie': (action) =>
      app(docs.response, [
        `response.delete_cookie(${[python(action.name), ...writeAttributes(deletionOf(action), argumentWriters)].join(', ')})`,
      ]),
    'trust-origin': () =>
      doesNotApply(
        'Flask compares no origins, and Flask-WTF has no list of them: on https it compares the Referer with the host that Flask sees, so a trusted proxy (ProxyFix) is what mends it.',
      ),
    'readable-csrf-cookie': ({ name, header }) =>
      app(
        docs.csrf,
        [
          'from flask_wtf.csrf import generate_csrf',
          '',
          `app.config["WTF_CSRF_HEADERS"] = [${python(header)}]`,
          '',
          '',
          '@app.after_request',
          'def set_csrf_cookie(response):',
          `    response.set_cookie(${python(name ?? 'csrf_token')}, generate_csrf(), secure=True, samesite="Lax")`,
          '    return response',
        ],
        'With `CSRFProtect(app)` of Flask-WTF.',
      ),
    'session-lifetime': ({ name, seconds }, at) =>
      isFlaskSession(name, at)
        ? app(
            docs.config('PERMANENT_SESSION_LIFETIME'),
            [
              'from flask import session',
              '',
              `app.config["PERMANENT_SESSION_LIFETIME"] = ${lifetimeFor(seconds)}`,
              '',
              '',
              '@app.before_request',
              'def keep_session():',
              '    if session:',
              '        session.permanent = True',
            ],
            'In seconds. Only a session that is `permanent` is kept when the browser is closed.',
          )
        : app(
            docs.cookies,
            [
              `response.set_cookie(${[python(name), 'value', ...writeAttributes(keptOf(at), argumentWriters), `max_age=${lifetimeFor(seconds)}`].join(', ')})`,
            ],
            '`max_age` is in seconds. Keep your other arguments.',
          ),
    'pass-on-set-cookie': () =>
      app(
        docs.response,
        ['for line in answer.raw.headers.getlist("Set-Cookie"):', '    response.headers.add("Set-Cookie", line)'],
        '`answer`: what `requests` gave; `response`: what your view returns (`make_response(…)`).',
      ),
    'no-store': ({ path }) =>
      app(docs.response, [
        'from flask import request',
        '',
        '',
        '@app.after_request',
        'def do_not_store(response):',
        `    if request.path == ${python(path)}:`,
        '        response.headers["Cache-Control"] = "no-store"',
        '    return response',
      ]),
    'header-limit': () =>
      doesNotApply(
        'Flask sets no limit of its own: it is that of the server that runs it (Gunicorn, say) or of the proxy.',
      ),
  },
}
