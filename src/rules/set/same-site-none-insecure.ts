import type { Span } from '../../cookie/parse.ts'
import { isSecureUrl } from '../../cookie/site.ts'
import type { Action } from '../../remedies/action.ts'
import { theCookie } from '../../remedies/words.ts'
import { block, defineSetRule, pass } from '../rule.ts'

export default defineSetRule<{ name: string; https: boolean; host: string; span: Span }>({
  id: 'SameSiteNoneInsecure',
  operation: 'set',
  layer: 'store',
  spec: 'RFC 6265bis 5.7 step 16',
  summary: 'SameSite=None is accepted from lines with Secure only.',
  evaluate: ({ read, context }, { noneNeedsSecure }) =>
    !noneNeedsSecure ||
    read.sameSiteStatus !== 'no_restriction' ||
    read.secure !== undefined ||
    read.sameSite === undefined
      ? pass
      : block({
          name: read.name,
          https: isSecureUrl(context.url),
          host: context.url.hostname,
          span: read.sameSite.span,
        }),
  explain: ({ name, https }) => ({
    title: 'SameSite=None needs Secure: add Secure',
    explanation: `${theCookie(name)} asks to be sent from other sites too, and browsers accept that only from lines marked \`Secure\`. ${
      https
        ? 'The answer came over https, so adding it costs nothing. If the server means to add it and does not: behind a proxy it may believe that it is on http.'
        : 'The answer came over plain http, so it needs https as well.'
    }`,
  }),
  part: ({ span }) => span,
  remedies: ({ https, host }): Action[] => [
    { action: 'set-attribute', attribute: 'Secure' },
    ...(https ? [] : [{ action: 'use-https', host, who: 'server' } as const]),
  ],
})
