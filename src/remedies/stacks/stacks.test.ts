import { parseSync } from 'vite'
import { describe, expect, it } from 'vitest'
import type { ActionName, ActionOf, AttributeAction } from '../action.ts'
import type { Answer, Answers, CookieAtHand, Snippet, Stack, StackId } from '../stack.ts'
import { stackOf, stacks } from './index.ts'

type OtherName = Exclude<ActionName, AttributeAction['action']>

/** Everything that a page may put into an action, given a text of its own. */
const actionsWith = (text: string): { [Name in OtherName]: readonly ActionOf<Name>[] } => ({
  'name-the-cookie': [{ action: 'name-the-cookie' }],
  'encode-characters': [{ action: 'encode-characters' }],
  'shorten-value': [{ action: 'shorten-value', bytes: 5000, limit: 4096 }],
  'use-https': [
    { action: 'use-https', host: text, who: 'server' },
    { action: 'use-https', host: text, who: 'page' },
  ],
  'include-credentials': [{ action: 'include-credentials', origin: text, crossOrigin: true, element: false }],
  'share-a-site': [{ action: 'share-a-site', host: text, pageSite: text, alternative: true }],
  'clear-secure-twin': [{ action: 'clear-secure-twin', name: text, domain: text, path: text }],
  'allow-third-party': [{ action: 'allow-third-party', partitioned: true }],
  'log-in-on-own-page': [{ action: 'log-in-on-own-page', host: text }],
  'post-to-https': [{ action: 'post-to-https', url: text }],
  'widen-domain': [
    { action: 'widen-domain', from: text, to: text, domain: text },
    { action: 'widen-domain', from: text, to: text, domain: null },
  ],
  'start-on-this-site': [{ action: 'start-on-this-site', host: text }],
  'send-separately': [{ action: 'send-separately' }],
  'give-frame-credentials': [{ action: 'give-frame-credentials' }],
  'fewer-cookies': [{ action: 'fewer-cookies', domain: text, most: 180 }],
  'trust-proxy': [{ action: 'trust-proxy', host: text }],
  'forward-proto': [
    { action: 'forward-proto', host: text },
    { action: 'forward-proto', host: `${text}:8443` },
  ],
  'allow-credentials': [
    { action: 'allow-credentials', origin: text, headers: [] },
    { action: 'allow-credentials', origin: `https://${text}`, headers: ['x-a', text] },
    { action: 'allow-credentials', origin: 'https://shop.test', headers: [text, text] },
  ],
  'public-url': [
    { action: 'public-url', url: `https://${text}`, callbackPath: null },
    { action: 'public-url', url: `https://${text}`, callbackPath: `/${text}` },
  ],
  'one-host': [{ action: 'one-host', host: text, other: text }],
  'share-session': [{ action: 'share-session' }],
  'own-cookie-name': [
    { action: 'own-cookie-name', name: text, path: `/${text}` },
    { action: 'own-cookie-name', name: 'connect.sid', path: '/blog/' },
  ],
  'no-anonymous-session': [
    { action: 'no-anonymous-session', name: text, path: `/${text}` },
    { action: 'no-anonymous-session', name: 'connect.sid', path: '/cart' },
  ],
  'delete-cookie': [
    { action: 'delete-cookie', name: text, host: text, domain: null, path: text },
    { action: 'delete-cookie', name: `__Host-${text}`, host: text, domain: text, path: text },
  ],
  'trust-origin': [
    { action: 'trust-origin', origin: text },
    { action: 'trust-origin', origin: `https://${text}` },
  ],
  'readable-csrf-cookie': [
    { action: 'readable-csrf-cookie', name: null, header: text },
    { action: 'readable-csrf-cookie', name: text, header: 'X-XSRF-TOKEN' },
  ],
  'send-csrf-token': [
    { action: 'send-csrf-token', name: text, header: text },
    { action: 'send-csrf-token', name: null, header: null },
  ],
  'send-authorization': [{ action: 'send-authorization', origin: text, redirect: false }],
  'renew-token': [{ action: 'renew-token' }],
  'match-token': [
    { action: 'match-token', claim: 'iss' },
    { action: 'match-token', claim: 'aud' },
  ],
  'sync-clock': [{ action: 'sync-clock', host: text, seconds: 120 }],
  'session-lifetime': [
    { action: 'session-lifetime', name: text, seconds: null },
    { action: 'session-lifetime', name: `sid.${text}`, seconds: 90_000 },
    { action: 'session-lifetime', name: `sb-${text}`, seconds: 60 },
    { action: 'session-lifetime', name: `.AspNetCore.${text}`, seconds: 60 },
  ],
  'pass-on-set-cookie': [{ action: 'pass-on-set-cookie', name: text }],
  'no-store': [{ action: 'no-store', path: text === '' ? '/' : text }],
  'header-limit': [
    { action: 'header-limit', bytes: 9_000 },
    { action: 'header-limit', bytes: 200_000 },
  ],
})

