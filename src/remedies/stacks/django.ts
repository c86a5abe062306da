import { type Answer, type Answers, doesNotApply, generic, type Stack } from '../stack.ts'
import { code } from '../words.ts'
import {
  isPartitionedAlone,
  isSession,
  storeOf,
  throughAttributes,
  type Wanted,
  type Writers,
  wantedOf,
  wholeOf,
  writeAttributes,
} from './attributes.ts'
import { outsideOfApps } from './elsewhere.ts'
import { listed, python } from './literal.ts'
import { forOrigin, hostOf, inFile, lifetimeFor, withoutPort } from './snippet.ts'

/** Looked up in the code of 5.2, and tried with it; of 6 the drafts of its release notes were read, which change none of it. */
const reference = 'https://docs.djangoproject.com/en/6.0/ref'
const docs = {
  setting: (name: string) => `${reference}/settings/#${name.toLowerCase().replaceAll('_', '-')}`,
  setCookie: `${reference}/request-response/#django.http.HttpResponse.set_cookie`,
  deleteCookie: `${reference}/request-response/#django.http.HttpResponse.delete_cookie`,
  cookies: `${reference}/request-response/#django.http.HttpResponse.cookies`,
  neverCache: 'https://docs.djangoproject.com/en/6.0/topics/http/decorators/#django.views.decorators.cache.never_cache',
  cors: 'https://github.com/adamchainz/django-cors-headers#configuration',
}

const settings = inFile('settings.py', 'python')
const views = inFile('views.py', 'python')

const bool = (value: boolean) => (value ? 'True' : 'False')
const orNone = (value: string | null) => (value === null ? 'None' : python(value))

/** `SESSION_COOKIE_SECURE = True`. Up to 5.2 Django knows no Partitioned. */
const settingsWriters = (prefix: 'SESSION' | 'CSRF'): Writers => ({
  path: (value) => `${prefix}_COOKIE_PATH = ${python(value ?? '/')}`,
  domain: (value) => `${prefix}_COOKIE_DOMAIN = ${orNone(value)}`,
  httpOnly: (value) => `${prefix}_COOKIE_HTTPONLY = ${bool(value)}`,
  secure: (value) => `${prefix}_COOKIE_SECURE = ${bool(value)}`,
  sameSite: (value) => `${prefix}_COOKIE_SAMESITE = ${value === null ? 'False' : python(value)}`,
  partitioned: () => '',
})

const argumentWriters: Writers = {
  path: (value) => `path=${python(value ?? '/')}`,
  domain: (value) => `domain=${orNone(value)}`,
  httpOnly: (value) => `httponly=${bool(value)}`,
  secure: (value) => `secure=${bool(value)}`,
  sameSite: (value) => `samesite=${orNone(value)}`,
  partitioned: () => '',
}

const noPartitioned = 'Django, up to 5.2 at least, has no setting for Partitioned.'

const settingsOf = (prefix: 'SESSION' | 'CSRF', cookie: string, wanted: Wanted, lines: readonly string[]): Answer => {
  const usual = prefix === 'SESSION' ? 'sessionid' : 'csrftoken'
  const notes = [
    ...(cookie === usual ? [] : [`If ${code(cookie)} is what ${code(`${prefix}_COOKIE_NAME`)} says.`]),
    ...(prefix === 'SESSION' && wanted.sameSite === 'None'
      ? ['The CSRF cookie needs the same: `CSRF_COOKIE_SAMESITE`, `CSRF_COOKIE_SECURE`.']
      : []),
    ...(wanted.partitioned === true ? [noPartitioned] : []),
  ]
  const name = /^\w+/.exec(lines[0] ?? '')?.[0] ?? ''
  return settings(docs.setting(name), lines, notes.length === 0 ? undefined : notes.join(' '))
}

const attributes: Answers['attributes'] = (change) => {
  const { cookie, changes, at } = change
  const prefix = /csrf|xsrf/i.test(cookie.slice(0, 200)) ? 'CSRF' : isSession(cookie, at) ? 'SESSION' : null
  const wanted = prefix === null ? wholeOf(change) : wantedOf(changes)
  const lines = writeAttributes(wanted, prefix === null ? argumentWriters : settingsWriters(prefix))
  if (isPartitionedAlone(changes)) return doesNotApply(noPartitioned)
  if (lines.length === 0) return generic
  if (prefix !== null) return settingsOf(prefix, cookie, wanted, lines)
  return views(
    docs.setCookie,
    [`response.set_cookie(${python(cookie)}, value, ${lines.join(', ')})`],
    `Where your code sets the cookie; keep its other arguments.${wanted.partitioned === true ? ` ${noPartitioned}` : ''}`,
  )
}

const behindProxy = (host: string): string[] => [
  'SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")',
  'USE_X_FORWARDED_HOST = True',
  `ALLOWED_HOSTS = [*ALLOWED_HOSTS, ${python(withoutPort(host))}]`,
]

const onlyBehindProxy =
  'At the end of the file. Only behind a proxy that sets X-Forwarded-Proto and X-Forwarded-Host itself, in place of what the visitor sent.'

