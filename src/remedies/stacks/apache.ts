import { type Answers, doesNotApply, type Stack } from '../stack.ts'
import { type Writers, wantedOf, writeAttributes } from './attributes.ts'
import { outsideOfProxies } from './elsewhere.ts'
import { forWords, inFile, roomFor, withoutPort } from './snippet.ts'

const manual = 'https://httpd.apache.org/docs/2.4'
const docs = {
  requestHeader: `${manual}/mod/mod_headers.html#requestheader`,
  header: `${manual}/mod/mod_headers.html#header`,
  proxyPass: `${manual}/mod/mod_proxy.html#proxypass`,
  redirect: `${manual}/mod/mod_alias.html#redirect`,
  ssl: `${manual}/ssl/ssl_howto.html`,
  cacheDisable: `${manual}/mod/mod_cache.html#cachedisable`,
  limit: `${manual}/mod/core.html#limitrequestfieldsize`,
}

const conf = inFile('/etc/apache2/sites-available/app.conf', 'apache')

/** What goes to the end of a Set-Cookie line; to take an attribute out of one is for the app. */
const added: Writers = {
  path: (value) => (value === null ? '' : `Path=${value}`),
  domain: (value) => (value === null ? '' : `Domain=${value}`),
  httpOnly: (value) => (value ? 'HttpOnly' : ''),
  secure: (value) => (value ? 'Secure' : ''),
  sameSite: (value) => (value === null ? '' : `SameSite=${value}`),
  partitioned: (value) => (value ? 'Partitioned' : ''),
}

const attributes: Answers['attributes'] = ({ cookie, changes }) => {
  const wanted = wantedOf(changes)
  const words = writeAttributes(wanted, added)
  if (words.length === 0) {
    return doesNotApply(
      'That attribute is up to the app: Apache can add to its Set-Cookie line, but not sensibly take from it.',
    )
  }
  return forWords([cookie, wanted.path ?? '/', wanted.domain ?? 'none'], () =>
    conf(
      docs.header,
      [`Header edit Set-Cookie "^(${cookie.replace(/[.+/]/g, '\\$&')}=.*)$" "$1; ${words.join('; ')}"`],
      'Added to what the app wrote: where an attribute is twice in a line, the last one counts. Better in the app itself, if you can change that. (`a2enmod headers`)',
    ),
  )
}

const certificate = [
  '    SSLEngine on',
  '    SSLCertificateFile /etc/ssl/app.crt',
  '    SSLCertificateKeyFile /etc/ssl/app.key',
]

export const apache: Stack = {
  id: 'apache',
  name: 'Apache',
  role: 'proxy',
  version: '2.4',
  traces: { servers: [/^Apache(?:$|\/2|\s)/i] },
  answers: {
    ...outsideOfProxies,
    attributes,
    'use-https': ({ host }) =>
      forWords([host], () =>
        conf(
          docs.ssl,
          [
            '<VirtualHost *:80>',
            `    ServerName ${withoutPort(host)}`,
            `    Redirect permanent / https://${host}/`,
            '</VirtualHost>',
            '',
            '<VirtualHost *:443>',
            `    ServerName ${withoutPort(host)}`,
            ...certificate,
            '',
            '    # What was in the host on port 80 moves here.',
            '</VirtualHost>',
          ],
          'With your own certificate and key. (`a2enmod ssl`)',
        ),
      ),
    'share-a-site': ({ host }) =>
      forWords([host], () =>
        conf(
          docs.proxyPass,
          ['SSLProxyEngine on', `ProxyPass "/api/" "https://${host}/"`, `ProxyPassReverse "/api/" "https://${host}/"`],
          "In the page's own `VirtualHost`; the page then calls `/api/…`. Apache checks that host's certificate only with `SSLProxyVerify require`. (`a2enmod proxy_http ssl`)",
        ),
      ),
    'send-separately': () => doesNotApply('Apache passes each Set-Cookie header on as it is.'),
    'forward-proto': () =>
      conf(
        docs.requestHeader,
        ['ProxyPreserveHost On', 'RequestHeader set X-Forwarded-Proto expr=%{REQUEST_SCHEME}'],
        'Beside `ProxyPass`. X-Forwarded-Host Apache sends by itself. Where https ends before Apache, write `https` in place of the expression. (`a2enmod headers`)',
      ),
    'allow-credentials': () =>
      doesNotApply(
        'Leave CORS to the app: it knows its origins. If Apache has `Header set Access-Control-…` too, take that out: browsers refuse two values.',
      ),
    'one-host': ({ host, other }) =>
      forWords([host, other], () =>
        conf(
          docs.redirect,
          [
            '<VirtualHost *:443>',
            `    ServerName ${withoutPort(other)}`,
            ...certificate,
            `    Redirect permanent / https://${host}/`,
            '</VirtualHost>',
          ],
          'With a certificate for that name.',
        ),
      ),
    'no-store': ({ path }) =>
      forWords([path], () =>
        conf(
          docs.cacheDisable,
          [`<Location "${path}">`, '    CacheDisable on', '    Header set Cache-Control "no-store"', '</Location>'],
          '`CacheDisable` where mod_cache is on; without it leave that line out. (`a2enmod headers`)',
        ),
      ),
    'header-limit': ({ bytes }) =>
      conf(
        docs.limit,
        [`LimitRequestFieldSize ${roomFor(bytes)}`],
        'Outside of `VirtualHost`, or in the first one of that address and port, whose value counts.',
      ),
  },
}
