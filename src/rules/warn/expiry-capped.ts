import type { Span } from '../../cookie/parse.ts'
import { defineSetRule, pass, warn } from '../rule.ts'

export default defineSetRule<{ days: number; span: Span }>({
  id: 'ExpiryCapped',
  operation: 'set',
  layer: 'store',
  spec: 'RFC 6265bis 5.5',
  summary: 'No cookie lives longer than 400 days.',
  evaluate: ({ read, cookie, exchange }, { maxAgeSeconds }) => {
    const attribute = read.maxAge ?? read.expires
    if (attribute === undefined || cookie.expirationDate === undefined) return pass
    const latest = exchange.time / 1000 + maxAgeSeconds
    // The cap itself is asked for often enough, and is no surprise.
    if (cookie.expirationDate < latest || read.maxAge?.value === String(maxAgeSeconds)) return pass
    return warn({ days: maxAgeSeconds / 86_400, span: attribute.span })
  },
  explain: ({ days }) => ({
    title: `The cookie lives for ${days} days at most`,
    explanation: `The line asks for longer; the browser shortens it to ${days} days from now. Each visit that sets it anew starts them again.`,
  }),
  part: ({ span }) => span,
  remedies: () => [],
})
