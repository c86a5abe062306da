import { type Answers, doesNotApply, generic, type Stack } from '../stack.ts'
import {
  deletionOf,
  isSession,
  keptOf,
  storeOf,
  throughAttributes,
  type Writers,
  wholeOf,
  writeAttributes,
} from './attributes.ts'
import { outsideOfApps } from './elsewhere.ts'
import { php as literal } from './literal.ts'
import { forOrigin, inFile, lifetimeFor } from './snippet.ts'

const manual = 'https://www.php.net/manual/en'
const docs = {
  session: `${manual}/function.session-set-cookie-params.php`,
  setcookie: `${manual}/function.setcookie.php`,
  header: `${manual}/function.header.php`,
  server: `${manual}/reserved.variables.server.php`,
  handler: `${manual}/session.configuration.php#ini.session.save-handler`,
}

const file = inFile('index.php', 'php')

const bool = (value: boolean) => (value ? 'true' : 'false')

const writers: Writers = {
  path: (value) => `'path' => ${literal(value ?? '/')},`,
  domain: (value) => `'domain' => ${literal(value ?? '')},`,
  httpOnly: (value) => `'httponly' => ${bool(value)},`,
  secure: (value) => `'secure' => ${bool(value)},`,
  sameSite: (value) => `'samesite' => ${literal(value ?? '')},`,
  partitioned: (value) => (value ? "'partitioned' => true," : ''),
}

/** From the RFC (wiki.php.net/rfc/chips) and php-src's own tests: the manual's pages for the two functions did not name it yet. */
const since85 =
  "`partitioned` takes PHP 8.5, and `secure` beside it; before, write such a line yourself, with `header('Set-Cookie: …; Secure; SameSite=None; Partitioned', false)`."

const usual = 'PHPSESSID'

const sessionCall = (cookie: string, options: readonly string[]): string[] => [
  ...(cookie === usual ? [] : [`session_name(${literal(cookie)});`]),
  'session_set_cookie_params([',
  ...options.map((option) => `    ${option}`),
  ']);',
  'session_start();',
]

const attributes: Answers['attributes'] = (change) => {
  const { cookie, at } = change
  const wanted = wholeOf(change)
  const options = writeAttributes(wanted, writers)
  const partitioned = wanted.partitioned === true ? ` ${since85}` : ''
  if (options.length === 0) return generic
  if (isSession(cookie, at)) {
    return file(
      docs.session,
      sessionCall(cookie, options),
      `Before anything is sent, on every request; what is not named here goes back to its default, so keep your other options.${partitioned}`,
    )
  }
  return file(
    docs.setcookie,
    [`setcookie(${literal(cookie)}, $value, [`, ...options.map((option) => `    ${option}`), ']);'],
    `Where your code sets the cookie; keep its other options.${partitioned}`,
  )
}

export const php: Stack = {
  id: 'php',
  name: 'PHP',
  role: 'app',
  version: '8.5',
  traces: { cookies: [/^PHPSESSID$/], servers: [/^PHP\//i] },
  answers: {
    ...outsideOfApps,
    ...throughAttributes(attributes, usual),
    attributes,
    'shorten-value': () => generic,
    'send-separately': () =>
      file(
        docs.header,
        ['foreach ($lines as $line) {', "    header('Set-Cookie: ' . $line, false);", '}'],
        '`$lines`: one for each cookie. Without `false` the last one replaces the others.',
      ),
    'trust-proxy': () =>
      file(
        docs.server,
        ["if (($_SERVER['HTTP_X_FORWARDED_PROTO'] ?? '') === 'https') {", "    $_SERVER['HTTPS'] = 'on';", '}'],
        'At the start of every request. Only where no one but a proxy that sets X-Forwarded-Proto itself reaches PHP.',
      ),
    'allow-credentials': ({ origin, headers }) =>
      forOrigin(origin, () =>
        file(
          docs.header,
          [
            `if (($_SERVER['HTTP_ORIGIN'] ?? '') === ${literal(origin)}) {`,
            `    header('Access-Control-Allow-Origin: ' . ${literal(origin)});`,
            "    header('Access-Control-Allow-Credentials: true');",
            "    header('Vary: Origin', false);",
            "    if ($_SERVER['REQUEST_METHOD'] === 'OPTIONS') {",
            "        header('Access-Control-Allow-Methods: GET, POST, PUT, PATCH, DELETE');",
            `        header('Access-Control-Allow-Headers: ' . ${literal(['Content-Type', 'Authorization', ...headers].join(', '))});`,
            '        http_response_code(204);',
            '        exit;',
            '    }',
            '}',
          ],
          'At the start of every request.',
        ),
      ),
    'public-url': () => generic,
    'share-session': (_, at) =>
      storeOf(at, () =>
        file(
          docs.handler,
          [
            "ini_set('session.save_handler', 'redis');",
            "ini_set('session.save_path', getenv('REDIS_URL'));",
            'session_start();',
          ],
          'With the extension phpredis and one `REDIS_URL` (`tcp://…:6379`) for all instances: by itself PHP keeps sessions in files of one machine.',
        ),
      ),
    'delete-cookie': (action) =>
      file(docs.setcookie, [
        `setcookie(${literal(action.name)}, '', [`,
        "    'expires' => 1,",
        ...writeAttributes(deletionOf(action), writers).map((option) => `    ${option}`),
        ']);',
      ]),
    'trust-origin': () =>
      doesNotApply('PHP compares no origins: look for the framework or the code that refuses the request.'),
    'readable-csrf-cookie': ({ name }) =>
      file(
        docs.setcookie,
        [
          `setcookie(${literal(name ?? 'XSRF-TOKEN')}, $csrfToken, [`,
          "    'path' => '/',",
          "    'secure' => true,",
          "    'httponly' => false,",
          "    'samesite' => 'Lax',",
          ']);',
        ],
        '`$csrfToken`: the token that your own code made.',
      ),
    'session-lifetime': ({ name, seconds }, at) =>
      isSession(name, at)
        ? file(
            docs.session,
            [
              `ini_set('session.gc_maxlifetime', ${lifetimeFor(seconds)});`,
              ...sessionCall(name, [...writeAttributes(keptOf(at), writers), `'lifetime' => ${lifetimeFor(seconds)},`]),
            ],
            'In seconds. What is not named here goes back to its default, so keep your other options.',
          )
        : file(
            docs.setcookie,
            [
              `setcookie(${literal(name)}, $value, [`,
              ...writeAttributes(keptOf(at), writers).map((option) => `    ${option}`),
              `    'expires' => time() + ${lifetimeFor(seconds)},`,
              ']);',
            ],
            'Keep your other options.',
          ),
    'pass-on-set-cookie': () =>
      file(
        docs.header,
        ['foreach ($lines as $line) {', "    header('Set-Cookie: ' . $line, false);", '}'],
        "`$lines`: the Set-Cookie lines of the API's answer.",
      ),
    'no-store': () => file(docs.header, ["header('Cache-Control: no-store');"], 'In the script that answers it.'),
    'header-limit': () =>
      doesNotApply('PHP sets no limit of its own: it is that of the web server in front (nginx, Apache).'),
  },
}
