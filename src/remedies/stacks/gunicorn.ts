import { type Answers, doesNotApply, generic, type Stack } from '../stack.ts'
import { outsideOfProxies } from './elsewhere.ts'
import { inFile, roomFor } from './snippet.ts'

const settings = 'https://gunicorn.org/reference/settings/'

const conf = inFile('gunicorn.conf.py', 'python')

const attributes: Answers['attributes'] = () =>
  doesNotApply('Gunicorn passes the lines of the app on as they are: attributes are up to the app.')

const trusted = () =>
  conf(
    `${settings}#forwarded_allow_ips`,
    ['forwarded_allow_ips = "127.0.0.1,::1"'],
    'With the addresses or networks of your proxy: only from there Gunicorn believes `X-Forwarded-Proto: https` and tells the app so. The host it takes from Host, which the proxy has to pass on.',
  )

export const gunicorn: Stack = {
  id: 'gunicorn',
  name: 'Gunicorn',
  role: 'proxy',
  version: '26',
  traces: { servers: [/^gunicorn\b/i] },
  answers: {
    ...outsideOfProxies,
    attributes,
    'trust-proxy': trusted,
    'forward-proto': trusted,
    'use-https': () => generic,
    'share-a-site': () => generic,
    'send-separately': () => doesNotApply('Gunicorn passes each Set-Cookie header on as it is.'),
    'allow-credentials': () => doesNotApply('CORS is up to the app: Gunicorn adds no headers of the kind.'),
    'one-host': () => generic,
    'no-store': () => doesNotApply('Gunicorn stores nothing: the header is for the app to set.'),
    'header-limit': ({ bytes }) =>
      conf(
        `${settings}#limit_request_field_size`,
        [`limit_request_field_size = ${roomFor(bytes)}`],
        'In bytes for each header: all cookies of a request are one.',
      ),
  },
}
