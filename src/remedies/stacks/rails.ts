import { type Answers, doesNotApply, generic, type Stack } from '../stack.ts'
import { code } from '../words.ts'
import {
  deletionOf,
  isSession,
  keptOf,
  throughAttributes,
  type Writers,
  wholeOf,
  writeAttributes,
} from './attributes.ts'
import { outsideOfApps } from './elsewhere.ts'
import { ruby } from './literal.ts'
import { forOrigin, hostOf, inFile, lifetimeFor, withoutPort } from './snippet.ts'

const api = 'https://api.rubyonrails.org/classes'
const guides = 'https://guides.rubyonrails.org'
const docs = {
  session: `${api}/ActionDispatch/Session/CookieStore.html`,
  cookies: `${api}/ActionDispatch/Cookies.html`,
  partitioned: 'https://github.com/rack/rack/blob/main/CHANGELOG.md',
  assumeSsl: `${guides}/configuring.html#config-assume-ssl`,
  forceSsl: `${guides}/configuring.html#config-force-ssl`,
  hosts: `${guides}/configuring.html#actiondispatch-hostauthorization`,
  store: `${guides}/configuring.html#config-session-store`,
  originCheck: `${guides}/configuring.html#config-action-controller-forgery-protection-origin-check`,
  csrf: `${api}/ActionController/RequestForgeryProtection.html`,
  secret: `${guides}/security.html#environmental-security`,
  noStore: `${api}/ActionController/ConditionalGet.html#method-i-no_store`,
  cors: 'https://github.com/cyu/rack-cors#rails-configuration',
}

const sessionStore = inFile('config/initializers/session_store.rb', 'ruby')
const production = inFile('config/environments/production.rb', 'ruby')
const controller = inFile('app/controllers/application_controller.rb', 'ruby')

const orNil = (value: string | null) => (value === null ? 'nil' : ruby(value))

/** Options of the session store and of `cookies[…] = { … }` alike. */
const writers: Writers = {
  path: (value) => `path: ${ruby(value ?? '/')}`,
  domain: (value) => `domain: ${orNil(value)}`,
  httpOnly: (value) => `httponly: ${value}`,
  secure: (value) => `secure: ${value}`,
  sameSite: (value) => `same_site: ${value === null ? 'nil' : `:${value.toLowerCase()}`}`,
  partitioned: (value) => `partitioned: ${value}`,
}

const defaultKey = '_your_app_session'

const storeCall = (store: string, key: string, options: readonly string[]): string[] => [
  `Rails.application.config.session_store ${[`:${store}`, `key: ${ruby(key)}`, ...options].join(', ')}`,
]

const attributes: Answers['attributes'] = (change) => {
  const { cookie, at } = change
  const wanted = wholeOf(change)
  const options = writeAttributes(wanted, writers)
  if (options.length === 0) return generic
  const notes = [
    ...(wanted.partitioned === undefined ? [] : ['`partitioned` takes Rack 3.1.']),
    ...(wanted.secure === true
      ? [
          'Rails sends a Secure cookie only if it knows of https: `config.assume_ssl`, or X-Forwarded-Proto from the proxy.',
        ]
      : []),
  ]
  if (isSession(cookie, at)) {
    return sessionStore(
      wanted.partitioned === undefined ? docs.session : docs.partitioned,
      storeCall('cookie_store', cookie, options),
      ['Keep your own store and options.', ...notes].join(' '),
    )
  }
  return controller(
    wanted.partitioned === undefined ? docs.cookies : docs.partitioned,
    [`cookies[${ruby(cookie)}] = { ${['value: value', ...options].join(', ')} }`],
    ['Where your code sets the cookie; keep its other options.', ...notes].join(' '),
  )
}

