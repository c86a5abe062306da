const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

const time = /^(\d{1,2}):(\d{1,2}):(\d{1,2})/

/** Delimiters of a cookie-date (RFC 6265bis 5.1.1). Bytes above 0x7F are none. */
const isDelimiter = (code: number): boolean =>
  code === 0x09 ||
  (code >= 0x20 && code <= 0x2f) ||
  (code >= 0x3b && code <= 0x40) ||
  (code >= 0x5b && code <= 0x60) ||
  (code >= 0x7b && code <= 0x7e)

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
  let clock: RegExpExecArray | null = null
  let end = 0
  while (end < text.length) {
    const start = end
    while (end < text.length && !isDelimiter(text.charCodeAt(end))) end++
    if (end === start) {
      end++
      continue
    }
    const first = text.charCodeAt(start)
    if (first < 0x30 || first > 0x39) {
      if (month === null) {
        const index = months.indexOf(text.slice(start, Math.min(end, start + 3)).toLowerCase())
        if (index !== -1) month = index
      }
      continue
    }
    const token = text.slice(start, end)
    if (token.includes(':')) clock ??= time.exec(token)
    else if (day === null && token.length <= 2) day = Number.parseInt(token, 10)
    else if (year === null && token.length <= 5) year = Number.parseInt(token, 10)
  }
  if (day === null || month === null || year === null || clock === null) return null
  if (year >= 70 && year <= 99) year += 1900
  else if (year <= 69) year += 2000
  const [hour, minute, second] = [Number(clock[1]), Number(clock[2]), Number(clock[3])]
  if (hour > 23 || minute > 59 || second > 59 || day < 1 || day > 31) return null
  const date = Date.UTC(Math.min(year, lastYear), month, day, hour, minute, second)
  // The 31st of February is a day of March.
  return new Date(date).getUTCDate() === day ? date : null
}
