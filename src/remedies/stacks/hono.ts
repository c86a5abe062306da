import { type Answers, generic, type Stack } from '../stack.ts'
import { besides, deletionOf, jsTitleOptions, keptOf, throughAttributes, wholeOf } from './attributes.ts'
import { outsideOfApps } from './elsewhere.ts'
import { js } from './literal.ts'
import { forOrigin, inFile, lifetimeFor, roomFor } from './snippet.ts'

const docs = {
  cookie: 'https://hono.dev/docs/helpers/cookie#options',
  signed: 'https://hono.dev/docs/helpers/cookie#signed-cookies',
  delete: 'https://hono.dev/docs/helpers/cookie#deletecookie',
  cors: 'https://hono.dev/docs/middleware/builtin/cors',
  csrf: 'https://hono.dev/docs/middleware/builtin/csrf',
  /** Says nothing of `append`, which stands in the types, and was tried. */
  context: 'https://hono.dev/docs/api/context#header',
  request: 'https://hono.dev/docs/api/request#header',
  oidc: 'https://github.com/honojs/middleware/tree/main/packages/oidc-auth',
  node: 'https://nodejs.org/api/cli.html#--max-http-header-sizesize',
}

const app = inFile('src/index.ts', 'ts')

const setCookie = (name: string, options: string): string[] => [
  "import { setCookie } from 'hono/cookie'",
  '',
  `setCookie(c, ${js(name)}, value, { ${options} })`,
]

const where = 'In the handler that sets the cookie (or `setSignedCookie`); keep its other options.'

const attributes: Answers['attributes'] = (change) => {
  const { cookie } = change
  const options = jsTitleOptions(wholeOf(change))
  return options === '' ? generic : app(docs.cookie, setCookie(cookie, options), where)
}

export const hono: Stack = {
  id: 'hono',
  name: 'Hono (Bun, Node.js)',
  role: 'app',
  version: '4',
  traces: {},
  answers: {
    ...outsideOfApps,
    ...throughAttributes(attributes, 'session'),
    attributes,
    'shorten-value': () => generic,
    'send-separately': () =>
      app(
        docs.context,
        ["for (const line of lines) c.header('Set-Cookie', line, { append: true })"],
        '`lines`: one for each cookie. Without `append` the last one replaces the others.',
      ),
    'trust-proxy': () =>
      app(
        docs.request,
        [
          "import type { Context } from 'hono'",
          '',
          'const isHttps = (c: Context) =>',
          "  c.req.header('X-Forwarded-Proto') === 'https' || new URL(c.req.url).protocol === 'https:'",
        ],
        'Hono has no setting for proxies: use this where the code looks at the scheme of `c.req.url` (for `secure`, for redirects), or write `secure: true`. Only with a proxy that sets X-Forwarded-Proto itself.',
      ),
    'allow-credentials': ({ origin }) =>
      forOrigin(origin, () =>
        app(
          docs.cors,
          [
            "import { cors } from 'hono/cors'",
            '',
            'app.use(',
            "  '*',",
            '  cors({',
            `    origin: [${js(origin)}],`,
            '    credentials: true,',
            '  }),',
            ')',
          ],
          'Before the routes.',
        ),
      ),
    'public-url': ({ url }) =>
      app(
        docs.oidc,
        [`process.env.OIDC_AUTH_EXTERNAL_URL = ${js(url)}`],
        'With `@hono/oidc-auth`; usually set outside of the code. Other code of yours should take its URLs from the configuration too, not from `c.req.url`.',
      ),
    'share-session': () =>
      app(
        docs.signed,
        ['const secret = process.env.SESSION_SECRET', "if (!secret) throw new Error('SESSION_SECRET is not set')"],
        'For `setSignedCookie(c, name, value, secret, …)` and `getSignedCookie(c, secret, name)`: one `SESSION_SECRET` for all instances, over deploys too. What the session holds belongs into a database or Redis.',
      ),
    'delete-cookie': (action) =>
      app(docs.delete, [
        "import { deleteCookie } from 'hono/cookie'",
        '',
        `deleteCookie(c, ${js(action.name)}, { ${jsTitleOptions(deletionOf(action))} })`,
      ]),
    'trust-origin': ({ origin }) =>
      forOrigin(origin, () =>
        app(
          docs.csrf,
          ["import { csrf } from 'hono/csrf'", '', `app.use(csrf({ origin: [${js(origin)}] }))`],
          'In place of `csrf()`; list your own origin too. Without `origin` it compares with the URL that Hono sees, which is http behind a proxy that ends https; what says `Sec-Fetch-Site: same-origin` is let in anyway.',
        ),
      ),
    'readable-csrf-cookie': ({ name }) =>
      app(
        docs.cookie,
        setCookie(name ?? 'XSRF-TOKEN', "httpOnly: false, secure: true, sameSite: 'Lax', path: '/'"),
        "`value`: the token that your own code made. Hono's `csrf()` works without one: it compares origins.",
      ),
    'session-lifetime': ({ name, seconds }, at) =>
      app(
        docs.cookie,
        setCookie(name, besides(jsTitleOptions(keptOf(at)), `maxAge: ${lifetimeFor(seconds)}`)),
        `\`maxAge\` is in seconds. ${where}`,
      ),
    'pass-on-set-cookie': () =>
      app(
        docs.context,
        ["for (const line of answer.headers.getSetCookie()) c.header('Set-Cookie', line, { append: true })"],
        '`answer`: what your `fetch` of the API gave.',
      ),
    'no-store': ({ path }) =>
      app(
        docs.context,
        [
          'app.use(async (c, next) => {',
          '  await next()',
          `  if (c.req.path === ${js(path)}) c.header('Cache-Control', 'no-store')`,
          '})',
        ],
        'Before the routes.',
      ),
    'header-limit': ({ bytes }) =>
      inFile('start command', 'shell')(
        docs.node,
        [`node --max-http-header-size=${roomFor(bytes)} dist/index.js`],
        'Bun takes the same option.',
      ),
  },
}