export const django: Stack = {
  id: 'django',
  name: 'Django',
  role: 'app',
  version: '6',
  traces: { cookiesTogether: [[/^csrftoken$/, /^sessionid$/]] },
  answers: {
    ...outsideOfApps,
    ...throughAttributes(attributes, 'sessionid'),
    attributes,
    'use-https': ({ who }) =>
      who === 'page'
        ? generic
        : settings(
            docs.setting('SECURE_SSL_REDIRECT'),
            ['SECURE_SSL_REDIRECT = True'],
            'For the redirect alone; the certificate is for the server in front of Django. Behind a proxy it needs `SECURE_PROXY_SSL_HEADER`, or it redirects for ever.',
          ),
    'shorten-value': () =>
      settings(
        docs.setting('SESSION_ENGINE'),
        ['SESSION_ENGINE = "django.contrib.sessions.backends.db"'],
        "That is Django's default: the cookie holds an id only. Everyone has to log in once more.",
      ),
    'send-separately': () => generic,
    'trust-proxy': ({ host }) => settings(docs.setting('SECURE_PROXY_SSL_HEADER'), behindProxy(host), onlyBehindProxy),
    'allow-credentials': ({ origin, headers }) =>
      forOrigin(origin, () =>
        settings(
          docs.cors,
          [
            ...(headers.length === 0 ? [] : ['from corsheaders.defaults import default_headers', '']),
            'INSTALLED_APPS = [*INSTALLED_APPS, "corsheaders"]',
            'MIDDLEWARE = ["corsheaders.middleware.CorsMiddleware", *MIDDLEWARE]',
            `CORS_ALLOWED_ORIGINS = [${python(origin)}]`,
            'CORS_ALLOW_CREDENTIALS = True',
            ...(headers.length === 0
              ? []
              : [
                  `CORS_ALLOW_HEADERS = (*default_headers, ${listed(
                    headers.map((name) => name.toLowerCase()),
                    python,
                  )})`,
                ]),
          ],
          'At the end of the file; leave out what is there already. (`pip install django-cors-headers`)',
        ),
      ),
    'public-url': ({ url }) =>
      settings(
        docs.setting('USE_X_FORWARDED_HOST'),
        behindProxy(hostOf(url)),
        `Django makes its absolute URLs from the request, so it has to learn scheme and host from the proxy. ${onlyBehindProxy}`,
      ),
    'share-session': (_, at) =>
      storeOf(at, () =>
        settings(
          docs.setting('SECRET_KEY'),
          [
            'import os',
            '',
            'SECRET_KEY = os.environ["DJANGO_SECRET_KEY"]',
            'SESSION_ENGINE = "django.contrib.sessions.backends.db"',
          ],
          'One `DJANGO_SECRET_KEY` and one database for all instances, over deploys too.',
        ),
      ),
    'delete-cookie': ({ name, domain, path }) =>
      views(docs.deleteCookie, [
        `response.delete_cookie(${[python(name), ...writeAttributes({ path, ...(domain === null ? {} : { domain }) }, argumentWriters)].join(', ')})`,
      ]),
    'trust-origin': ({ origin }) =>
      forOrigin(origin, () =>
        settings(
          docs.setting('CSRF_TRUSTED_ORIGINS'),
          [`CSRF_TRUSTED_ORIGINS = [${python(origin)}]`],
          'With the scheme. Add it to the list, if you have one.',
        ),
      ),
    'readable-csrf-cookie': ({ name, header }) =>
      settings(
        docs.setting('CSRF_COOKIE_HTTPONLY'),
        [
          'CSRF_COOKIE_HTTPONLY = False',
          'CSRF_USE_SESSIONS = False',
          ...(name === null || name === 'csrftoken' ? [] : [`CSRF_COOKIE_NAME = ${python(name)}`]),
          ...(header.toLowerCase() === 'x-csrftoken'
            ? []
            : [`CSRF_HEADER_NAME = ${python(`HTTP_${header.toUpperCase().replaceAll('-', '_')}`)}`]),
        ],
        'Django sets this cookie only on pages that use the token: `@ensure_csrf_cookie` makes a view set it always.',
      ),
    'session-lifetime': ({ seconds }) =>
      settings(
        docs.setting('SESSION_COOKIE_AGE'),
        [
          `SESSION_COOKIE_AGE = ${lifetimeFor(seconds)}`,
          'SESSION_EXPIRE_AT_BROWSER_CLOSE = False',
          'SESSION_SAVE_EVERY_REQUEST = True',
        ],
        'In seconds. The last line counts anew from every request, and writes the session to its store each time.',
      ),
    'pass-on-set-cookie': () =>
      views(
        docs.cookies,
        ['for line in answer.raw.headers.getlist("Set-Cookie"):', '    response.cookies.load(line)'],
        '`answer`: what `requests` gave; `response`: the `HttpResponse` that your view returns.',
      ),
    'no-store': ({ path }) =>
      views(
        docs.neverCache,
        [
          'from django.views.decorators.cache import never_cache',
          '',
          '',
          '@never_cache',
          'def login(request):',
          '    ...',
        ],
        `On your view that answers ${code(path)}.`,
      ),
    'header-limit': () =>
      doesNotApply(
        'Django sets no limit of its own: it is that of the server that runs it (Gunicorn, uvicorn) or of the proxy.',
      ),
  },
}
