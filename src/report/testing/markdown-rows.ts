import type { Diagnosis, ReportExchange } from '../../contract.ts'
import { toMarkdown } from '../markdown.ts'
import { toReport } from '../report.ts'
import { cookieOf, exchangeOf, inputOf, lineOf, observedOf, reasonOf } from './build.ts'
export const LINE = 'sid=abcdef; Path=/; SameSite=None'
export const insecure = reasonOf('SameSiteNoneInsecure', {
  title: 'SameSite=None needs Secure',
  explanation: '`sid` asks to be sent from other sites.',
  part: { start: 20, end: 33 },
  fix: { setCookie: `${LINE}; Secure`, notes: ['Serve it over https.'] },
})
export const dropped = exchangeOf({
  verdict: {
    setCookies: [{ line: LINE, cookie: null, outcome: 'blocked', reasons: [insecure], warnings: [] }],
    cookies: [],
  },
  observed: [observedOf()],
})
export const withheld = exchangeOf({
  id: '2',
  url: 'https://api.shop.test/account?tab=orders',
  method: 'GET',
  resourceType: 'main_frame',
  initiator: null,
  frames: [],
  verdict: {
    setCookies: [],
    cookies: [
      {
        cookie: cookieOf('sid', 'x', { sameSite: 'strict' }),
        outcome: 'blocked',
        reasons: [reasonOf('SchemefulSameSiteStrict', { title: 'Strict is withheld here' })],
      },
    ],
  },
  observed: [observedOf({ operation: 'send', evidence: 'it is not in the Cookie header' })],
})
export const healthy = exchangeOf({
  id: '3',
  verdict: {
    setCookies: [lineOf('sid=abc; Path=/')],
    cookies: [{ cookie: cookieOf('sid', 'abc'), outcome: 'sent', reasons: [] }],
  },
  observed: [observedOf(), observedOf({ operation: 'send' })],
})

export const markdownOf = async (entries: readonly ReportExchange[], redact = true, diagnoses: Diagnosis[] = []) =>
  toMarkdown(await toReport(inputOf(entries, { diagnoses }), { redact }))
