import { type Answers, doesNotApply, generic, type Stack } from '../stack.ts'
import { jsOptions, throughAttributes, wantedOf, wholeOf } from './attributes.ts'
import { outsideOfApps } from './elsewhere.ts'
import { js } from './literal.ts'
import { nextjs } from './nextjs.ts'
import { inFile, lifetimeFor, only } from './snippet.ts'

const docs = {
  options: 'https://supabase.github.io/ssr/functions/createServerClient.html',
  cookies: 'https://supabase.github.io/ssr/types/SetAllCookies.html',
  redirects: 'https://supabase.com/docs/guides/auth/redirect-urls',
}

const client = inFile('utils/supabase/client.ts', 'ts')

const browserClient = (options: string): string[] => [
  "import { createBrowserClient } from '@supabase/ssr'",
  '',
  'export const createClient = () =>',
  '  createBrowserClient(process.env.NEXT_PUBLIC_SUPABASE_URL!, process.env.NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY!, {',
  `    cookieOptions: { ${options} },`,
  '  })',
]

const both = 'The same `cookieOptions` belong into every `createServerClient(…)` too.'

const isSupabase = (name: string): boolean => /^sb-/.test(name)

const attributes: Answers['attributes'] = (change) => {
  if (!isSupabase(change.cookie)) return nextjs.answers.attributes(change)
  const { httpOnly: _, ...wanted } = wholeOf(change)
  const options = jsOptions(wanted)
  const changed = wantedOf(change.changes)
  if (options === '' || Object.keys(changed).every((name) => name === 'httpOnly')) {
    return changed.httpOnly === true
      ? doesNotApply("Supabase's client in the page reads this cookie: HttpOnly would log its users out.")
      : generic
  }
  return client(docs.options, browserClient(options), both)
}

/** What the response has to carry: the cookies that the client wants to set, and the headers that keep it out of caches. */
const refresh = [
  "import { createServerClient } from '@supabase/ssr'",
  "import { type NextRequest, NextResponse } from 'next/server'",
  '',
  'export async function proxy(request: NextRequest) {',
  '  let response = NextResponse.next({ request })',
  '  const supabase = createServerClient(',
  '    process.env.NEXT_PUBLIC_SUPABASE_URL!,',
  '    process.env.NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY!,',
  '    {',
  '      cookies: {',
  '        getAll: () => request.cookies.getAll(),',
  '        setAll: (cookiesToSet, headers) => {',
  '          for (const { name, value } of cookiesToSet) request.cookies.set(name, value)',
  '          response = NextResponse.next({ request })',
  '          for (const { name, value, options } of cookiesToSet) response.cookies.set(name, value, options)',
  '          for (const [name, value] of Object.entries(headers)) response.headers.set(name, value)',
  '        },',
  '      },',
  '    },',
  '  )',
  '  await supabase.auth.getClaims()',
  '  return response',
  '}',
]

export const supabase: Stack = {
  id: 'supabase',
  name: 'Supabase (@supabase/ssr)',
  role: 'app',
  version: '0.12 (@supabase/ssr)',
  traces: { cookies: [/^sb-[a-z0-9-]{1,60}-auth-token(?:-code-verifier)?(?:\.\d)?$/] },
  above: ['nextjs'],
  answers: {
    ...outsideOfApps,
    ...throughAttributes(attributes, 'sb-project-auth-token'),
    ...only(
      nextjs.answers,
      'send-separately',
      'trust-proxy',
      'allow-credentials',
      'delete-cookie',
      'trust-origin',
      'header-limit',
    ),
    attributes,
    'shorten-value': () =>
      doesNotApply(
        'Supabase cuts a large session into cookies `.0`, `.1`, …: let fewer claims into the token (custom claims, user metadata).',
      ),
    'public-url': ({ url, callbackPath }) =>
      inFile('app/login/page.tsx', 'ts')(
        docs.redirects,
        [
          'await supabase.auth.signInWithOAuth({',
          "  provider: 'github',",
          `  options: { redirectTo: ${js(url + (callbackPath ?? '/auth/callback'))} },`,
          '})',
        ],
        "With your own provider. The same URL has to be among the project's redirect URLs (Authentication, URL Configuration), or Supabase goes to the Site URL instead.",
      ),
    'share-session': () =>
      doesNotApply(
        "Supabase signs the tokens, so your instances share no secret. What rejects them is another project's URL or key, or a refresh token that was used twice.",
      ),
    'readable-csrf-cookie': () => generic,
    'session-lifetime': ({ name, seconds }, at) =>
      isSupabase(name)
        ? client(
            docs.options,
            browserClient(`maxAge: ${lifetimeFor(seconds)}`),
            `In seconds; 400 days if nothing is said. ${both} How long a session lives on the server is a setting of the project (Authentication, Sessions).`,
          )
        : nextjs.answers['session-lifetime']({ action: 'session-lifetime', name, seconds }, at),
    'pass-on-set-cookie': () =>
      inFile('proxy.ts', 'ts')(
        docs.cookies,
        refresh,
        'Return this very `response`: a new one would lose the cookies. In Next.js 15 file and function are called `middleware`.',
      ),
    'no-store': () =>
      inFile('proxy.ts', 'ts')(
        docs.cookies,
        refresh,
        '`headers` says `Cache-Control: private, no-store`, among others, whenever a session goes into the answer.',
      ),
  },
}