const changesWith = (text: string): AttributeAction[][] => [
  [{ action: 'set-attribute', attribute: 'Secure' }],
  [
    { action: 'set-attribute', attribute: 'SameSite', value: 'None' },
    { action: 'set-attribute', attribute: 'Secure' },
    { action: 'set-attribute', attribute: 'Partitioned' },
  ],
  [{ action: 'set-attribute', attribute: 'Partitioned' }],
  [
    { action: 'set-attribute', attribute: 'HttpOnly' },
    { action: 'remove-attribute', attribute: 'Domain' },
  ],
  [
    { action: 'set-attribute', attribute: 'Domain', value: text },
    { action: 'set-attribute', attribute: 'Path', value: text },
    { action: 'set-attribute', attribute: 'SameSite', value: text },
  ],
  (['Secure', 'HttpOnly', 'SameSite', 'Domain', 'Path', 'Partitioned'] as const).map((attribute) => ({
    action: 'remove-attribute',
    attribute,
  })),
]

const looks: readonly CookieAtHand['value'][] = ['signed', 'token', 'other']

const atHand = (name: string, text: string, value: CookieAtHand['value']): CookieAtHand => ({
  ...{ name, value },
  attributes: [
    { action: 'set-attribute', attribute: 'Path', value: text },
    { action: 'set-attribute', attribute: 'Domain', value: text },
    { action: 'set-attribute', attribute: 'SameSite', value: 'Lax' },
    { action: 'set-attribute', attribute: 'HttpOnly' },
  ],
})

/** Names that stacks know as their own, with the page's text in them. */
const namesWith = (text: string): string[] => [
  text,
  `sid.${text}`,
  `sess${text}`,
  `${text}csrf`,
  `sb-${text}`,
  `.AspNetCore.Session${text}`,
  `authjs.${text}session-token`,
]

const answersOf = (stack: Stack, text: string): [string, Answer][] =>
  firstAnswersOf(stack, text).flatMap(([name, answer]): [string, Answer][] =>
    answer.kind === 'snippet' && answer.instead !== undefined
      ? [
          [name, answer],
          [`${name}, instead`, answer.instead],
        ]
      : [[name, answer]],
  )

const firstAnswersOf = (stack: Stack, text: string): [string, Answer][] => [
  ...Object.entries(actionsWith(text)).flatMap(([name, actions]) => {
    const answer = stack.answers[name as OtherName] as (action: ActionOf<OtherName>, at?: CookieAtHand) => Answer
    return actions.flatMap((action, index): [string, Answer][] => [
      [`${name} ${index}`, answer(action)],
      ...looks.map((look): [string, Answer] => [`${name} ${index}, ${look}`, answer(action, atHand(text, text, look))]),
    ])
  }),
  ...namesWith(text).flatMap((cookie) =>
    changesWith(text).flatMap((changes, index): [string, Answer][] => [
      [`attributes ${index} of ${cookie}`, stack.answers.attributes({ cookie, changes })],
      ...looks.map((look): [string, Answer] => [
        `attributes ${index} of ${cookie}, ${look}`,
        stack.answers.attributes({ cookie, changes, at: atHand(cookie, text, look) }),
      ]),
    ]),
  ),
]

const snippetsOf = (stack: Stack, text: string): [string, Snippet][] =>
  answersOf(stack, text).flatMap(([name, answer]) => (answer.kind === 'snippet' ? [[name, answer] as const] : []))

