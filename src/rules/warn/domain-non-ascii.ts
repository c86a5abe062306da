import type { Span } from '../../cookie/parse.ts'
import { code } from '../../remedies/words.ts'
import { occasion } from '../occasion.ts'
import { defineSetRule, pass, warn } from '../rule.ts'

export default defineSetRule<{ domain: string; span: Span }>({
  id: 'WarnDomainNonASCII',
  operation: 'set',
  layer: 'store',
  spec: 'draft-ietf-httpbis-layered-cookies',
  summary: 'A Domain with other than ASCII characters is turned into punycode here, and refused elsewhere.',
  on: occasion.domain,
  evaluate: ({ read, domain }) =>
    domain.ok && domain.nonAscii && read.domain !== undefined
      ? warn({ domain: domain.domain, span: read.domain.span })
      : pass,
  explain: ({ domain }) => ({
    title: 'Domain has characters other than ASCII: write it in punycode',
    explanation: `This browser reads it as ${code(domain)}; others drop the cookie.`,
  }),
  part: ({ span }) => span,
  remedies: ({ domain }) => [{ action: 'set-attribute', attribute: 'Domain', value: domain }],
})
