import { code } from '../../remedies/words.ts'
import { occasion } from '../occasion.ts'
import { defineSetRule, pass, warn } from '../rule.ts'

export default defineSetRule<{ host: string; page: string | null }>({
  id: 'PartitionedByBrowser',
  operation: 'set',
  layer: 'store',
  spec: 'RFC 6265bis 7.1 (third-party cookies)',
  summary:
    'Where the browser keeps third-party cookies apart by page, a cookie is stored for pages of that one site alone.',
  on: occasion.keptApart,
  evaluate: (evidence) =>
    evidence.read.partitioned === undefined
      ? warn({ host: evidence.context.url.hostname, page: evidence.context.topLevelSite?.text ?? null })
      : pass,
  explain: ({ host, page }) => {
    const pages = page === null ? 'pages of this one site' : `pages under ${code(new URL(page).hostname)}`
    return {
      title: 'Stored, but only for pages of the site in the address bar',
      explanation: `${code(host)} is a third party here, and this browser keeps the cookies of third parties apart by page: this one is stored, but only for ${pages}. On ${code(host)} itself, and on other sites’ pages, it is not there.`,
    }
  },
  remedies: () => [],
})
