import type { StoredCookie } from '../../src/contract.ts'
import type { Case, Context } from './cases.ts'
import { generateLine } from './generate-line.ts'
import type { Random } from './random.ts'

const https = [
  'https://app.shop.test',
  'https://api.shop.test',
  'https://shop.test',
  'https://a.b.shop.test',
  'https://other.test',
  'https://www.other.test',
  'https://me.github.io',
  'https://you.github.io',
  'https://shop.co.uk',
] as const
const http = [
  'http://app.shop.test',
  'http://api.shop.test',
  'http://shop.test',
  'http://other.test',
  'http://localhost',
  'http://app.localhost',
  'http://127.0.0.1',
  'http://192.0.2.7',
  'http://github.io',
] as const
const pages = [
  'https://app.shop.test',
  'https://shop.test',
  'https://other.test',
  'http://app.shop.test',
  'http://other.test',
  'http://localhost',
  'https://me.github.io',
] as const

const paths = ['/', '/a', '/a/', '/a/b', '/api/auth/login', '/login', '/a%20b', '/A'] as const

/** Documents of https load nothing from http: the browser blocks or upgrades it, and there would be nothing to record. */
const loadable = (frames: readonly string[], random: Random): string =>
  frames.some((frame) => frame.startsWith('https:'))
    ? random.pick(https)
    : random.pick(random.chance(0.6) ? http : https)

const frameChain = (page: string, random: Random): string[] => {
  const depth = random.pick([0, 0, 0, 1, 1, 2])
  const frames = [page]
  for (let i = 0; i < depth; i++) {
    const sameAgain =
      random.chance(0.4) && (page.startsWith('https:') || frames.every((frame) => frame.startsWith('http:')))
    frames.unshift(sameAgain ? page : loadable(frames, random))
  }
  return frames
}

const contextFor = (random: Random): { context: Context; origin: string } => {
  const page = random.pick(pages)
  const frames = frameChain(page, random)
  const [innermost = page] = frames
  const origin = random.chance(0.2) ? innermost : loadable(frames, random)
  const kind = random.int(20)
  if (kind < 4) return { context: { kind: 'typed' }, origin: random.pick([...https, ...http]) }
  if (kind < 6) return { context: { kind: 'link', page }, origin: random.pick([...https, ...http]) }
  // A form of an https page that posts to http gets a page of warning instead.
  if (kind < 8)
    return {
      context: { kind: 'post', page },
      origin: random.pick(page.startsWith('https:') ? https : [...https, ...http]),
    }
  if (kind < 9)
    return {
      context: { kind: 'redirected', via: random.pick([...https, ...http]) },
      origin: random.pick([...https, ...http]),
    }
  if (kind < 13)
    return { context: { kind: 'fetch', frames, credentials: random.chance(0.75) ? 'include' : 'omit' }, origin }
  if (kind < 15) return { context: { kind: 'image', frames }, origin }
  if (kind < 16) return { context: { kind: 'script', frames }, origin }
  if (kind < 17) return { context: { kind: 'frame', frames }, origin }
  if (kind < 18) return { context: { kind: 'frame-post', frames }, origin }
  if (kind < 19) return { context: { kind: 'image-redirected', frames, via: loadable(frames, random) }, origin }
  return { context: { kind: 'sandboxed', frames: [page] }, origin: loadable([page], random) }
}

/** Contexts of a special kind. */
const furtherContextFor = (random: Random): { context: Context; origin: string } => {
  const page = random.pick(pages)
  const frames = frameChain(page, random)
  const [innermost = page] = frames
  const origin = random.chance(0.3) ? innermost : loadable(frames, random)
  const kind = random.pick([
    'websocket',
    'websocket',
    'worker',
    'shared-worker',
    'credentialless',
    'credentialless-image',
    'sandbox-frames',
    'sandbox-leaves',
  ] as const)
  // On plain http no header tells an image with `crossorigin` from one in such a frame.
  return { context: { kind, frames }, origin: kind === 'credentialless-image' ? random.pick(https) : origin }
}

const sameSites: readonly StoredCookie['sameSite'][] = ['no_restriction', 'lax', 'strict', 'unspecified']

/** A cookie as a first-party login would have left it, for this host or one near it. */
const storedCookie = (index: number, origin: string, random: Random): StoredCookie => {
  const host = new URL(random.chance(0.8) ? origin : random.pick([...https, ...http])).hostname
  const parent = host.split('.').slice(-2).join('.')
  const wide = !/^[\d.]+$|localhost|github\.io|co\.uk/.test(host) && random.chance(0.35)
  const secure = random.chance(0.5)
  const sameSite = random.pick(sameSites.filter((value) => secure || value !== 'no_restriction'))
  return {
    name: `c${index}`,
    value: `v${random.int(1000)}`,
    domain: wide ? `.${random.chance(0.7) ? parent : host}` : host,
    hostOnly: !wide,
    path: random.pick(['/', '/', '/', '/a', '/a/', '/api', '/login']),
    secure,
    httpOnly: random.chance(0.3),
    sameSite,
    session: true,
  }
}

/** Lines with what may stand in the jar before them: a Secure twin of one of them, now and then. */
const twinOf = (line: string, origin: string, random: Random): StoredCookie | null => {
  const name = /^\s*([\w-]+)=/.exec(line)?.[1]
  if (name === undefined || name.startsWith('__')) return null
  return { ...storedCookie(0, origin, random), name, secure: random.chance(0.8) }
}

/** @returns an exchange whose response has `lines` lines */
export const generateSetCase = (id: string, lines: number, random: Random, further = false): Case => {
  const { context, origin } = further ? furtherContextFor(random) : contextFor(random)
  const host = new URL(origin).hostname
  const written = Array.from({ length: lines }, (_, index) => generateLine(host, index, random))
  const jar = written.flatMap((line) => {
    const twin = random.chance(0.12) ? twinOf(line, origin, random) : null
    return twin === null ? [] : [twin]
  })
  return {
    id,
    context,
    url: origin + random.pick(paths),
    jar,
    lines: written,
    ...(random.chance(0.3) ? { dateOffset: random.pick([0, 0, 3600, -3600, 86_400, -30]) } : {}),
  }
}

/** @returns a request with a jar of `cookies` cookies and a response that sets none */
export const generateSendCase = (id: string, cookies: number, random: Random, further = false): Case => {
  const { context, origin } = further ? furtherContextFor(random) : contextFor(random)
  const jar = Array.from({ length: cookies }, (_, index) => storedCookie(index, origin, random))
  return { id, context, url: origin + random.pick(paths), jar, lines: [] }
}