/** Sites of a stack's own documentation, and repositories of the packages that its answers use. */
const ownDocs: { [Id in StackId]: RegExp } = {
  express:
    /^https:\/\/(?:expressjs\.com\/|github\.com\/expressjs\/|github\.com\/tj\/connect-redis|www\.passportjs\.org\/|nodejs\.org\/api\/)/,
  nextjs: /^https:\/\/(?:nextjs\.org\/docs\/|nodejs\.org\/api\/)/,
  authjs: /^https:\/\/(?:authjs\.dev\/|nextjs\.org\/docs\/|nodejs\.org\/api\/)/,
  hono: /^https:\/\/(?:hono\.dev\/|github\.com\/honojs\/|nodejs\.org\/api\/)/,
  fastify: /^https:\/\/(?:fastify\.dev\/|github\.com\/fastify\/)/,
  nestjs:
    /^https:\/\/(?:docs\.nestjs\.com\/|expressjs\.com\/|github\.com\/expressjs\/|github\.com\/tj\/connect-redis|www\.passportjs\.org\/|nodejs\.org\/api\/)/,
  supabase: /^https:\/\/(?:supabase\.com\/docs\/|supabase\.github\.io\/|nextjs\.org\/docs\/|nodejs\.org\/api\/)/,
  django: /^https:\/\/(?:docs\.djangoproject\.com\/|github\.com\/adamchainz\/django-cors-headers)/,
  flask: /^https:\/\/(?:flask\.palletsprojects\.com|flask-(?:cors|wtf|session)\.readthedocs\.io)\//,
  fastapi: /^https:\/\/(?:fastapi\.tiangolo\.com|starlette\.dev|uvicorn\.dev)\//,
  rails: /^https:\/\/(?:guides\.rubyonrails\.org\/|api\.rubyonrails\.org\/|github\.com\/(?:cyu\/rack-cors|rack\/rack))/,
  laravel: /^https:\/\/laravel\.com\/docs\//,
  symfony: /^https:\/\/symfony\.com\//,
  php: /^https:\/\/www\.php\.net\/manual\//,
  spring: /^https:\/\/docs\.spring\.io\//,
  aspnet: /^https:\/\/learn\.microsoft\.com\//,
  go: /^https:\/\/(?:pkg\.go\.dev\/|github\.com\/rs\/cors)/,
  nginx: /^https:\/\/nginx\.org\//,
  apache: /^https:\/\/httpd\.apache\.org\//,
  caddy: /^https:\/\/caddyserver\.com\//,
  traefik: /^https:\/\/doc\.traefik\.io\//,
  cloudflare: /^https:\/\/developers\.cloudflare\.com\//,
  gunicorn: /^https:\/\/gunicorn\.org\//,
  uvicorn: /^https:\/\/uvicorn\.dev\//,
}

/** Files of these have no way to quote any text whatever. */
const unquoted: readonly Snippet['language'][] = ['env', 'ini', 'nginx', 'apache', 'caddy', 'shell', 'text']

/** Every character that means something somewhere, each beside a word to look for. */
const hostile = `EVIL'EVIL"EVIL\`EVIL\\EVIL\nEVIL\rEVIL\${EVIL}#{EVIL}<?EVIL?>%{EVIL}%env(EVIL)%{{EVIL}}$(EVIL);EVIL//EVIL/*EVIL*/EVIL\u2028EVIL\u202eEVIL\ud83cEVIL`

const withoutLiterals = (lines: string): string =>
  lines.replace(/'(?:[^'\\\n]|\\[^\n])*'|"(?:[^"\\\n]|\\[^\n])*"/g, "''")

const parses = (code: string, language: 'js' | 'ts'): boolean =>
  parseSync(`snippet.${language}`, code).errors.length === 0

/** As statements of a module or of a handler, as one property, or as a decorator: whichever its place is. */
const isJavaScript = ({ lines, language }: Snippet): boolean => {
  const type = language === 'ts' ? 'ts' : 'js'
  return [
    lines,
    `async (request, response) => {\n${lines}\n}`,
    `({\n${lines}\n})`,
    `class Controller {\n${lines}\nanswer() {}\n}`,
  ].some((code) => parses(code, type))
}

it('lists every stack once, under its id', () => {
  expect(new Set(stacks.map(({ id }) => id)).size).toBe(stacks.length)
  for (const stack of stacks) expect(stackOf(stack.id)).toBe(stack)
})

