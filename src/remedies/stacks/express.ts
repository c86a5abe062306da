import { type Answers, type CookieAtHand, doesNotApply, generic, type Snippet, type Stack } from '../stack.ts'
import { besides, deletionOf, isSessionLike, jsOptions, keptOf, throughAttributes, wholeOf } from './attributes.ts'
import { outsideOfApps } from './elsewhere.ts'
import { js } from './literal.ts'
import { forOrigin, inFile, lifetimeFor, roomFor } from './snippet.ts'

const docs = {
  session: 'https://github.com/expressjs/session#cookie',
  sessionSecure: 'https://github.com/expressjs/session#cookiesecure',
  proxies: 'https://expressjs.com/en/5x/guide/behind-proxies/',
  cors: 'https://github.com/expressjs/cors#configuration-options',
  response: 'https://expressjs.com/en/5x/api/response/',
  store: 'https://github.com/tj/connect-redis#api',
  passport: 'https://www.passportjs.org/packages/passport-oauth2/',
  node: 'https://nodejs.org/api/cli.html#--max-http-header-sizesize',
}

const sessionCookie = 'connect.sid'
const app = inFile('app.js', 'js')

/** The whole call, so that it can be pasted; `cookie` is what counts. */
const sessionCall = (name: string, ...options: readonly string[]): string[] => [
  'app.use(',
  '  session({',
  ...(name === sessionCookie ? [] : [`    name: ${js(name)},`]),
  '    secret: process.env.SESSION_SECRET,',
  '    resave: false,',
  '    saveUninitialized: false,',
  ...options.map((option) => `    ${option},`),
  '  }),',
  ')',
]

/** As the line has it: a call that is pasted replaces the one that was there. */
const cookieOption = (at: CookieAtHand | undefined): string[] => {
  const options = jsOptions(keptOf(at))
  return options === '' ? [] : [`cookie: { ${options} }`]
}

const behindProxy =
  "Behind a proxy that ends https, express-session sends a Secure cookie only with `app.set('trust proxy', 1)`."

/**
 * Its own cookie, for certain (true) or certainly not (false); null where that can't be told. express-session signs every id, cookie-parser
 * what it is told to.
 */
const isExpressSession = (name: string, at: CookieAtHand | undefined): boolean | null => {
  if (name === sessionCookie) return true
  if (at === undefined) return isSessionLike(name) ? null : false
  return at.value === 'signed' ? null : false
}

/** Of two ways to set a cookie the likelier first, the other in its stead. */
const eitherWay = (own: boolean | null, session: Snippet, cookie: Snippet): Snippet =>
  own === false
    ? cookie
    : own
      ? session
      : { ...session, instead: { ...cookie, note: `If your code sets the cookie itself. ${cookie.note ?? ''}`.trim() } }

const attributes: Answers['attributes'] = (change) => {
  const { cookie, at } = change
  const wanted = wholeOf(change)
  const options = jsOptions(wanted)
  if (options === '') return generic
  return eitherWay(
    isExpressSession(cookie, at),
    app(
      wanted.secure === true ? docs.sessionSecure : docs.session,
      sessionCall(cookie, `cookie: { ${options} }`),
      `Keep your own options, the store and \`maxAge\` above all: \`cookie\` is what counts.${wanted.secure === true ? ` ${behindProxy}` : ''}`,
    ),
    app(
      `${docs.response}#rescookie`,
      [`res.cookie(${js(cookie)}, value, { ${options} })`],
      'Where your code sets the cookie; keep its other options, `maxAge` above all.',
    ),
  )
}

const shareSession: Answers['share-session'] = (_, at) =>
  isExpressSession(at?.name ?? sessionCookie, at) === false
    ? generic
    : app(
        docs.store,
        [
          "import { RedisStore } from 'connect-redis'",
          "import session from 'express-session'",
          "import { createClient } from 'redis'",
          '',
          'const redisClient = createClient({ url: process.env.REDIS_URL })',
          'redisClient.connect().catch(console.error)',
          '',
          ...sessionCall(
            at?.name ?? sessionCookie,
            'store: new RedisStore({ client: redisClient })',
            ...cookieOption(at),
          ),
        ],
        'One `SESSION_SECRET` and one `REDIS_URL` for all instances; keep your `cookie` options, `maxAge` above all. (`npm install redis connect-redis`)',
      )

