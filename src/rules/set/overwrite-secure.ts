import type { StoredCookie } from '../../contract.ts'
import { bareDomain, leavesSecureAlone } from '../../cookie/store.ts'
import { byName, code } from '../../remedies/words.ts'
import { occasion } from '../occasion.ts'
import { block, defineSetRule, pass, undecided } from '../rule.ts'

export default defineSetRule<{ twin: StoredCookie; host: string }>({
  id: 'OverwriteSecure',
  operation: 'set',
  layer: 'store',
  spec: 'RFC 6265bis 5.7 (leave secure cookies alone)',
  summary: 'An answer over plain http cannot replace, shadow or delete a Secure cookie of the same name.',
  on: occasion.insecure,
  evaluate: ({ cookie, jar, context, mayBeKeptApart }) => {
    const twin = jar.find((stored) => leavesSecureAlone(stored, cookie))
    if (twin === undefined) return pass
    const facts = { twin, host: context.url.hostname }
    // The line's cookie may go where that one is not.
    return mayBeKeptApart ? undecided('third-party-setting', facts) : block(facts)
  },
  explain: ({ twin, host }) => ({
    title: 'A Secure cookie of that name is in the way: clear it, or answer over https',
    explanation: `The store already has a Secure cookie ${byName(twin.name)} (domain ${code(bareDomain(twin))}, path ${code(twin.path)}), set over https, and an answer over plain http from ${code(host)} may not replace, shadow or delete it. In a fresh profile or a private window it is not there: what fails here may work there.`,
  }),
  remedies: ({ twin, host }) => [
    { action: 'use-https', host, who: 'server' },
    { action: 'clear-secure-twin', name: twin.name, domain: bareDomain(twin), path: twin.path },
  ],
})
