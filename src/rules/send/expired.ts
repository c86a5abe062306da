import { isExpired } from '../../cookie/store.ts'
import { code, theCookie } from '../../remedies/words.ts'
import { block, defineSendRule, pass } from '../rule.ts'

export default defineSendRule<{ name: string; at: number }>({
  id: 'Expired',
  operation: 'send',
  spec: 'RFC 6265bis 5.7 (expired cookies)',
  summary: 'A cookie whose time is over is not sent.',
  evaluate: ({ cookie, exchange }) =>
    isExpired(cookie, exchange.time) ? block({ name: cookie.name, at: (cookie.expirationDate ?? 0) * 1000 }) : pass,
  explain: ({ name, at }) => ({
    title: 'The cookie has expired: set it again, or for longer',
    explanation: `${theCookie(name)} expired at ${code(dateText(at))}, before this request.`,
  }),
  remedies: () => [],
})

/** `Date` holds less than a double does. */
const dateText = (time: number): string => {
  const date = new Date(time)
  return Number.isNaN(date.getTime())
    ? 'a time out of range'
    : `${date.toISOString().slice(0, 19).replace('T', ' ')} UTC`
}