export const express: Stack = {
  id: 'express',
  name: 'Express (express-session)',
  role: 'app',
  version: '5 (express-session 1)',
  traces: { cookies: [/^connect\.sid$/], servers: [/^Express$/i] },
  answers: {
    ...outsideOfApps,
    ...throughAttributes(attributes, sessionCookie),
    attributes,
    'shorten-value': () => generic,
    'send-separately': () =>
      app(
        `${docs.response}#resappend`,
        ["for (const line of lines) res.append('Set-Cookie', line)"],
        '`lines`: the Set-Cookie lines, one for each cookie.',
      ),
    'trust-proxy': () =>
      app(
        docs.proxies,
        ["app.set('trust proxy', 1)"],
        'Before `app.use(session(…))`. 1: one proxy stands in front; count yours. It has to set X-Forwarded-Proto itself; where the app can be reached around it, name its address in place of the number.',
      ),
    'allow-credentials': ({ origin }) =>
      forOrigin(origin, () =>
        app(
          docs.cors,
          [
            "import cors from 'cors'",
            '',
            'app.use(',
            '  cors({',
            `    origin: [${js(origin)}],`,
            '    credentials: true,',
            '  }),',
            ')',
          ],
          'Before the session and the routes, so that it answers preflights too. (`npm install cors`)',
        ),
      ),
    'public-url': ({ url, callbackPath }) =>
      callbackPath === null
        ? generic
        : app(
            docs.passport,
            [`callbackURL: ${js(url + callbackPath)},`],
            'An option of your Passport strategy. A path alone would be completed from the request, which takes a trusted proxy.',
          ),
    'share-session': shareSession,
    'own-cookie-name': ({ name }) =>
      name === sessionCookie
        ? app(
            'https://github.com/expressjs/session#name',
            sessionCall('shop.sid'),
            '`shop.sid` stands for a name of your choice, another in each app. Keep your own options.',
          )
        : generic,
    'no-anonymous-session': ({ name }, at) =>
      isExpressSession(name, at) === false
        ? generic
        : app(
            'https://github.com/expressjs/session#saveuninitialized',
            sessionCall(name),
            '`saveUninitialized: false` is what counts; keep your own options.',
          ),
    'delete-cookie': (action) =>
      app(`${docs.response}#resclearcookie`, [
        `res.clearCookie(${js(action.name)}, { ${jsOptions(deletionOf(action))} })`,
      ]),
    'trust-origin': () =>
      doesNotApply(
        'Express itself compares no origins: look for the middleware that refuses the request (a CSRF package, `cors`, one of your own).',
      ),
    'readable-csrf-cookie': ({ name }) =>
      app(
        `${docs.response}#rescookie`,
        [
          `res.cookie(${js(name ?? 'XSRF-TOKEN')}, csrfToken, { httpOnly: false, secure: true, sameSite: 'lax', path: '/' })`,
        ],
        '`csrfToken`: the token that your CSRF middleware made.',
      ),
    'session-lifetime': ({ name, seconds }, at) => {
      const options = besides(jsOptions(keptOf(at)), `maxAge: ${lifetimeFor(seconds)} * 1000`)
      return eitherWay(
        isExpressSession(name, at),
        app(
          `https://github.com/expressjs/session#cookiemaxage`,
          sessionCall(name, `cookie: { ${options} }`, 'rolling: true'),
          '`maxAge` is in milliseconds, unlike Max-Age. `rolling` counts anew from every answer. Keep your own options.',
        ),
        app(
          `${docs.response}#rescookie`,
          [`res.cookie(${js(name)}, value, { ${options} })`],
          '`maxAge` is in milliseconds, unlike Max-Age. Keep your other options.',
        ),
      )
    },
    'pass-on-set-cookie': () =>
      app(
        `${docs.response}#resappend`,
        ["for (const line of answer.headers.getSetCookie()) res.append('Set-Cookie', line)"],
        '`answer`: what your `fetch` of the API gave. Before `res.send`.',
      ),
    'no-store': ({ path }) =>
      app(
        `${docs.response}#resset`,
        [
          'app.use((req, res, next) => {',
          `  if (req.path === ${js(path)}) res.set('Cache-Control', 'no-store')`,
          '  next()',
          '})',
        ],
        'Before the routes.',
      ),
    'header-limit': ({ bytes }) =>
      inFile('start command', 'shell')(docs.node, [`node --max-http-header-size=${roomFor(bytes)} app.js`]),
  },
}
