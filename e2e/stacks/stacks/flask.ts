import { flask as stack } from '../../../src/remedies/stacks/flask.ts'
import { appHost, attributeLinesOf, linesOf, secret, spaHeaders, spaOrigin } from '../remedies.ts'
import { everyWay, type TestedStack } from '../stack.ts'

const sameSiteNone = 'app.config.update(SESSION_COOKIE_SAMESITE="None")'

export const flask: TestedStack = {
  id: 'flask',
  name: 'Flask',
  needs: { debian: ['gunicorn', 'python3-flask', 'python3-flask-cors'] },
  env: { FLASK_SECRET_KEY: secret },
  start: 'exec /usr/bin/gunicorn --bind 127.0.0.1:$PORT app:app',
  remedies: {
    'trust-proxy': linesOf(stack, { action: 'trust-proxy', host: appHost }),
    'allow-credentials': linesOf(stack, { action: 'allow-credentials', origin: spaOrigin, headers: spaHeaders }),
    'share-session': linesOf(stack, { action: 'share-session' }),
    'session-cookie': `${sameSiteNone}\n${attributeLinesOf(stack, {
      cookie: 'session',
      changes: [{ action: 'set-attribute', attribute: 'Secure' }],
    })}`,
  },
  ways: everyWay,
  mistakes: [
    {
      title: 'a redirect_uri that url_for makes with http',
      wrong: { 'trust-proxy': '' },
      way: 'redirect',
      diagnosed: ['ProxyHidesHttps', 'OAuthRedirectUriWrong'],
    },
    {
      title: 'SESSION_COOKIE_SAMESITE="None" without Secure',
      wrong: { 'session-cookie': sameSiteNone },
      way: 'form',
      diagnosed: ['ProxyHidesHttps'],
    },
    {
      title: 'CORS for every origin, without credentials',
      wrong: { 'allow-credentials': 'from flask_cors import CORS\n\nCORS(app)' },
      way: 'spa',
      diagnosed: ['CorsBlocksCredentials'],
    },
    {
      title: 'a secret made at start by each of two instances',
      wrong: { 'share-session': 'app.secret_key = os.urandom(32)' },
      way: 'form',
      diagnosed: ['SessionRejected', 'SessionChangesEveryTime'],
    },
  ],
}
