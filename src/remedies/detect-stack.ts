import type { Header } from '../contract.ts'
import type { Stack, StackId, Traces } from './stack.ts'
import { stacks } from './stacks/index.ts'
import { code } from './words.ts'

/** What an answer shows of the software behind it. */
export interface Traced {
  readonly headers: readonly Header[]
  /** Of the cookies that it set, and of those its request carried. */
  readonly cookieNames: readonly string[]
}

export interface Detected {
  readonly stack: StackId
  /** One sentence: what was seen. */
  readonly why: string
}

/** Longer names and values are cut: they come from pages. */
const longest = 200

/** As many different names and values are looked at; a healthy log has a few dozen. */
const most = 2000

interface Seen {
  /** How often each was there. */
  readonly cookies: ReadonlyMap<string, number>
  readonly headers: ReadonlyMap<string, number>
  /** `Server`, `X-Powered-By` and `Via`, by their values. */
  readonly servers: ReadonlyMap<string, { readonly header: string; readonly count: number }>
}

interface Found extends Detected {
  readonly of: Stack
  /** A cookie counts more than a header: whoever sets it makes the session. */
  readonly weight: 1 | 2
  readonly count: number
}

/** The stacks that show in answers, the best founded first; apps and proxies in one list. What is only likely is not in it. */
export const detectStacks = (responses: readonly Traced[]): Detected[] => {
  const seen = lookAt(responses)
  const found = stacks.flatMap((stack) => find(stack, seen) ?? [])
  const below = new Set(found.flatMap(({ of }) => of.above ?? []))
  const rank = ({ stack, weight }: Found) => (below.has(stack) ? 0 : weight)
  return found
    .sort((one, other) => rank(other) - rank(one) || other.count - one.count)
    .map(({ stack, why }) => ({ stack, why }))
}

const lookAt = (responses: readonly Traced[]): Seen => {
  const cookies = new Map<string, number>()
  const headers = new Map<string, number>()
  const servers = new Map<string, { header: string; count: number }>()
  for (const response of responses) {
    for (const name of response.cookieNames) count(cookies, name.slice(0, longest))
    for (const { name, value } of response.headers) {
      const header = name.slice(0, longest).toLowerCase()
      count(headers, header)
      const shown = serverHeaders.get(header)
      if (shown === undefined) continue
      const text = value.trim().slice(0, longest)
      const before = servers.get(text)
      if (before !== undefined) before.count++
      else if (servers.size < most) servers.set(text, { header: shown, count: 1 })
    }
  }
  return { cookies, headers, servers }
}

const serverHeaders = new Map([
  ['server', 'Server'],
  ['x-powered-by', 'X-Powered-By'],
  ['via', 'Via'],
])

const count = (counts: Map<string, number>, name: string): void => {
  const before = counts.get(name)
  if (before !== undefined || counts.size < most) counts.set(name, (before ?? 0) + 1)
}

const find = (stack: Stack, seen: Seen): Found | null => {
  const cookies = cookiesOf(stack.traces, [...seen.cookies.keys()])
  if (cookies.length > 0) {
    const why =
      cookies.length === 1
        ? `There is a cookie ${code(cookies[0] ?? '')}.`
        : `There are cookies ${cookies.map(code).join(' and ')}.`
    return {
      of: stack,
      stack: stack.id,
      why,
      weight: 2,
      count: Math.max(...cookies.map((name) => seen.cookies.get(name) ?? 0)),
    }
  }
  for (const [text, { header, count: times }] of seen.servers) {
    if (!stack.traces.servers?.some((pattern) => pattern.test(text))) continue
    return { of: stack, stack: stack.id, why: `An answer says ${code(`${header}: ${text}`)}.`, weight: 1, count: times }
  }
  for (const [name, times] of seen.headers) {
    if (!stack.traces.headers?.some((pattern) => pattern.test(name))) continue
    return { of: stack, stack: stack.id, why: `An answer has the header ${code(name)}.`, weight: 1, count: times }
  }
  return null
}

/** The first cookie that tells by itself, else the first set of those that tell together. */
const cookiesOf = ({ cookies, cookiesTogether }: Traces, names: readonly string[]): string[] => {
  const one = names.find((name) => cookies?.some((pattern) => pattern.test(name)))
  if (one !== undefined) return [one]
  for (const set of cookiesTogether ?? []) {
    const found = set.flatMap((pattern) => names.find((name) => pattern.test(name)) ?? [])
    if (found.length === set.length) return found
  }
  return []
}
