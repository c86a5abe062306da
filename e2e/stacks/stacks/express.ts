import { express as stack } from '../../../src/remedies/stacks/express.ts'
import { appHost, linesOf, secret, spaHeaders, spaOrigin, withOwn } from '../remedies.ts'
import { everyWay, type TestedStack } from '../stack.ts'

const ownCookie = "cookie: { secure: true, sameSite: 'lax' },"

export const express: TestedStack = {
  id: 'express',
  name: 'Express with express-session',
  needs: {
    npm: ['connect-redis', 'cookie-parser', 'cors', 'express', 'express-session', 'jsonwebtoken', 'redis'],
    debian: ['redis-server'],
  },
  env: { SESSION_SECRET: secret },
  redis: true,
  start: 'exec node app.js',
  remedies: {
    'trust-proxy': linesOf(stack, { action: 'trust-proxy', host: appHost }),
    'allow-credentials': linesOf(stack, { action: 'allow-credentials', origin: spaOrigin, headers: spaHeaders }),
    'share-session': withOwn(
      linesOf(stack, { action: 'share-session' }),
      'saveUninitialized: false,',
      `saveUninitialized: false,\n    ${ownCookie}`,
    ),
  },
  ways: everyWay,
  mistakes: [
    {
      title: 'a Secure session cookie, and a proxy that is not trusted',
      wrong: { 'trust-proxy': '' },
      way: 'form',
      diagnosed: ['LoginWithoutSetCookie', 'ProxyHidesHttps'],
    },
    {
      title: 'CORS for every origin, without credentials',
      wrong: { 'allow-credentials': "import cors from 'cors'\napp.use(cors())" },
      way: 'spa',
      diagnosed: ['CorsBlocksCredentials'],
    },
    {
      title: 'sessions in the memory of each of two instances',
      wrong: {
        'share-session': `import session from 'express-session'
app.use(session({ secret: randomUUID(), resave: false, saveUninitialized: false, ${ownCookie} }))`,
      },
      way: 'form',
      diagnosed: ['SessionRejected', 'SessionChangesEveryTime'],
    },
  ],
}
