import { rails as stack } from '../../../src/remedies/stacks/rails.ts'
import { appHost, appOrigin, attributeLinesOf, linesOf, spaHeaders, spaOrigin } from '../remedies.ts'
import { everyWay, type TestedStack } from '../stack.ts'
import { hostOnly } from './nginx.ts'

const sessionCookie = 'config.session_store :cookie_store, key: "_shop_session", same_site: :lax'

export const rails: TestedStack = {
  id: 'rails',
  name: 'Rails',
  needs: { debian: ['puma', 'ruby-rack-cors', 'ruby-railties'] },
  env: { RAILS_ENV: 'production' },
  build: 'chmod +x bin/rails && sh -e configure.sh',
  start: 'exec /usr/bin/puma --quiet --threads 1:2 --bind tcp://127.0.0.1:$PORT config.ru',
  remedies: {
    'trust-proxy': linesOf(stack, { action: 'trust-proxy', host: appHost }),
    'trust-origin': linesOf(stack, { action: 'trust-origin', origin: appOrigin }),
    'allow-credentials': linesOf(stack, { action: 'allow-credentials', origin: spaOrigin, headers: spaHeaders }),
    'share-session': linesOf(stack, { action: 'share-session' }),
    'session-cookie': sessionCookie,
  },
  ways: everyWay,
  mistakes: [
    {
      title: 'force_ssl behind a proxy that does not say https',
      // assume_ssl is younger than Debian's Rails, which passes it over: the proxy is mended.
      wrong: { 'forward-proto': hostOnly },
      way: 'form',
      diagnosed: ['ProxyHidesHttps'],
    },
    {
      title: 'CSRF protection behind a proxy that does not say https',
      wrong: { 'forward-proto': hostOnly, 'trust-proxy': '', 'trust-origin': '' },
      way: 'form',
      diagnosed: ['CsrfRefused'],
    },
    {
      title: 'a Secure session cookie, which Rails keeps to itself as it sees no https',
      // As the panel says it of a cookie without Secure.
      around: {
        'session-cookie': attributeLinesOf(stack, {
          cookie: '_shop_session',
          changes: [
            { action: 'set-attribute', attribute: 'Secure' },
            { action: 'set-attribute', attribute: 'SameSite', value: 'Lax' },
          ],
        }),
      },
      wrong: { 'forward-proto': hostOnly, 'trust-proxy': '', 'trust-origin': '' },
      way: 'form',
      diagnosed: ['CsrfWithoutSession'],
    },
    {
      title: 'CORS for every origin, without credentials',
      wrong: {
        'allow-credentials': `Rails.application.config.middleware.insert_before 0, Rack::Cors do
  allow do
    origins "*"
    resource "*", headers: :any, methods: [:get, :post]
  end
end`,
      },
      way: 'spa',
      diagnosed: ['CorsBlocksCredentials'],
    },
    {
      title: 'a secret made at start by each of two instances',
      wrong: { 'share-session': '' },
      way: 'form',
      diagnosed: ['SessionRejected', 'CsrfRefused'],
    },
  ],
}
