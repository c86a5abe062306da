import type { Report } from '../../contract.ts'
import { toReport } from '../report.ts'
import { cookieOf, exchangeOf, gapOf, inputOf, lineOf, observedOf, reasonOf, storeWriteOf } from './build.ts'
import { diagnosisOf, snippetOf, storyOf } from './story.ts'

/** A report in which every field of the contract is filled. */
export const fullReport = (redact = true): Promise<Report> => {
  const cookie = cookieOf('sid', 'abc', {
    expirationDate: 1_800_000_000,
    partitionKey: { topLevelSite: 'https://shop.test', hasCrossSiteAncestor: false },
    creation: 1_795_000_000_000,
  })
  const line = 'sid=abc; SameSite=None'
  const { change: _, ...stackLines } = snippetOf('s')
  const reason = reasonOf('SameSiteNoneInsecure', {
    part: { start: 9, end: 22 },
    fix: { setCookie: `${line}; Secure`, notes: ['Set `Secure` on the cookie.'], snippets: [stackLines] },
  })
  return toReport(
    inputOf(
      [
        exchangeOf({
          redirectChain: ['https://shop.test/'],
          credentials: 'include',
          requestHeaders: [{ name: 'Cookie', value: 'sid=abc' }],
          responseHeaders: [{ name: 'Set-Cookie', value: line }],
          verdict: {
            setCookies: [
              { line, cookie: null, outcome: 'blocked', reasons: [reason], warnings: [] },
              lineOf(line, { cookie, warnings: [reason] }),
            ],
            cookies: [{ cookie, outcome: 'blocked', reasons: [reason] }],
          },
          observed: [observedOf({ cookie })],
          fromCache: true,
          error: 'net::ERR_FAILED',
        }),
      ],
      {
        storeWrites: [storeWriteOf({ cookie })],
        gaps: [gapOf({ exchanges: 3, storeWrites: 2, kind: 'capacity' }), gapOf({ id: 'g2', to: null })],
        diagnoses: [diagnosisOf('t', { snippets: [snippetOf('s')] })],
        story: { ...storyOf('s'), arrowsLeftOut: 2 },
      },
    ),
    { redact },
  )
}
