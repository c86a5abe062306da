import { type Answers, doesNotApply, type Stack } from '../stack.ts'
import { outsideOfProxies } from './elsewhere.ts'
import { yaml } from './literal.ts'
import { forWords, inFile, roomFor, withoutPort } from './snippet.ts'

const reference = 'https://doc.traefik.io/traefik/reference'
const docs = {
  entryPoints: `${reference}/install-configuration/entrypoints/`,
  headers: `${reference}/routing-configuration/http/middlewares/headers/`,
  redirect: `${reference}/routing-configuration/http/middlewares/redirectregex/`,
  service: `${reference}/routing-configuration/http/load-balancing/service/`,
}

/** The static configuration, read at the start. */
const install = inFile('traefik.yml', 'yaml')
/** The dynamic one, of the file provider. */
const routing = inFile('dynamic.yml', 'yaml')

const attributes: Answers['attributes'] = () =>
  doesNotApply("Traefik has no setting for the attributes of an app's cookie: they are up to the app.")

const literalDots = (host: string): string => withoutPort(host).replaceAll('.', '[.]')

export const traefik: Stack = {
  id: 'traefik',
  name: 'Traefik',
  role: 'proxy',
  version: '3',
  traces: {},
  answers: {
    ...outsideOfProxies,
    attributes,
    'use-https': () =>
      install(
        docs.entryPoints,
        [
          'entryPoints:',
          '  web:',
          '    address: ":80"',
          '    http:',
          '      redirections:',
          '        entryPoint:',
          '          to: websecure',
          '          scheme: https',
          '  websecure:',
          '    address: ":443"',
        ],
        'With a certificate (a `certificatesResolvers`) and `tls` on the routers.',
      ),
    'share-a-site': ({ host, pageSite }) =>
      forWords([host, pageSite], () =>
        routing(
          docs.service,
          [
            'http:',
            '  routers:',
            '    api:',
            '      rule: "PathPrefix(`/api/`)"',
            '      service: api',
            '      middlewares: [without-api]',
            '      tls: {}',
            '  middlewares:',
            '    without-api:',
            '      stripPrefix:',
            '        prefixes: ["/api"]',
            '  services:',
            '    api:',
            '      loadBalancer:',
            '        passHostHeader: false',
            '        servers:',
            `          - url: ${yaml(`https://${host}`)}`,
          ],
          'The page then calls `/api/…`; add `Host(…)` to the rule where Traefik serves several.',
        ),
      ),
    'send-separately': () => doesNotApply('Traefik passes each Set-Cookie header on as it is.'),
    'forward-proto': () =>
      install(
        docs.entryPoints,
        [
          'entryPoints:',
          '  web:',
          '    address: ":80"',
          '    forwardedHeaders:',
          '      trustedIPs:',
          '        - "10.0.0.0/8"',
        ],
        'Traefik sets X-Forwarded-Proto and X-Forwarded-Host by itself. This is for a balancer or CDN in front of it, which ends https: with its addresses, on the entry point that it calls.',
      ),
    'allow-credentials': () =>
      doesNotApply(
        'Leave CORS to the app: it knows its origins. If a `headers` middleware has `accessControlAllow…` too, take that out: browsers refuse two values.',
      ),
    'one-host': ({ host, other }) =>
      forWords([host, other], () =>
        routing(
          docs.redirect,
          [
            'http:',
            '  middlewares:',
            '    one-host:',
            '      redirectRegex:',
            `        regex: ${yamlWord(`^https?://${literalDots(other)}(:[0-9]+)?/(.*)`)}`,
            `        replacement: ${yamlWord(`https://${host}/\${2}`)}`,
          ],
          'On the routers of that name (`middlewares: [one-host]`).',
        ),
      ),
    'no-store': () =>
      routing(
        docs.headers,
        [
          'http:',
          '  middlewares:',
          '    no-store:',
          '      headers:',
          '        customResponseHeaders:',
          '          Cache-Control: "no-store"',
        ],
        'On a router for that path (`middlewares: [no-store]`). Traefik itself stores nothing.',
      ),
    'header-limit': ({ bytes }) =>
      install(
        docs.entryPoints,
        [
          'entryPoints:',
          '  websecure:',
          '    address: ":443"',
          '    http:',
          `      maxHeaderBytes: ${Math.max(roomFor(bytes), 1_048_576)}`,
        ],
        'A megabyte is what Traefik takes by itself: where 431 comes earlier, it comes from the app.',
      ),
  },
}

/** A pattern of ours around words: only these are checked, by `forWords`. */
function yamlWord(text: string): string {
  return `'${text}'`
}