describe.each(stacks.map((stack) => [stack.id, stack] as const))('%s', (id, stack) => {
  it('says what it is', () => {
    expect(stack.name).not.toBe('')
    expect(stack.version).toMatch(/\d/)
  })

  it.each(['app.shop.test', 'connect.sid', '/login', hostile, '', 'null', '\0'])('answers well: %j', (text) => {
    for (const [name, answer] of answersOf(stack, text)) {
      const words =
        answer.kind === 'snippet' ? answer.note : answer.kind === 'does-not-apply' ? answer.because : undefined
      if (words !== undefined) {
        expect(words, name).toMatch(/^(?:[A-Z`']|net\/http|nginx|uvicorn)[^\n]*[.)]$/)
        expect(words.split('`').length % 2, name).toBe(1)
        expect(words, name).not.toMatch(/``|undefined|\bNaN\b|\p{C}/u)
      }
      if (answer.kind !== 'snippet') continue
      expect(answer.docs, name).toMatch(ownDocs[id])
      expect(answer.file, name).toMatch(/^[\w' ./-]+$/)
      expect(answer.lines, name).toMatch(/^[\x20-\x7e\t\n]+$/)
      expect(answer.lines.trim(), name).toBe(answer.lines)
      expect(answer.lines, name).not.toMatch(/[ \t]\n|\bNaN\b|\[object/)
    }
  })

  it('keeps the text of a page within its literal', () => {
    const plain = new Map(snippetsOf(stack, 'EVIL'))
    for (const [name, { lines, language }] of snippetsOf(stack, hostile)) {
      const bare = unquoted.includes(language) ? lines : withoutLiterals(lines)
      expect(bare, name).not.toContain('EVIL')
      expect(lines, name).not.toMatch(/[$#%]\{EVIL|\{\{EVIL|<\?EVIL|\$\(EVIL|`EVIL/)
      // Symfony and Spring look for placeholders in what YAML has read.
      if (language === 'yaml') expect(lines, name).not.toContain('EVIL')
      const benign = plain.get(name.replaceAll(hostile, 'EVIL'))
      if (benign !== undefined) expect(lines.split('\n').length, name).toBe(benign.lines.split('\n').length)
    }
  })

  it.each(['app.shop.test', hostile])('writes JavaScript that can be read: %j', (text) => {
    for (const [name, snippet] of snippetsOf(stack, text)) {
      if (snippet.language === 'js' || snippet.language === 'ts')
        expect(isJavaScript(snippet), `${name}\n${snippet.lines}`).toBe(true)
    }
  })
})

describe('what matters most has lines', () => {
  const apps: readonly StackId[] = [
    'express',
    'nextjs',
    'hono',
    'fastify',
    'nestjs',
    'django',
    'flask',
    'fastapi',
    'rails',
    'laravel',
    'symfony',
    'php',
    'spring',
    'aspnet',
    'go',
  ]
  const proxies: readonly StackId[] = ['nginx', 'apache', 'caddy', 'traefik', 'cloudflare', 'gunicorn', 'uvicorn']

  it.each(apps)('of %s', (id) => {
    const { answers } = stackOf(id)
    const origin = 'https://www.shop.test'
    const kinds = {
      credentials: answers['allow-credentials']({ action: 'allow-credentials', origin, headers: [] }),
      delete: answers['delete-cookie']({
        action: 'delete-cookie',
        name: 'old',
        host: 'shop.test',
        domain: null,
        path: '/',
      }),
      lifetime: answers['session-lifetime']({ action: 'session-lifetime', name: 'sid', seconds: null }),
      store: answers['no-store']({ action: 'no-store', path: '/login' }),
      secure: answers.attributes({ cookie: 'sid', changes: [{ action: 'set-attribute', attribute: 'Secure' }] }),
      share: answers['share-session']({ action: 'share-session' }),
    }
    for (const [name, answer] of Object.entries(kinds)) expect(answer.kind, name).toBe('snippet')
  })

  it.each(proxies)('of %s', (id) => {
    expect(stackOf(id).role).toBe('proxy')
    expect(stackOf(id).answers['forward-proto']({ action: 'forward-proto', host: 'shop.test' }).kind).toBe('snippet')
  })

  it.each(stacks.map((stack) => [stack.id, stack.answers] as const))(
    '%s lets in no page without an origin',
    (_, answers: Answers) => {
      for (const origin of ['null', '*', '', 'https://a b', 'https://*']) {
        expect(
          answers['allow-credentials']({ action: 'allow-credentials', origin, headers: [] }).kind,
          origin,
        ).not.toBe('snippet')
        expect(answers['trust-origin']({ action: 'trust-origin', origin }), origin).not.toMatchObject({
          lines: expect.stringContaining(origin === '' ? "''" : origin),
        })
      }
    },
  )
})
