import { django as stack } from '../../../src/remedies/stacks/django.ts'
import { appHost, linesOf, secret, spaHeaders, spaOrigin } from '../remedies.ts'
import { everyWay, type TestedStack } from '../stack.ts'

export const django: TestedStack = {
  id: 'django',
  name: 'Django',
  needs: { debian: ['gunicorn', 'python3-django', 'python3-django-cors-headers'] },
  env: { DJANGO_SECRET_KEY: secret },
  build: '/usr/bin/python3 -m django migrate --verbosity 0 --pythonpath . --settings shop.settings',
  start: 'exec /usr/bin/gunicorn --bind 127.0.0.1:$PORT shop.wsgi',
  remedies: {
    'redirect-to-https': linesOf(stack, { action: 'use-https', host: appHost, who: 'server' }),
    'trust-proxy': linesOf(stack, { action: 'trust-proxy', host: appHost }),
    'allow-credentials': linesOf(stack, { action: 'allow-credentials', origin: spaOrigin, headers: spaHeaders }),
    'share-session': linesOf(stack, { action: 'share-session' }),
  },
  ways: everyWay,
  mistakes: [
    {
      title: 'SECURE_SSL_REDIRECT, which sees no https',
      wrong: { 'trust-proxy': 'ALLOWED_HOSTS = ["*"]' },
      way: 'form',
      diagnosed: ['ProxyHidesHttps'],
    },
    {
      title: 'a redirect_uri that build_absolute_uri makes with http',
      wrong: { 'redirect-to-https': '', 'trust-proxy': 'ALLOWED_HOSTS = ["*"]' },
      way: 'redirect',
      diagnosed: ['ProxyHidesHttps', 'OAuthRedirectUriWrong'],
    },
    {
      title: 'CSRF protection behind a proxy that asks for another host',
      wrong: { 'forward-proto': 'proxy_set_header X-Forwarded-Proto $scheme;' },
      way: 'form',
      diagnosed: ['CsrfRefused'],
    },
    {
      title: 'CORS for the right origin, without credentials',
      wrong: {
        'allow-credentials': `INSTALLED_APPS = [*INSTALLED_APPS, "corsheaders"]
MIDDLEWARE = ["corsheaders.middleware.CorsMiddleware", *MIDDLEWARE]
CORS_ALLOWED_ORIGINS = ["${spaOrigin}"]`,
      },
      way: 'spa',
      diagnosed: ['CorsBlocksCredentials'],
    },
    {
      title: 'a secret made at start by each of two instances',
      wrong: {
        'share-session': `from django.core.management.utils import get_random_secret_key

SECRET_KEY = get_random_secret_key()`,
      },
      way: 'form',
      diagnosed: ['SessionRejected', 'SessionDeletedAtOnce', 'SessionChangesEveryTime'],
    },
  ],
}
