import { type Answers, doesNotApply, type Stack } from '../stack.ts'
import { list } from '../words.ts'
import { type Wanted, type Writers, wantedOf, writeAttributes } from './attributes.ts'
import { outsideOfProxies } from './elsewhere.ts'
import { forWords, inFile, roomFor, withoutPort } from './snippet.ts'

const proxy = 'https://nginx.org/en/docs/http/ngx_http_proxy_module.html'
const docs = {
  setHeader: `${proxy}#proxy_set_header`,
  cookieFlags: `${proxy}#proxy_cookie_flags`,
  noCache: `${proxy}#proxy_no_cache`,
  pass: `${proxy}#proxy_pass`,
  https: 'https://nginx.org/en/docs/http/configuring_https_servers.html',
  redirect: 'https://nginx.org/en/docs/http/converting_rewrite_rules.html',
  buffers: 'https://nginx.org/en/docs/http/ngx_http_core_module.html#large_client_header_buffers',
}

const conf = inFile('/etc/nginx/conf.d/app.conf', 'nginx')

/** Flags are all that nginx adds to a cookie; Domain and Path it can only rewrite, and Partitioned it does not know. */
const flags: Writers = {
  path: () => '',
  domain: () => '',
  httpOnly: (value) => (value ? 'httponly' : 'nohttponly'),
  secure: (value) => (value ? 'secure' : 'nosecure'),
  sameSite: (value) => (value === null ? 'nosamesite' : `samesite=${value.toLowerCase()}`),
  partitioned: () => '',
}

const left = ({ path, domain, partitioned }: Wanted): string => {
  const names = [
    ...(path === undefined ? [] : ['Path']),
    ...(domain === undefined ? [] : ['Domain']),
    ...(partitioned === undefined ? [] : ['Partitioned']),
  ]
  return names.length === 0 ? '' : ` Up to the app: ${list(names)}.`
}

const attributes: Answers['attributes'] = ({ cookie, changes }) => {
  const wanted = wantedOf(changes)
  const words = writeAttributes(wanted, flags)
  if (words.length === 0)
    return doesNotApply('That attribute is up to the app: nginx adds Secure, HttpOnly and SameSite only.')
  return forWords([cookie], () =>
    conf(
      docs.cookieFlags,
      [`proxy_cookie_flags ${cookie} ${words.join(' ')};`],
      `In the \`location\` with \`proxy_pass\`. Better in the app itself, if you can change that.${left(wanted)}`,
    ),
  )
}

export const nginx: Stack = {
  id: 'nginx',
  name: 'nginx',
  role: 'proxy',
  version: '1',
  traces: { servers: [/^nginx\b/i, /^openresty\b/i] },
  answers: {
    ...outsideOfProxies,
    attributes,
    'use-https': ({ host }) =>
      forWords([host], () =>
        conf(
          docs.https,
          [
            'server {',
            '    listen 80;',
            `    server_name ${withoutPort(host)};`,
            '    return 301 https://$host$request_uri;',
            '}',
            '',
            'server {',
            '    listen 443 ssl;',
            `    server_name ${withoutPort(host)};`,
            '    ssl_certificate /etc/ssl/app.crt;',
            '    ssl_certificate_key /etc/ssl/app.key;',
            '',
            '    # The locations of the server on port 80 move here.',
            '}',
          ],
          'With your own certificate and key.',
        ),
      ),
    'share-a-site': ({ host }) =>
      forWords([host], () =>
        conf(
          docs.pass,
          [
            'location /api/ {',
            `    proxy_pass https://${host}/;`,
            `    proxy_set_header Host ${host};`,
            '    proxy_ssl_server_name on;',
            '}',
          ],
          "In the page's own `server`; the page then calls `/api/…`. nginx checks that host's certificate only with `proxy_ssl_verify on`.",
        ),
      ),
    'send-separately': () => doesNotApply('nginx passes each Set-Cookie header on as it is.'),
    'forward-proto': ({ host }) =>
      conf(
        docs.setHeader,
        [
          `proxy_set_header Host ${hostVariable(host)};`,
          `proxy_set_header X-Forwarded-Host ${hostVariable(host)};`,
          'proxy_set_header X-Forwarded-Proto $scheme;',
          'proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;',
        ],
        'All in the `location` with `proxy_pass`: one `proxy_set_header` there hides those further out. Where https ends before nginx, write `https` in place of `$scheme`.',
      ),
    'allow-credentials': () =>
      doesNotApply(
        'Leave CORS to the app: it knows its origins. If nginx has `add_header Access-Control-…` too, take that out: browsers refuse two values.',
      ),
    'one-host': ({ host, other }) =>
      forWords([host, other], () =>
        conf(
          docs.redirect,
          [
            'server {',
            '    listen 443 ssl;',
            `    server_name ${withoutPort(other)};`,
            '    ssl_certificate /etc/ssl/app.crt;',
            '    ssl_certificate_key /etc/ssl/app.key;',
            `    return 301 https://${host}$request_uri;`,
            '}',
          ],
          'With a certificate for that name.',
        ),
      ),
    'no-store': ({ path }) =>
      forWords([path], () =>
        conf(
          docs.noCache,
          [
            'proxy_no_cache 1;',
            'proxy_cache_bypass 1;',
            'proxy_hide_header Cache-Control;',
            'add_header Cache-Control no-store always;',
          ],
          `In a \`location = ${path}\` of its own, with the \`proxy_pass\` of the others. One \`add_header\` there hides those further out. Without \`proxy_cache\` nginx stores nothing anyway.`,
        ),
      ),
    'header-limit': ({ bytes }) =>
      conf(
        docs.buffers,
        [`large_client_header_buffers 4 ${roomFor(bytes) / 1024}k;`],
        'In `http`, or in the default `server` of that port.',
      ),
  },
}

/** With the visitor's port, where that is not the usual one. */
function hostVariable(host: string): string {
  return withoutPort(host) === host ? '$host' : '$http_host'
}
