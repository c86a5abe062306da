import { type Answers, doesNotApply, generic, type Stack } from '../stack.ts'
import {
  deletionOf,
  isSession,
  storeOf,
  throughAttributes,
  type Writers,
  wantedOf,
  wholeOf,
  writeAttributes,
} from './attributes.ts'
import { outsideOfApps } from './elsewhere.ts'
import { isWord, php } from './literal.ts'
import { forOrigin, forWords, hostOf, inFile, lifetimeFor } from './snippet.ts'

const site = 'https://laravel.com/docs/13.x'
const docs = {
  session: `${site}/session#configuration`,
  cookies: `${site}/responses#attaching-cookies-to-responses`,
  expire: `${site}/responses#expiring-cookies-early`,
  headers: `${site}/responses#attaching-headers-to-responses`,
  proxies: `${site}/requests#configuring-trusted-proxies`,
  cors: `${site}/sanctum#cors-and-cookies`,
  stateful: `${site}/sanctum#configuring-your-first-party-domains`,
  url: `${site}/urls#generating-urls`,
  xsrf: `${site}/csrf#csrf-x-xsrf-token`,
  client: `${site}/http-client#making-requests`,
}

const env = inFile('.env', 'env')
const code = inFile('routes/web.php', 'php')

const bool = (value: boolean) => (value ? 'true' : 'false')

/** What config/session.php reads. */
const envWriters: Writers = {
  path: (value) => `SESSION_PATH=${value ?? '/'}`,
  domain: (value) => `SESSION_DOMAIN=${value ?? 'null'}`,
  httpOnly: (value) => `SESSION_HTTP_ONLY=${bool(value)}`,
  secure: (value) => `SESSION_SECURE_COOKIE=${bool(value)}`,
  sameSite: (value) => `SESSION_SAME_SITE=${value === null ? 'null' : value.toLowerCase()}`,
  partitioned: (value) => `SESSION_PARTITIONED_COOKIE=${bool(value)}`,
}

const orNull = (value: string | null) => (value === null ? 'null' : php(value))

/** Arguments of the helper `cookie()`. */
const argumentWriters: Writers = {
  path: (value) => `path: ${orNull(value)}`,
  domain: (value) => `domain: ${orNull(value)}`,
  httpOnly: (value) => `httpOnly: ${bool(value)}`,
  secure: (value) => `secure: ${bool(value)}`,
  sameSite: (value) => `sameSite: ${orNull(value === null ? null : value.toLowerCase())}`,
  partitioned: () => '',
}

const reread = '`php artisan config:clear` (or `config:cache`) makes Laravel read it anew.'

const attributes: Answers['attributes'] = (change) => {
  const { cookie, changes, at } = change
  const own = isSession(cookie, at) || cookie === 'XSRF-TOKEN'
  const wanted = own ? wantedOf(changes) : wholeOf(change)
  if (own) {
    const lines = writeAttributes(wanted, envWriters)
    if (lines.length === 0) return generic
    return forWords([wanted.path ?? '/', wanted.domain ?? 'null'], () =>
      env(docs.session, lines, `For the session and for XSRF-TOKEN alike. ${reread}`),
    )
  }
  const parameters = writeAttributes(wanted, argumentWriters)
  const partitioned = '`->withPartitioned()` on the cookie makes it Partitioned.'
  if (parameters.length === 0) return generic
  return code(
    docs.cookies,
    [`return response($content)->cookie(cookie(${[php(cookie), '$value', ...parameters].join(', ')}));`],
    `Where your code sets the cookie; keep its other arguments.${wanted.partitioned === undefined ? '' : ` ${partitioned}`}`,
  )
}

