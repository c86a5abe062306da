import { samePartition } from '../../cookie/store.ts'
import { code, theCookie } from '../../remedies/words.ts'
import { block, defineSendRule, pass, undecided } from '../rule.ts'

export default defineSendRule<{ name: string; stored: string; here: string; ancestor: boolean }>({
  id: 'PartitionKeyMismatch',
  operation: 'send',
  spec: 'CHIPS (draft-cutler-httpbis-partitioned-cookies)',
  summary: 'A partitioned cookie is sent only where the top-level site is the one it was stored under.',
  evaluate: ({ cookie, context }) => {
    if (cookie.partitionKey === undefined) return pass
    const facts = {
      name: cookie.name,
      stored: cookie.partitionKey.topLevelSite,
      here: context.partitionKey?.topLevelSite ?? '',
      ancestor: cookie.partitionKey.topLevelSite === context.partitionKey?.topLevelSite,
    }
    if (context.partitionKey === null) return undecided('frames', facts)
    return samePartition(cookie.partitionKey, context.partitionKey) ? pass : block(facts)
  },
  explain: ({ name, stored, here, ancestor }) => ({
    title: ancestor
      ? 'Partitioned: stored with other documents in between than here'
      : 'Partitioned: stored for pages of another site',
    explanation: ancestor
      ? `${theCookie(name)} is partitioned, and it makes a difference whether a document of another site stands between the page (${code(here)}) and the request: it was stored in the one case, and this is the other.`
      : `${theCookie(name)} is partitioned: it was stored while ${stored === '' ? 'a page without a site' : code(stored)} was in the address bar, and is sent only there.${here === '' ? '' : ` Here it is ${code(here)}.`}`,
  }),
  remedies: () => [],
})
