import { nextjs as stack } from '../../../src/remedies/stacks/nextjs.ts'
import { appOrigin, linesOf, spaHeaders, spaOrigin, withOwn } from '../remedies.ts'
import { everyWay, type TestedStack } from '../stack.ts'

const next = 'node ../../../node_modules/next/dist/bin/next'

/** The project's own configuration, which our lines are merged into: another tsconfig.json stands above this folder. */
const ownConfiguration = "export default {\n  turbopack: { root: new URL('../../..', import.meta.url).pathname },"

export const nextjs: TestedStack = {
  id: 'nextjs',
  name: 'Next.js',
  needs: { npm: ['next', 'react', 'react-dom', 'jose'] },
  env: { NEXT_TELEMETRY_DISABLED: '1', APP_URL: appOrigin },
  build: `sh -e configure.sh && ${next} build`,
  start: `exec ${next} start -p $PORT -H 127.0.0.1`,
  remedies: {
    'allow-credentials': linesOf(stack, { action: 'allow-credentials', origin: spaOrigin, headers: spaHeaders }),
    'trust-origin': withOwn(
      linesOf(stack, { action: 'trust-origin', origin: appOrigin }),
      'export default {',
      ownConfiguration,
    ),
    'share-session': linesOf(stack, { action: 'share-session' }),
    // Next.js has no lines of its own for this, only the words for any stack: the URL in the app's configuration.
    'public-url': 'export const publicUrl = (path) => new URL(path, process.env.APP_URL)',
  },
  ways: everyWay,
  mistakes: [
    {
      title: 'a redirect_uri made from the URL that a route handler sees',
      wrong: { 'public-url': 'export const publicUrl = (path, request) => new URL(path, request.url)' },
      way: 'redirect',
      diagnosed: ['OAuthRedirectUriWrong'],
    },
    {
      title: 'route handlers that know nothing of CORS',
      wrong: { 'allow-credentials': 'export function proxy() {}' },
      way: 'spa',
      diagnosed: ['CorsBlocksCredentials'],
    },
    {
      title: 'a server action behind a proxy that asks for another host',
      wrong: { 'trust-origin': `${ownConfiguration}\n}` },
      around: { 'forward-proto': 'proxy_set_header X-Forwarded-Proto $scheme;' },
      way: 'form',
      diagnosed: ['CsrfRefused'],
    },
    {
      title: 'a secret made at start by each of two instances',
      wrong: { 'share-session': '' },
      way: 'form',
      diagnosed: ['SessionRejected'],
    },
  ],
}