export const laravel: Stack = {
  id: 'laravel',
  name: 'Laravel (and Sanctum)',
  role: 'app',
  version: '13',
  traces: {
    cookies: [/^laravel[_-]session$/],
    cookiesTogether: [[/^XSRF-TOKEN$/, /^[a-z0-9_-]{1,60}[_-]session$/]],
  },
  above: ['php'],
  answers: {
    ...outsideOfApps,
    ...throughAttributes(attributes, 'laravel-session'),
    attributes,
    'shorten-value': () =>
      env(docs.session, ['SESSION_DRIVER=database'], `The cookie then holds an id only. ${reread}`),
    'send-separately': () => generic,
    'trust-proxy': () =>
      inFile('bootstrap/app.php', 'php')(
        docs.proxies,
        [
          '->withMiddleware(function (Middleware $middleware): void {',
          "    $middleware->trustProxies(at: ['127.0.0.1', '10.0.0.0/8']);",
          '})',
        ],
        "With the addresses or networks of your own proxy; `'*'` only where a cloud's balancer has no fixed one and nobody reaches the app around it.",
      ),
    'allow-credentials': ({ origin }) =>
      forOrigin(origin, () =>
        inFile('config/cors.php', 'php')(
          docs.cors,
          [
            'return [',
            "    'paths' => ['api/*', 'sanctum/csrf-cookie', 'login', 'logout'],",
            "    'allowed_methods' => ['*'],",
            `    'allowed_origins' => [${php(origin)}],`,
            "    'allowed_origins_patterns' => [],",
            "    'allowed_headers' => ['*'],",
            "    'exposed_headers' => [],",
            "    'max_age' => 0,",
            "    'supports_credentials' => true,",
            '];',
          ],
          'After `<?php`; `php artisan config:publish cors` makes the file. `paths`: those of your API and your login.',
        ),
      ),
    'public-url': ({ url, callbackPath }) =>
      forWords([url, callbackPath ?? '/'], () =>
        env(
          docs.url,
          [`APP_URL=${url}`],
          `${
            callbackPath === null || !isWord(callbackPath)
              ? ''
              : "Socialite's `redirect` in config/services.php can then be a path. "
          }Within a request Laravel takes scheme and host from the request: trust the proxy too.`,
        ),
      ),
    'share-session': (_, at) =>
      storeOf(at, () =>
        env(
          docs.session,
          ['SESSION_DRIVER=database'],
          `Or \`redis\`. Every instance needs the same \`APP_KEY\` as well, over deploys too. ${reread}`,
        ),
      ),
    'delete-cookie': (action) => {
      const { name, path, domain } = action
      const wanted = deletionOf(action)
      return code(docs.expire, [
        'use Illuminate\\Support\\Facades\\Cookie;',
        '',
        // `expire` takes Secure from the session's configuration alone.
        wanted.secure === true
          ? `Cookie::queue(cookie(${[php(name), "''", '-1', ...writeAttributes(wanted, argumentWriters)].join(', ')}));`
          : `Cookie::expire(${[php(name), php(path), ...(domain === null ? [] : [php(domain)])].join(', ')});`,
      ])
    },
    'trust-origin': ({ origin }) =>
      forOrigin(origin, () =>
        inFile('config/sanctum.php', 'php')(
          docs.stateful,
          ["'stateful' => [", '    Sanctum::currentApplicationUrlWithPort(),', `    ${php(hostOf(origin))},`, '],'],
          'The host, with its port if it has one. For Sanctum; `$middleware->statefulApi()` in bootstrap/app.php belongs to it.',
        ),
      ),
    'readable-csrf-cookie': () =>
      inFile('resources/js/bootstrap.js', 'js')(
        docs.xsrf,
        ['axios.defaults.withCredentials = true', 'axios.defaults.withXSRFToken = true'],
        "Laravel's `XSRF-TOKEN` is readable as it is. Without axios: its value, URL-decoded, into the header `X-XSRF-TOKEN`; a SPA fetches `/sanctum/csrf-cookie` first.",
      ),
    'session-lifetime': ({ seconds }) =>
      env(
        docs.session,
        [`SESSION_LIFETIME=${lifetimeFor(seconds) / 60}`, 'SESSION_EXPIRE_ON_CLOSE=false'],
        `In minutes, from the last request on. ${reread}`,
      ),
    'pass-on-set-cookie': () =>
      code(
        docs.client,
        [
          'use Symfony\\Component\\HttpFoundation\\Cookie;',
          '',
          "foreach ($answer->headers()['Set-Cookie'] ?? [] as $line) {",
          '    $response->headers->setCookie(Cookie::fromString($line));',
          '}',
        ],
        '`$answer`: what `Http::post(…)` gave; `$response`: what your route returns.',
      ),
    'no-store': () =>
      code(
        docs.headers,
        ["return response($content)->header('Cache-Control', 'no-store');"],
        'In the route that answers it.',
      ),
    'header-limit': () =>
      doesNotApply('PHP sets no limit of its own: it is that of the web server in front (nginx, Apache).'),
  },
}
