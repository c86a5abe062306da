import { type Answers, doesNotApply, generic, type Stack } from '../stack.ts'
import { besides, deletionOf, isSession, jsOptions, keptOf, storeOf, throughAttributes, wholeOf } from './attributes.ts'
import { outsideOfApps } from './elsewhere.ts'
import { js } from './literal.ts'
import { forOrigin, inFile, lifetimeFor, roomFor } from './snippet.ts'

const docs = {
  session: 'https://github.com/fastify/session#options',
  cookie: 'https://github.com/fastify/fastify-cookie#sending',
  clear: 'https://github.com/fastify/fastify-cookie#clearing',
  cors: 'https://github.com/fastify/fastify-cors#options',
  trustProxy: 'https://fastify.dev/docs/latest/Reference/Server/#trustproxy',
  http: 'https://fastify.dev/docs/latest/Reference/Server/#http',
  reply: 'https://fastify.dev/docs/latest/Reference/Reply/#set-cookie',
  hooks: 'https://fastify.dev/docs/latest/Reference/Hooks/#onrequest',
  oauth: 'https://github.com/fastify/fastify-oauth2#usage',
}

const sessionCookie = 'sessionId'
const app = inFile('app.js', 'js')

const registration = (name: string, ...options: readonly string[]): string[] => [
  'fastify.register(fastifySession, {',
  ...(name === sessionCookie ? [] : [`  cookieName: ${js(name)},`]),
  '  secret: process.env.SESSION_SECRET,',
  ...options.map((option) => `  ${option},`),
  '})',
]

const sessionCall = (name: string, ...options: readonly string[]): string[] => [
  "import fastifyCookie from '@fastify/cookie'",
  "import fastifySession from '@fastify/session'",
  '',
  'fastify.register(fastifyCookie)',
  ...registration(name, ...options),
]

const attributes: Answers['attributes'] = (change) => {
  const { cookie, at } = change
  const wanted = wholeOf(change)
  const options = jsOptions(wanted)
  if (options === '') return generic
  const ofCode = app(
    docs.cookie,
    [`reply.setCookie(${js(cookie)}, value, { ${options} })`],
    'Where your code sets the cookie; keep its other options, `maxAge` above all.',
  )
  if (!isSession(cookie, at)) return ofCode
  const ofSession = app(
    docs.session,
    sessionCall(cookie, `cookie: { ${options} }`),
    `Keep your own options, the store and \`maxAge\` above all: \`cookie\` is what counts.${
      wanted.secure === true
        ? ' Behind a proxy that ends https, Fastify sets a Secure session cookie only with `trustProxy`.'
        : ''
    }`,
  )
  return cookie === sessionCookie
    ? ofSession
    : { ...ofSession, instead: { ...ofCode, note: `If your code sets the cookie itself. ${ofCode.note ?? ''}` } }
}

export const fastify: Stack = {
  id: 'fastify',
  name: 'Fastify (@fastify/session)',
  role: 'app',
  version: '5 (@fastify/session 11)',
  traces: { cookies: [/^sessionId$/] },
  answers: {
    ...outsideOfApps,
    ...throughAttributes(attributes, sessionCookie),
    attributes,
    'shorten-value': () => generic,
    'send-separately': () =>
      app(docs.reply, ["reply.header('set-cookie', lines)"], '`lines`: an array, one Set-Cookie line for each cookie.'),
    'trust-proxy': () =>
      app(
        docs.trustProxy,
        ["const fastify = Fastify({ trustProxy: ['127.0.0.1', '::1'] })"],
        "The proxy's own addresses or networks, as `10.0.0.0/8`: these stand for one on the same machine. It has to set X-Forwarded-Proto itself.",
      ),
    'allow-credentials': ({ origin }) =>
      forOrigin(origin, () =>
        app(
          docs.cors,
          [
            "import cors from '@fastify/cors'",
            '',
            'await fastify.register(cors, {',
            `  origin: [${js(origin)}],`,
            '  credentials: true,',
            "  methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],",
            '})',
          ],
          'Before the routes. Without `methods` only GET, HEAD and POST are let in. (`npm install @fastify/cors`)',
        ),
      ),
    'public-url': ({ url, callbackPath }) =>
      callbackPath === null
        ? generic
        : app(docs.oauth, [`callbackUri: ${js(url + callbackPath)},`], 'An option of `@fastify/oauth2`.'),
    'share-session': (_, at) =>
      storeOf(at, () =>
        app(
          docs.session,
          [
            "import fastifyCookie from '@fastify/cookie'",
            "import fastifySession from '@fastify/session'",
            "import { RedisStore } from 'connect-redis'",
            "import { createClient } from 'redis'",
            '',
            'const redisClient = createClient({ url: process.env.REDIS_URL })',
            'await redisClient.connect()',
            '',
            'fastify.register(fastifyCookie)',
            ...registration(
              at?.name ?? sessionCookie,
              'store: new RedisStore({ client: redisClient })',
              ...(at === undefined ? [] : [`cookie: { ${jsOptions(keptOf(at))} }`]),
            ),
          ],
          'One `SESSION_SECRET` (32 characters or more) and one `REDIS_URL` for all instances; keep your `cookie` options. (`npm install redis connect-redis`)',
        ),
      ),
    'delete-cookie': (action) =>
      app(docs.clear, [`reply.clearCookie(${js(action.name)}, { ${jsOptions(deletionOf(action))} })`]),
    'trust-origin': () =>
      doesNotApply(
        'Fastify itself compares no origins: look for the plugin or hook that refuses the request (`@fastify/csrf-protection` wants a token, not an origin).',
      ),
    'readable-csrf-cookie': ({ name }) =>
      app(
        docs.cookie,
        [
          `reply.setCookie(${js(name ?? 'XSRF-TOKEN')}, reply.generateCsrf(), { httpOnly: false, secure: true, sameSite: 'lax', path: '/' })`,
        ],
        '`generateCsrf` comes from `@fastify/csrf-protection`, which reads the token from the headers csrf-token, xsrf-token, x-csrf-token and x-xsrf-token.',
      ),
    'session-lifetime': ({ name, seconds }, at) =>
      isSession(name, at)
        ? app(
            docs.session,
            sessionCall(
              name,
              `cookie: { ${besides(jsOptions(keptOf(at)), `maxAge: ${lifetimeFor(seconds)} * 1000`)} }`,
              'rolling: true',
            ),
            '`maxAge` of a session is in milliseconds, unlike Max-Age. Keep your own options.',
          )
        : app(
            'https://github.com/fastify/fastify-cookie#maxage',
            [
              `reply.setCookie(${js(name)}, value, { ${besides(jsOptions(keptOf(at)), `maxAge: ${lifetimeFor(seconds)}`)} })`,
            ],
            '`maxAge` of `setCookie` is in seconds. Keep your other options.',
          ),
    'pass-on-set-cookie': () =>
      app(
        docs.reply,
        ["reply.header('set-cookie', answer.headers.getSetCookie())"],
        '`answer`: what your `fetch` of the API gave.',
      ),
    'no-store': ({ path }) =>
      app(
        docs.hooks,
        [
          "fastify.addHook('onRequest', async (request, reply) => {",
          `  if (request.url.split('?')[0] === ${js(path)}) reply.header('cache-control', 'no-store')`,
          '})',
        ],
        'Before the routes.',
      ),
    'header-limit': ({ bytes }) =>
      app(
        docs.http,
        [`const fastify = Fastify({ http: { maxHeaderSize: ${roomFor(bytes)} } })`],
        'Where Fastify itself answers https, the same option stands under `https`.',
      ),
  },
}
