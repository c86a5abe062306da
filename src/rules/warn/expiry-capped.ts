import { maxAgeSeconds } from '../../browsers/read.ts'
import type { Span } from '../../cookie/parse.ts'
import { occasion } from '../occasion.ts'
import { defineSetRule, pass, warn } from '../rule.ts'

export default defineSetRule<{ days: number; span: Span }>({
  id: 'ExpiryCapped',
  operation: 'set',
  layer: 'store',
  spec: 'RFC 6265bis 5.5',
  summary: 'No cookie lives longer than 400 days.',
  on: occasion.capped,
  evaluate: ({ read }, policy) => {
    const byMaxAge = read.maxAge !== undefined && maxAgeSeconds(read.maxAge.value, policy) !== null
    const attribute = byMaxAge ? read.maxAge : read.expires
    return attribute === undefined ? pass : warn({ days: policy.maxAgeSeconds / 86_400, span: attribute.span })
  },
  explain: ({ days }) => ({
    title: `The cookie lives for ${days} days at most`,
    explanation: `The line asks for longer; the browser shortens it to ${days} days from now. Each visit that sets it anew starts them again.`,
  }),
  part: ({ span }) => span,
  remedies: () => [],
})
