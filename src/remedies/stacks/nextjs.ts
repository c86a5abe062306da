import { type Answers, doesNotApply, generic, type Stack } from '../stack.ts'
import { besides, deletionOf, jsOptions, keptOf, throughAttributes, wholeOf } from './attributes.ts'
import { outsideOfApps } from './elsewhere.ts'
import { js } from './literal.ts'
import { forOrigin, forWords, hostOf, inFile, lifetimeFor, roomFor, withoutPort } from './snippet.ts'

const reference = 'https://nextjs.org/docs/app/api-reference'
const docs = {
  cookies: `${reference}/functions/cookies`,
  serverActions: `${reference}/config/next-config-js/serverActions`,
  headers: `${reference}/config/next-config-js/headers`,
  proxy: `${reference}/file-conventions/proxy#cors`,
  redirects: `${reference}/config/next-config-js/redirects`,
  secrets: 'https://nextjs.org/docs/app/guides/authentication#1-generating-a-secret-key',
  route: `${reference}/file-conventions/route`,
  node: 'https://nodejs.org/api/cli.html#node_optionsoptions',
}

const actions = inFile('app/actions.ts', 'ts')
const config = inFile('next.config.ts', 'ts')

const setCookie = (name: string, options: string): string[] => [
  "import { cookies } from 'next/headers'",
  '',
  'const cookieStore = await cookies()',
  `cookieStore.set(${js(name)}, value, { ${options} })`,
]

const where =
  'In a server function or a route handler, where the cookie is set (a page that renders can set none). `value`: yours; keep your other options.'

const attributes: Answers['attributes'] = (change) => {
  const { cookie } = change
  const options = jsOptions(wholeOf(change))
  return options === '' ? generic : actions(docs.cookies, setCookie(cookie, options), where)
}

/** A path as `source`, where these characters make a pattern. */
const source = (path: string): string => js(path.replace(/[(){}:*+?\\]/g, '\\$&'))

