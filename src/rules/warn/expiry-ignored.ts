import { maxAgeSeconds } from '../../browsers/read.ts'
import type { Span } from '../../cookie/parse.ts'
import { code } from '../../remedies/words.ts'
import { occasion } from '../occasion.ts'
import { defineSetRule, pass, warn } from '../rule.ts'

export default defineSetRule<{ attribute: string; value: string; session: boolean; span: Span }>({
  id: 'ExpiryIgnored',
  operation: 'set',
  layer: 'store',
  spec: 'RFC 6265bis 5.6.1, 5.6.2',
  summary: 'A Max-Age that is no whole number, or an Expires that is no date, is ignored.',
  on: occasion.expiry,
  evaluate: ({ read, cookie }, policy) => {
    const { session } = cookie
    const facts = (attribute: 'Max-Age' | 'Expires', { value, span }: { value: string; span: Span }) =>
      warn({ attribute, value, session, span })
    if (read.maxAge !== undefined)
      return maxAgeSeconds(read.maxAge.value, policy) === null ? facts('Max-Age', read.maxAge) : pass
    return read.expires !== undefined && session ? facts('Expires', read.expires) : pass
  },
  explain: ({ attribute, value, session }) => ({
    title: `${attribute} is ignored: ${attribute === 'Max-Age' ? 'it is no whole number of seconds' : 'it is no date'}`,
    explanation: `${code(`${attribute}=${value}`)} can't be read as ${attribute === 'Max-Age' ? 'a whole number of seconds' : 'a date such as `Wed, 21 Oct 2037 07:28:00 GMT`'}.${session ? ' The cookie is gone when the browser closes.' : ''}`,
  }),
  part: ({ span }) => span,
  remedies: () => [],
})
