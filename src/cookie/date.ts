const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** Delimiters of a cookie-date (RFC 6265bis 5.1.1). Bytes above 0x7F are none. */
const delimiters = /[\t\x20-\x2f\x3b-\x40\x5b-\x60\x7b-\x7e]+/
const time = /^(\d{1,2}):(\d{1,2}):(\d{1,2})/

/** Chromium clips instead of rejecting years outside of what its clock can hold. */
const lastYear = 30827

/**
 * Reads a cookie-date as Chromium does: day, month, year and time in any order, each taken once; two-digit years 70 to 99 are
 * 19xx, 0 to 69 are 20xx; a day that its month does not have, or hour 25, is no date.
 * Epoch milliseconds; null where there is no date in it. Held against the recorded cookie dates.
 */
export const parseCookieDate = (text: string): number | null => {
  let day: number | null = null
  let month: number | null = null
  let year: number | null = null
  let clock: [number, number, number] | null = null
  for (const token of text.split(delimiters)) {
    if (token === '') continue
    if (!/^\d/.test(token)) {
      if (month === null) {
        const index = months.indexOf(token.slice(0, 3).toLowerCase())
        if (index !== -1) month = index
      }
    } else if (token.includes(':')) {
      const match: RegExpExecArray | null = clock === null ? time.exec(token) : null
      if (match) clock = [Number(match[1]), Number(match[2]), Number(match[3])]
    } else if (day === null && token.length <= 2) {
      day = Number.parseInt(token, 10)
    } else if (year === null && token.length <= 5) {
      year = Number.parseInt(token, 10)
    }
  }
  if (day === null || month === null || year === null || clock === null) return null
  if (year >= 70 && year <= 99) year += 1900
  else if (year <= 69) year += 2000
  const [hour, minute, second] = clock
  if (hour > 23 || minute > 59 || second > 59 || day < 1 || day > 31) return null
  if (year > lastYear) year = lastYear
  const date = new Date(0)
  date.setUTCFullYear(year, month, day)
  date.setUTCHours(hour, minute, second)
  return date.getUTCDate() === day && date.getUTCMonth() === month ? date.getTime() : null
}