export const nextjs: Stack = {
  id: 'nextjs',
  name: 'Next.js',
  role: 'app',
  version: '16',
  traces: {
    servers: [/^Next\.js\b/i],
    headers: [/^x-nextjs-/, /^x-middleware-rewrite$/],
    cookies: [/^__prerender_bypass$/, /^__next_preview_data$/],
  },
  answers: {
    ...outsideOfApps,
    ...throughAttributes(attributes, 'session'),
    attributes,
    'shorten-value': () => generic,
    'send-separately': () =>
      inFile('app/api/login/route.ts', 'ts')(
        docs.cookies,
        ["for (const line of lines) response.headers.append('Set-Cookie', line)"],
        '`append`, not `set`: one header for each of your `lines`.',
      ),
    'trust-proxy': () =>
      doesNotApply(
        'Next.js takes X-Forwarded-Host as it comes and has no switch for it: the proxy in front has to set it. Write `secure: true` into the cookie rather than deriving it from the request.',
      ),
    'allow-credentials': ({ origin, headers }) =>
      forOrigin(origin, () =>
        inFile('proxy.ts', 'ts')(
          docs.proxy,
          [
            "import { type NextRequest, NextResponse } from 'next/server'",
            '',
            `const allowedOrigins = [${js(origin)}]`,
            '',
            'export function proxy(request: NextRequest) {',
            "  const origin = request.headers.get('origin') ?? ''",
            "  const response = request.method === 'OPTIONS' ? new NextResponse(null, { status: 204 }) : NextResponse.next()",
            "  response.headers.append('Vary', 'Origin')",
            '  if (allowedOrigins.includes(origin)) {',
            "    response.headers.set('Access-Control-Allow-Origin', origin)",
            "    response.headers.set('Access-Control-Allow-Credentials', 'true')",
            "    response.headers.set('Access-Control-Allow-Methods', 'GET, POST, PUT, PATCH, DELETE, OPTIONS')",
            `    response.headers.set('Access-Control-Allow-Headers', ${js(
              ['Content-Type', 'Authorization', ...headers].join(', '),
            )})`,
            '  }',
            '  return response',
            '}',
            '',
            "export const config = { matcher: '/api/:path*' }",
          ],
          'Beside `app` (in `src`, where there is one). `matcher`: the paths of your API. In Next.js 15 file and function are called `middleware`.',
        ),
      ),
    'public-url': () => generic,
    'one-host': ({ host, other }) =>
      withoutPort(host) !== host
        ? generic
        : forWords([host, other], () =>
            config(
              docs.redirects,
              [
                'export default {',
                '  async redirects() {',
                '    return [',
                '      {',
                "        source: '/:path*',",
                `        has: [{ type: 'host', value: ${js(withoutPort(other))} }],`,
                `        destination: ${js(`https://${host}/:path*`)},`,
                '        permanent: false,',
                '      },',
                '    ]',
                '  },',
                '}',
              ],
              'Merge it into your configuration.',
            ),
          ),
    'share-session': () =>
      inFile('.env', 'shell')(
        docs.secrets,
        [
          'echo "SESSION_SECRET=$(openssl rand -base64 32)" >> .env',
          'echo "NEXT_SERVER_ACTIONS_ENCRYPTION_KEY=$(openssl rand -base64 32)" >> .env',
        ],
        'Once, on one machine: every instance and every build gets the same file. `SESSION_SECRET` stands for the name that your code reads.',
      ),
    'delete-cookie': (action) =>
      actions(docs.cookies, [
        "import { cookies } from 'next/headers'",
        '',
        'const cookieStore = await cookies()',
        `cookieStore.set(${js(action.name)}, '', { ${jsOptions(deletionOf(action))}, maxAge: 0 })`,
      ]),
    'trust-origin': ({ origin }) =>
      forOrigin(origin, () =>
        config(
          docs.serverActions,
          [
            'export default {',
            '  experimental: {',
            '    serverActions: {',
            `      allowedOrigins: [${js(hostOf(origin))}],`,
            '    },',
            '  },',
            '}',
          ],
          'For server actions; route handlers check nothing by themselves. No entry is needed where the proxy forwards the public host in X-Forwarded-Host.',
        ),
      ),
    'readable-csrf-cookie': ({ name }) =>
      actions(
        docs.cookies,
        setCookie(name ?? 'XSRF-TOKEN', "httpOnly: false, secure: true, sameSite: 'lax', path: '/'"),
        '`value`: the token that your own CSRF protection made. Server actions need none.',
      ),
    'session-lifetime': ({ name, seconds }, at) =>
      actions(
        docs.cookies,
        setCookie(name, besides(jsOptions(keptOf(at)), `maxAge: ${lifetimeFor(seconds)}`)),
        `\`maxAge\` is in seconds. ${where}`,
      ),
    'pass-on-set-cookie': () =>
      inFile('app/api/login/route.ts', 'ts')(
        docs.route,
        [
          'export async function POST(request: Request) {',
          "  const answer = await fetch(new URL('/login', process.env.API_URL), {",
          "    method: 'POST',",
          "    headers: { 'Content-Type': request.headers.get('Content-Type') ?? 'application/json' },",
          '    body: await request.text(),',
          '  })',
          '  const response = new Response(await answer.text(), { status: answer.status })',
          "  for (const line of answer.headers.getSetCookie()) response.headers.append('Set-Cookie', line)",
          '  return response',
          '}',
        ],
        'A server action has no response of its own: there, read name, value and attributes from `answer.headers.getSetCookie()` and set them with `(await cookies()).set(…)`.',
      ),
    'no-store': ({ path }) =>
      config(
        docs.headers,
        [
          'export default {',
          '  async headers() {',
          '    return [',
          '      {',
          `        source: ${source(path)},`,
          "        headers: [{ key: 'Cache-Control', value: 'no-store' }],",
          '      },',
          '    ]',
          '  },',
          '}',
        ],
        'Merge it into your configuration.',
      ),
    'header-limit': ({ bytes }) =>
      inFile('start command', 'shell')(docs.node, [`NODE_OPTIONS=--max-http-header-size=${roomFor(bytes)} next start`]),
  },
}
