import { type Answers, doesNotApply, generic, type Stack } from '../stack.ts'
import { jsOptions, throughAttributes, wholeOf } from './attributes.ts'
import { outsideOfApps } from './elsewhere.ts'
import { nextjs } from './nextjs.ts'
import { forWords, inFile, lifetimeFor, only } from './snippet.ts'

const deployment = 'https://authjs.dev/getting-started/deployment'
const docs = {
  cookies: 'https://authjs.dev/reference/core#cookies',
  session: 'https://authjs.dev/reference/core#session',
  strategies: 'https://authjs.dev/concepts/session-strategies',
  trustHost: `${deployment}#auth_trust_host`,
  url: `${deployment}#auth_url`,
  secret: `${deployment}#auth_secret`,
}

const auth = inFile('auth.ts', 'ts')
const env = inFile('.env', 'env')

const call = (...options: readonly string[]): string[] => [
  "import NextAuth from 'next-auth'",
  '',
  'export const { handlers, auth, signIn, signOut } = NextAuth({',
  '  providers: [],',
  ...options.map((option) => `  ${option}`),
  '})',
]

const keep = 'Keep your own `providers` and other options.'

/** The names of the cookies in the configuration, by the end of their names in the browser. */
const keys: readonly [RegExp, string][] = [
  [/session-token(?:\.\d+)?$/, 'sessionToken'],
  [/callback-url$/, 'callbackUrl'],
  [/csrf-token$/, 'csrfToken'],
  [/pkce\.code_verifier$/, 'pkceCodeVerifier'],
  [/state$/, 'state'],
  [/nonce$/, 'nonce'],
]

const attributes: Answers['attributes'] = (change) => {
  const { cookie } = change
  const options = jsOptions(wholeOf(change))
  const key = keys.find(([pattern]) => pattern.test(cookie.slice(-100)))?.[1]
  if (options === '') return generic
  if (key === undefined) return nextjs.answers.attributes(change)
  return auth(docs.cookies, call(`cookies: { ${key}: { options: { ${options} } } },`), keep)
}

export const authjs: Stack = {
  id: 'authjs',
  name: 'Auth.js (NextAuth)',
  role: 'app',
  version: '5',
  traces: {
    cookies: [/^(?:__Secure-|__Host-)?(?:authjs|next-auth)\.[a-z-]+/],
  },
  above: ['nextjs', 'express'],
  answers: {
    ...outsideOfApps,
    ...throughAttributes(attributes, 'authjs.session-token'),
    ...only(nextjs.answers, 'send-separately', 'delete-cookie', 'pass-on-set-cookie', 'no-store', 'header-limit'),
    attributes,
    'shorten-value': () =>
      auth(
        docs.strategies,
        call("session: { strategy: 'database' },"),
        `With a database \`adapter\`; the cookie then holds an id only. Or put less into the token in your \`jwt\` callback. ${keep}`,
      ),
    'trust-proxy': () =>
      env(
        docs.trustHost,
        ['AUTH_TRUST_HOST=true'],
        'Only behind a proxy that sets X-Forwarded-Host and X-Forwarded-Proto itself. Vercel and Cloudflare Pages are trusted without it.',
      ),
    'allow-credentials': () =>
      doesNotApply('Auth.js sends no CORS headers: they come from the framework around it (Next.js, Express).'),
    'public-url': ({ url }) =>
      forWords([url], () =>
        env(
          docs.url,
          [`AUTH_URL=${url}`, 'AUTH_TRUST_HOST=true'],
          'In the environment of this deployment. It also decides whether cookie names begin with `__Secure-`. Outside of Next.js it needs the path as well (`/auth`). In NextAuth 4 it is `NEXTAUTH_URL`.',
        ),
      ),
    'share-session': () =>
      inFile('.env.local', 'shell')(
        docs.secret,
        ['npx auth secret'],
        'Once: it writes `AUTH_SECRET`, which every instance needs, the same over deploys too. In NextAuth 4 it is `NEXTAUTH_SECRET`.',
      ),
    'trust-origin': () =>
      doesNotApply(
        'Auth.js compares no list of origins: it wants its CSRF cookie back, and that its own URL is right (`AUTH_URL`).',
      ),
    'readable-csrf-cookie': () =>
      doesNotApply(
        'Auth.js keeps its CSRF cookie HttpOnly: `signIn()` fetches the token from `/api/auth/csrf`, and a form of yours can do the same.',
      ),
    'session-lifetime': ({ seconds }) =>
      auth(
        docs.session,
        call(`session: { maxAge: ${lifetimeFor(seconds)} },`),
        `In seconds; 30 days if nothing is said. ${keep}`,
      ),
  },
}
