import type { Span } from '../../cookie/parse.ts'
import { isSecureUrl } from '../../cookie/site.ts'
import type { Action } from '../../remedies/action.ts'
import { theCookie } from '../../remedies/words.ts'
import { occasion } from '../occasion.ts'
import { block, defineSetRule, pass } from '../rule.ts'

const transport = {
  https:
    'The answer came over https, so adding it costs nothing. A server behind a proxy may leave it out in the belief that it is on http: let the proxy send `X-Forwarded-Proto: https` and the server trust it (in Express: `trust proxy`).',
  http: 'The answer came over plain http, so it needs https as well.',
  'local http': 'On this host the browser accepts `Secure` over plain http too, so adding it costs nothing.',
}

export default defineSetRule<{ name: string; over: 'https' | 'http' | 'local http'; host: string; span: Span }>({
  id: 'SameSiteNoneInsecure',
  operation: 'set',
  layer: 'store',
  spec: 'RFC 6265bis 5.7',
  summary: 'Chromium and Firefox accept SameSite=None from lines with Secure only.',
  on: occasion.sameSiteNone,
  evaluate: ({ read, context }, { noneNeedsSecure, localhostIsSecure }) =>
    !noneNeedsSecure || read.secure !== undefined || read.sameSite === undefined
      ? pass
      : block({
          name: read.name,
          over:
            context.url.protocol === 'https:'
              ? 'https'
              : isSecureUrl(context.url, localhostIsSecure)
                ? 'local http'
                : 'http',
          host: context.url.hostname,
          span: read.sameSite.span,
        }),
  explain: ({ name, over }) => ({
    title: 'SameSite=None needs Secure: add Secure',
    explanation: `${theCookie(name)} asks to be sent from other sites too, and Chromium and Firefox accept that only from lines marked \`Secure\`. ${transport[over]}`,
  }),
  part: ({ span }) => span,
  remedies: ({ over, host }): Action[] => [
    { action: 'set-attribute', attribute: 'Secure' },
    ...(over !== 'http' ? [] : [{ action: 'use-https', host, who: 'server' } as const]),
  ],
})
