import { type Answers, doesNotApply, type Stack } from '../stack.ts'
import { type Writers, wantedOf, writeAttributes } from './attributes.ts'
import { outsideOfProxies } from './elsewhere.ts'
import { forWords, inFile, roomFor } from './snippet.ts'

const site = 'https://caddyserver.com/docs'
const docs = {
  trusted: `${site}/caddyfile/options#trusted-proxies`,
  header: `${site}/caddyfile/directives/header`,
  https: `${site}/automatic-https`,
  proxy: `${site}/caddyfile/directives/reverse_proxy#https`,
  redir: `${site}/caddyfile/directives/redir`,
  size: `${site}/caddyfile/options#max-header-size`,
}

const caddyfile = inFile('Caddyfile', 'caddy')

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
      'That attribute is up to the app: Caddy can add to its Set-Cookie line, but not sensibly take from it.',
    )
  }
  return forWords([cookie, wanted.path ?? '/', wanted.domain ?? 'none'], () =>
    caddyfile(
      docs.header,
      [
        'header {',
        `\tSet-Cookie "^(${cookie.replace(/[.+/]/g, '[$&]')}=.*)$" "$1; ${words.join('; ')}"`,
        '\tdefer',
        '}',
      ],
      'In the site block. Added to what the app wrote: where an attribute is twice in a line, the last one counts. Better in the app itself, if you can change that.',
    ),
  )
}

export const caddy: Stack = {
  id: 'caddy',
  name: 'Caddy',
  role: 'proxy',
  version: '2',
  traces: { servers: [/^Caddy\b/i, /^\d(?:\.\d)? Caddy$/i] },
  answers: {
    ...outsideOfProxies,
    attributes,
    'use-https': ({ host }) =>
      forWords([host], () =>
        caddyfile(
          docs.https,
          [`${host} {`, '\treverse_proxy 127.0.0.1:3000', '}'],
          'A name without `http://` is all it takes: Caddy gets the certificate and redirects to https. With the address of your own app.',
        ),
      ),
    'share-a-site': ({ host }) =>
      forWords([host], () =>
        caddyfile(
          docs.proxy,
          [
            'handle_path /api/* {',
            `\treverse_proxy https://${host} {`,
            '\t\theader_up Host {upstream_hostport}',
            '\t}',
            '}',
          ],
          "In the page's own site block; the page then calls `/api/…`.",
        ),
      ),
    'send-separately': () => doesNotApply('Caddy passes each Set-Cookie header on as it is.'),
    'forward-proto': () =>
      caddyfile(
        docs.trusted,
        ['{', '\tservers {', '\t\ttrusted_proxies static private_ranges', '\t}', '}'],
        '`reverse_proxy` sets X-Forwarded-Proto and X-Forwarded-Host by itself. This is for a balancer or CDN in front of Caddy, which ends https: with its address ranges in place of `private_ranges`, at the start of the file.',
      ),
    'allow-credentials': () =>
      doesNotApply(
        'Leave CORS to the app: it knows its origins. If Caddy has `header Access-Control-…` too, take that out: browsers refuse two values.',
      ),
    'one-host': ({ host, other }) =>
      forWords([host, other], () => caddyfile(docs.redir, [`${other} {`, `\tredir https://${host}{uri}`, '}'])),
    'no-store': ({ path }) =>
      forWords([path], () =>
        caddyfile(
          docs.header,
          [`header ${path} {`, '\tCache-Control no-store', '\tdefer', '}'],
          'In the site block; `defer` overrides what the app says. Caddy itself stores nothing.',
        ),
      ),
    'header-limit': ({ bytes }) =>
      caddyfile(
        docs.size,
        ['{', '\tservers {', `\t\tmax_header_size ${Math.max(roomFor(bytes), 1_048_576)}`, '\t}', '}'],
        'At the start of the file. A megabyte is what Caddy takes by itself: where 431 comes earlier, it comes from the app.',
      ),
  },
}