export const rails: Stack = {
  id: 'rails',
  name: 'Rails',
  role: 'app',
  version: '8',
  traces: { cookies: [/^_[a-z0-9][a-z0-9_-]{0,80}_session$/] },
  answers: {
    ...outsideOfApps,
    ...throughAttributes(attributes, defaultKey),
    attributes,
    'use-https': ({ who }) =>
      who === 'page'
        ? generic
        : production(
            docs.forceSsl,
            ['config.force_ssl = true'],
            'Redirects to https and marks cookies as Secure; the certificate is for the server in front of Rails.',
          ),
    'shorten-value': () =>
      sessionStore(
        docs.store,
        storeCall('cache_store', defaultKey, []),
        'With your own key. The session then lives in the cache (`config.cache_store`: Solid Cache, Redis), the cookie holds its id only.',
      ),
    'send-separately': () => generic,
    'trust-proxy': () =>
      production(
        docs.assumeSsl,
        ['config.assume_ssl = true', 'config.force_ssl = true'],
        'Only where every request comes through a proxy that ends https. Rails takes X-Forwarded-Proto and X-Forwarded-Host by itself: `assume_ssl` does without the first.',
      ),
    'allow-credentials': ({ origin }) =>
      forOrigin(origin, () =>
        inFile('config/initializers/cors.rb', 'ruby')(
          docs.cors,
          [
            'Rails.application.config.middleware.insert_before 0, Rack::Cors do',
            '  allow do',
            `    origins ${ruby(origin)}`,
            '    resource "*",',
            '      headers: :any,',
            '      methods: [:get, :post, :put, :patch, :delete, :options, :head],',
            '      credentials: true',
            '  end',
            'end',
          ],
          'With `gem "rack-cors"` in the Gemfile.',
        ),
      ),
    'public-url': ({ url }) =>
      production(
        docs.hosts,
        [
          `config.hosts << ${ruby(withoutPort(hostOf(url)))}`,
          ...(/^https:/i.test(url) ? ['config.assume_ssl = true'] : []),
        ],
        'Rails makes URLs from the request, Host (or X-Forwarded-Host) and scheme: the proxy has to pass the host on. OmniAuth does the same, unless `OmniAuth.config.full_host` says otherwise.',
      ),
    'share-session': () =>
      inFile('.env', 'shell')(
        docs.secret,
        ['echo "SECRET_KEY_BASE=$(bin/rails secret)" >> .env'],
        'Once, into what your hosts read the environment from: every instance gets the same value, over deploys too. Or give them all the same `config/master.key`, with `secret_key_base` in the credentials.',
      ),
    'delete-cookie': (action) =>
      controller(docs.cookies, [
        `cookies.delete(${[ruby(action.name), ...writeAttributes(deletionOf(action), writers)].join(', ')})`,
      ]),
    'trust-origin': ({ origin }) =>
      forOrigin(origin, () =>
        production(
          docs.originCheck,
          ['config.action_controller.forgery_protection_origin_check = false'],
          `Rails 8 keeps no list of origins: this leaves the CSRF token as the check, for ${code(origin)} as for all. Where the two differ in scheme or host only, leave it on and mend the proxy instead. From Rails 8.2 on there is a list: \`protect_from_forgery trusted_origins: […]\`.`,
        ),
      ),
    'readable-csrf-cookie': ({ name }) =>
      controller(
        docs.csrf,
        [
          'class ApplicationController < ActionController::Base',
          '  after_action do',
          `    cookies[${ruby(name ?? 'XSRF-TOKEN')}] = { value: form_authenticity_token, secure: true, same_site: :lax }`,
          '  end',
          'end',
        ],
        'Rails reads the token from the header `X-CSRF-Token`, no other.',
      ),
    'session-lifetime': ({ name, seconds }, at) =>
      isSession(name, at)
        ? sessionStore(
            docs.session,
            storeCall('cookie_store', name, [
              ...writeAttributes(keptOf(at), writers),
              `expire_after: ${lifetimeFor(seconds) / 86_400}.days`,
            ]),
            'Keep your own store and options.',
          )
        : controller(
            docs.cookies,
            [
              `cookies[${ruby(name)}] = { ${['value: value', ...writeAttributes(keptOf(at), writers), `expires: ${lifetimeFor(seconds) / 86_400}.days`].join(', ')} }`,
            ],
            'Where your code sets the cookie; keep its other options.',
          ),
    'pass-on-set-cookie': () => generic,
    'no-store': ({ path }) =>
      controller(docs.noStore, ['before_action :no_store'], `In the controller that answers ${code(path)}.`),
    'header-limit': () =>
      doesNotApply(
        "Rails sets no limit of its own, and that of Puma, its usual server, can't be raised: fewer or smaller cookies are the way.",
      ),
  },
}
