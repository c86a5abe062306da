import { hono as stack } from '../../../src/remedies/stacks/hono.ts'
import { appHost, linesOf, providerOrigin, secret, spaHeaders, spaOrigin } from '../remedies.ts'
import { everyWay, type TestedStack } from '../stack.ts'

export const hono: TestedStack = {
  id: 'hono',
  name: 'Hono',
  needs: { npm: ['@hono/node-server', 'hono'] },
  env: { SESSION_SECRET: secret },
  start: 'exec node --import tsx app.ts',
  remedies: {
    'trust-proxy': linesOf(stack, { action: 'trust-proxy', host: appHost }),
    'allow-credentials': linesOf(stack, { action: 'allow-credentials', origin: spaOrigin, headers: spaHeaders }),
    'trust-origin': linesOf(stack, { action: 'trust-origin', origin: providerOrigin }),
    'share-session': linesOf(stack, { action: 'share-session' }),
  },
  ways: everyWay,
  mistakes: [
    {
      title: 'a redirect_uri with the scheme that the proxy asked by',
      wrong: { 'trust-proxy': "const isHttps = (c: Context) => new URL(c.req.url).protocol === 'https:'" },
      way: 'redirect',
      diagnosed: ['ProxyHidesHttps', 'OAuthRedirectUriWrong'],
    },
    {
      title: 'CORS for the right origin, without credentials',
      wrong: {
        'allow-credentials': `import { cors } from 'hono/cors'\napp.use('*', cors({ origin: '${spaOrigin}' }))`,
      },
      way: 'spa',
      diagnosed: ['CorsBlocksCredentials'],
    },
    {
      title: 'CSRF protection that refuses the form of the identity provider',
      wrong: { 'trust-origin': "import { csrf } from 'hono/csrf'\napp.use(csrf())" },
      way: 'form_post',
      diagnosed: ['CsrfRefused'],
    },
    {
      title: 'a secret made at start by each of two instances',
      wrong: { 'share-session': 'const secret = randomUUID()' },
      way: 'form',
      diagnosed: ['SessionRejected'],
    },
  ],
}
