import type { Span } from '../../cookie/parse.ts'
import { isSecureUrl } from '../../cookie/site.ts'
import { occasion } from '../occasion.ts'
import { block, defineSetRule, pass, undecided } from '../rule.ts'

export default defineSetRule<{ secure: boolean; https: boolean; host: string; span: Span }>({
  id: 'InvalidPartitioned',
  operation: 'set',
  layer: 'line',
  spec: 'CHIPS (draft-cutler-httpbis-partitioned-cookies)',
  summary: 'Partitioned is accepted from lines with Secure only, over https.',
  on: occasion.partitioned,
  evaluate: ({ read, context, boundToFrame, credentials }, { localhostIsSecure }) => {
    const secure = read.secure !== undefined
    const https = isSecureUrl(context.url, localhostIsSecure)
    if (read.partitioned === undefined) return pass
    // A frame without credentials has a jar of its own, where Partitioned asks for nothing (measured).
    if (boundToFrame && credentials === 'omit') return pass
    const facts = { secure, https, host: context.url.hostname, span: read.partitioned.span }
    if (!secure || !https) return block(facts)
    return context.partitionKey === null ? undecided('frames', facts) : pass
  },
  explain: ({ secure, https }) =>
    secure && https
      ? {
          title: 'Partitioned: which page the cookie belongs to',
          explanation:
            'A partitioned cookie belongs to the site of the page, and to whether a document of another site stands in between.',
        }
      : {
          title: secure ? 'Partitioned needs https' : 'Partitioned needs Secure: add Secure',
          explanation: `A partitioned cookie has to be Secure and to come over https. ${secure ? 'This answer came over http' : 'This line has no `Secure`'}, and the browser drops such a line without a word, in its own panels too: only the store tells.`,
        },
  part: ({ span }) => span,
  remedies: ({ secure, https, host }) => [
    ...(secure ? [] : [{ action: 'set-attribute', attribute: 'Secure' } as const]),
    ...(https ? [] : [{ action: 'use-https', host, who: 'server' } as const]),
  ],
})
