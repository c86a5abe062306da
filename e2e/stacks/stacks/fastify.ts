import { fastify as stack } from '../../../src/remedies/stacks/fastify.ts'
import { appHost, linesOf, secret, spaHeaders, spaOrigin, withOwn } from '../remedies.ts'
import { everyWay, type TestedStack } from '../stack.ts'

export const fastify: TestedStack = {
  id: 'fastify',
  name: 'Fastify with @fastify/session',
  needs: {
    npm: [
      '@fastify/cookie',
      '@fastify/cors',
      '@fastify/formbody',
      '@fastify/jwt',
      '@fastify/session',
      'connect-redis',
      'fastify',
      'redis',
    ],
    debian: ['redis-server'],
  },
  env: { SESSION_SECRET: secret },
  redis: true,
  start: 'exec node app.js',
  remedies: {
    // The proxy's own address, as nginx.conf has it.
    'trust-proxy': withOwn(linesOf(stack, { action: 'trust-proxy', host: appHost }), "'127.0.0.1'", "'127.0.0.2'"),
    'allow-credentials': linesOf(stack, { action: 'allow-credentials', origin: spaOrigin, headers: spaHeaders }),
    'share-session': linesOf(stack, { action: 'share-session' }),
  },
  ways: everyWay,
  mistakes: [
    {
      title: 'a Secure session cookie, and a proxy that is not trusted',
      wrong: { 'trust-proxy': 'const fastify = Fastify()' },
      way: 'form',
      diagnosed: ['LoginWithoutSetCookie', 'ProxyHidesHttps'],
    },
    {
      title: 'CORS for another origin',
      wrong: {
        'allow-credentials': `import cors from '@fastify/cors'
await fastify.register(cors, { origin: ['https://www.shop.test'], credentials: true })`,
      },
      way: 'spa',
      diagnosed: ['CorsBlocksCredentials'],
    },
    {
      title: 'sessions in the memory of each of two instances',
      wrong: {
        'share-session': `import fastifyCookie from '@fastify/cookie'
import fastifySession from '@fastify/session'
fastify.register(fastifyCookie)
fastify.register(fastifySession, { secret: randomUUID() + randomUUID() })`,
      },
      way: 'form',
      diagnosed: ['SessionRejected', 'SessionChangesEveryTime'],
    },
  ],
}
