import { type Answers, doesNotApply, generic, type Stack } from '../stack.ts'
import { outsideOfProxies } from './elsewhere.ts'
import { inFile, roomFor } from './snippet.ts'

const docs = {
  proxies: 'https://uvicorn.dev/deployment/#proxies-and-forwarded-headers',
  implementation: 'https://uvicorn.dev/settings/#implementation',
}

const command = inFile('start command', 'shell')

const attributes: Answers['attributes'] = () =>
  doesNotApply('uvicorn passes the lines of the app on as they are: attributes are up to the app.')

const trusted = () =>
  command(
    docs.proxies,
    ['uvicorn main:app --proxy-headers --forwarded-allow-ips=127.0.0.1'],
    'With the addresses or networks of your proxy: only from there uvicorn believes X-Forwarded-Proto and tells the app so. The host it takes from Host, which the proxy has to pass on.',
  )

export const uvicorn: Stack = {
  id: 'uvicorn',
  name: 'uvicorn',
  role: 'proxy',
  version: '0.x',
  traces: { servers: [/^uvicorn$/i] },
  answers: {
    ...outsideOfProxies,
    attributes,
    'trust-proxy': trusted,
    'forward-proto': trusted,
    'use-https': () => generic,
    'share-a-site': () => generic,
    'send-separately': () => doesNotApply('uvicorn passes each Set-Cookie header on as it is.'),
    'allow-credentials': () => doesNotApply('CORS is up to the app: uvicorn adds no headers of the kind.'),
    'one-host': () => generic,
    'no-store': () => doesNotApply('uvicorn stores nothing: the header is for the app to set.'),
    'header-limit': ({ bytes }) =>
      command(
        docs.implementation,
        [`uvicorn main:app --http h11 --h11-max-incomplete-event-size ${roomFor(bytes)}`],
        'That limit is the one of the `h11` implementation.',
      ),
  },
}
