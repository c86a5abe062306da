import type { Span } from '../../cookie/parse.ts'
import { code } from '../../remedies/words.ts'
import { occasion } from '../occasion.ts'
import { block, defineSetRule, pass } from '../rule.ts'

export default defineSetRule<{ host: string; localCounts: boolean; span: Span }>({
  id: 'SecureOnly',
  operation: 'set',
  layer: 'store',
  spec: 'RFC 6265bis 5.7',
  summary: 'Secure can be set over https only; most browsers exempt localhost and loopback addresses.',
  on: occasion.insecure,
  evaluate: ({ read, context }, { localhostIsSecure: localCounts }) =>
    read.secure === undefined ? pass : block({ host: context.url.hostname, localCounts, span: read.secure.span }),
  explain: ({ host, localCounts }) => ({
    title: 'Secure needs https: serve this host over https',
    explanation: `The line says \`Secure\`, but the answer came over plain http from ${code(host)}, so the browser refuses the cookie.${localCounts ? ' On localhost it would have been accepted, so the same code may well work on your machine.' : ' It makes no exception for localhost.'}`,
  }),
  part: ({ span }) => span,
  remedies: ({ host }) => [{ action: 'use-https', host, who: 'server' }],
})
