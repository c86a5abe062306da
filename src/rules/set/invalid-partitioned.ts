import type { Span } from '../../cookie/parse.ts'
import { isSecureUrl } from '../../cookie/site.ts'
import { block, defineSetRule, pass } from '../rule.ts'

export default defineSetRule<{ secure: boolean; https: boolean; host: string; span: Span }>({
  id: 'InvalidPartitioned',
  operation: 'set',
  layer: 'line',
  spec: 'CHIPS (draft-cutler-httpbis-partitioned-cookies)',
  summary: 'Partitioned is accepted from lines with Secure only, over https.',
  evaluate: ({ read, context }) => {
    const secure = read.secure !== undefined
    const https = isSecureUrl(context.url)
    return read.partitioned === undefined || (secure && https)
      ? pass
      : block({ secure, https, host: context.url.hostname, span: read.partitioned.span })
  },
  explain: ({ secure }) => ({
    title: secure ? 'Partitioned needs https' : 'Partitioned needs Secure: add Secure',
    explanation: `A partitioned cookie has to be Secure and to come over https. ${secure ? 'This answer came over http' : 'This line has no `Secure`'}, and the browser drops such a line without a word, in its own panels too: only the store tells.`,
  }),
  part: ({ span }) => span,
  remedies: ({ secure, https, host }) => [
    ...(secure ? [] : [{ action: 'set-attribute', attribute: 'Secure' } as const]),
    ...(https ? [] : [{ action: 'use-https', host, who: 'server' } as const]),
  ],
})
