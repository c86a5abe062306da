import { type Answers, doesNotApply, generic, type Stack } from '../stack.ts'
import {
  deletionOf,
  isPartitionedAlone,
  isSession,
  keptOf,
  storeOf,
  throughAttributes,
  type Writers,
  wantedOf,
  wholeOf,
  writeAttributes,
} from './attributes.ts'
import { outsideOfApps } from './elsewhere.ts'
import { listed, php, yaml } from './literal.ts'
import { forOrigin, forWords, inFile, lifetimeFor } from './snippet.ts'

/** Each setting and method was looked up in the documentation and the code of 7.2; of 8 only that it is the current one. */
const site = 'https://symfony.com/doc/current'
const docs = {
  session: `${site}/reference/configuration/framework.html#session`,
  handler: `${site}/reference/configuration/framework.html#handler-id`,
  cookies: `${site}/components/http_foundation.html#setting-cookies`,
  response: `${site}/components/http_foundation.html#response`,
  proxies: `${site}/deployment/proxies.html`,
  uri: `${site}/routing.html#generating-urls-in-commands`,
  client: `${site}/http_client.html#processing-responses`,
  cors: 'https://symfony.com/bundles/NelmioCorsBundle/current/index.html',
}

const framework = inFile('config/packages/framework.yaml', 'yaml')
const controller = inFile('the controller', 'php')

/** Symfony's session configuration has no Partitioned. */
const sessionWriters: Writers = {
  path: (value) => `cookie_path: ${yaml(value ?? '/')}`,
  domain: (value) => `cookie_domain: ${value === null ? 'null' : yaml(value)}`,
  httpOnly: (value) => `cookie_httponly: ${value}`,
  secure: (value) => `cookie_secure: ${value}`,
  sameSite: (value) => `cookie_samesite: ${value === null ? 'null' : value.toLowerCase()}`,
  partitioned: () => '',
}

const orNull = (value: string | null) => (value === null ? 'null' : php(value))

const cookieWriters: Writers = {
  path: (value) => `->withPath(${php(value ?? '/')})`,
  domain: (value) => `->withDomain(${orNull(value)})`,
  httpOnly: (value) => `->withHttpOnly(${value})`,
  secure: (value) => `->withSecure(${value})`,
  sameSite: (value) => `->withSameSite(${orNull(value === null ? null : value.toLowerCase())})`,
  partitioned: (value) => `->withPartitioned(${value})`,
}

/** Arguments of `clearCookie`, whose cookie is HttpOnly anyway. */
const clearWriters: Writers = {
  path: (value) => `path: ${orNull(value)}`,
  domain: (value) => `domain: ${orNull(value)}`,
  httpOnly: () => '',
  secure: (value) => `secure: ${value}`,
  sameSite: () => '',
  partitioned: () => '',
}

const session = (lines: readonly string[]): string[] => [
  'framework:',
  '    session:',
  ...lines.map((line) => `        ${line}`),
]

const noPartitioned = "Symfony's session has no setting for Partitioned."
const keep = 'Merge it into your configuration.'

const attributes: Answers['attributes'] = (change) => {
  const { cookie, changes, at } = change
  const own = isSession(cookie, at)
  const wanted = own ? wantedOf(changes) : wholeOf(change)
  if (own) {
    const lines = writeAttributes(wanted, sessionWriters)
    if (isPartitionedAlone(changes)) return doesNotApply(noPartitioned)
    if (lines.length === 0) return generic
    // Symfony puts parameters in place of `%…%`, so a page's text must not bring one along.
    return forWords([wanted.path ?? '/', wanted.domain ?? '/'], () =>
      framework(docs.session, session(lines), `${keep}${wanted.partitioned === undefined ? '' : ` ${noPartitioned}`}`),
    )
  }
  const calls = writeAttributes(wanted, cookieWriters)
  if (calls.length === 0) return generic
  return controller(
    docs.cookies,
    [
      'use Symfony\\Component\\HttpFoundation\\Cookie;',
      '',
      '$response->headers->setCookie(',
      `    Cookie::create(${php(cookie)})->withValue($value)${calls.join('')}`,
      ');',
    ],
    'Where your code sets the cookie; keep the rest of it.',
  )
}

