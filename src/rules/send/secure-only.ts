import { code, theCookie } from '../../remedies/words.ts'
import { occasion } from '../occasion.ts'
import { block, defineSendRule, pass } from '../rule.ts'

export default defineSendRule<{ name: string; host: string; redirected: boolean }>({
  id: 'SecureOnly',
  operation: 'send',
  spec: 'RFC 6265bis 5.8',
  summary: 'A Secure cookie goes over https only; most browsers exempt localhost and loopback addresses.',
  on: occasion.insecure,
  evaluate: ({ cookie, context, exchange }) =>
    !cookie.secure
      ? pass
      : block({
          name: cookie.name,
          host: context.url.hostname,
          redirected: exchange.redirectChain?.some((hop) => hop.startsWith('https:')) ?? false,
        }),
  explain: ({ name, host, redirected }) => ({
    title: 'A Secure cookie does not travel over http: use https for this address',
    explanation: `${theCookie(name)} is \`Secure\`, and this request went to ${code(host)} over plain http.${redirected ? ' It was sent there by a redirect from https: the server builds its addresses with the wrong scheme.' : ''}`,
  }),
  remedies: ({ host }) => [{ action: 'use-https', host, who: 'server' }],
})