const trusted = [
  'framework:',
  "    trusted_proxies: 'private_ranges'",
  "    trusted_headers: ['x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-forwarded-port']",
]

const trustedNote =
  'For a proxy in a private network or on the same machine; otherwise give its addresses. It has to set these headers itself, the host above all: links and redirects are made from it.'

export const symfony: Stack = {
  id: 'symfony',
  name: 'Symfony',
  role: 'app',
  version: '8',
  traces: { headers: [/^x-debug-token(?:-link)?$/] },
  above: ['php'],
  answers: {
    ...outsideOfApps,
    ...throughAttributes(attributes, 'PHPSESSID'),
    attributes,
    'shorten-value': () => generic,
    'send-separately': () => generic,
    'trust-proxy': () => framework(docs.proxies, trusted, `${keep} ${trustedNote}`),
    'allow-credentials': ({ origin, headers }) =>
      forOrigin(origin, () =>
        forWords(headers, () =>
          inFile('config/packages/nelmio_cors.yaml', 'yaml')(
            docs.cors,
            [
              'nelmio_cors:',
              '    paths:',
              "        '^/':",
              // Flex's configuration makes patterns of origins, without an end: any host that begins so would be let in.
              '            origin_regex: false',
              `            allow_origin: [${yaml(origin)}]`,
              '            allow_credentials: true',
              `            allow_headers: [${listed(['Content-Type', 'Authorization', ...headers], yaml)}]`,
              '            allow_methods: [GET, POST, PUT, PATCH, DELETE]',
            ],
            "`'^/'`: all paths; those of your API are better. (`composer require nelmio/cors-bundle`)",
          ),
        ),
      ),
    'public-url': ({ url }) =>
      forWords([url], () =>
        framework(
          docs.uri,
          ['framework:', '    router:', `        default_uri: ${yaml(url)}`, ...trusted.slice(1)],
          `${keep} \`default_uri\` is for URLs made outside of a request; within one Symfony takes scheme and host from it. ${trustedNote}`,
        ),
      ),
    'share-session': (_, at) =>
      storeOf(at, () =>
        framework(
          docs.handler,
          session(["handler_id: '%env(REDIS_URL)%'"]),
          'One `REDIS_URL` (or `DATABASE_URL`) and one `APP_SECRET` for all instances, over deploys too.',
        ),
      ),
    'delete-cookie': (action) =>
      controller(docs.cookies, [
        `$response->headers->clearCookie(${[php(action.name), ...writeAttributes(deletionOf(action), clearWriters)].join(', ')});`,
      ]),
    'trust-origin': () =>
      doesNotApply(
        'Symfony keeps no list of origins: where it compares the Origin (stateless CSRF tokens), then with the host it sees, so trusted proxies are what mends it.',
      ),
    'readable-csrf-cookie': () => generic,
    'session-lifetime': ({ name, seconds }, at) =>
      isSession(name, at)
        ? framework(
            docs.session,
            session([`cookie_lifetime: ${lifetimeFor(seconds)}`, `gc_maxlifetime: ${lifetimeFor(seconds)}`]),
            `In seconds. ${keep}`,
          )
        : controller(
            docs.cookies,
            [
              'use Symfony\\Component\\HttpFoundation\\Cookie;',
              '',
              '$response->headers->setCookie(',
              `    Cookie::create(${php(name)})->withValue($value)${writeAttributes(keptOf(at), cookieWriters).join('')}->withExpires(time() + ${lifetimeFor(seconds)})`,
              ');',
            ],
            'Where your code sets the cookie; keep the rest of it.',
          ),
    'pass-on-set-cookie': () =>
      controller(
        docs.client,
        [
          'use Symfony\\Component\\HttpFoundation\\Cookie;',
          '',
          "foreach ($answer->getHeaders()['set-cookie'] ?? [] as $line) {",
          '    $response->headers->setCookie(Cookie::fromString($line));',
          '}',
        ],
        '`$answer`: what `$client->request(…)` gave; `$response`: what your controller returns.',
      ),
    'no-store': () =>
      controller(
        docs.response,
        ["$response->headers->set('Cache-Control', 'no-store');"],
        'In the controller that answers it.',
      ),
    'header-limit': () =>
      doesNotApply('PHP sets no limit of its own: it is that of the web server in front (nginx, Apache).'),
  },
}
