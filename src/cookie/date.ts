import { isDigit } from './bytes.ts'

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const monthOf = new Map(months.map((name, index) => [name, index]))

const colon = 0x3a

/** Delimiters of a cookie-date (RFC 6265bis 5.1.1). Bytes above 0x7F are none. */
const isDelimiter = (code: number): boolean =>
  (code >= 0x20 && code <= 0x2f) ||
  (code >= 0x3b && code <= 0x40) ||
  (code >= 0x5b && code <= 0x60) ||
  (code >= 0x7b && code <= 0x7e) ||
  code === 0x09

/** Chromium clips instead of rejecting years outside of what its clock can hold. */
const lastYear = 30827

interface DateFields {
  day: number
  /** 0 is January. */
  month: number
  year: number
  clock: Clock
}

/**
 * Reads a cookie-date as Chromium does: day, month, year and time in any order, each taken once; two-digit years 70 to 99 are
 * 19xx, 0 to 69 are 20xx; a day that its month does not have, or hour 25, is no date.
 * Epoch milliseconds; null where there is no date in it. Held against the recorded cookie dates.
 */
export const parseCookieDate = (text: string): number | null => {
  const fields = usual.test(text) ? fieldsByPlace(text) : fieldsByToken(text)
  if (fields === null) return null
  const { day, month, clock } = fields
  const { hour, minute, second } = clock
  if (hour > 23 || minute > 59 || second > 59 || day < 1 || day > 31) return null
  const year = fields.year >= 100 ? fields.year : fields.year + (fields.year >= 70 ? 1900 : 2000)
  const date = Date.UTC(Math.min(year, lastYear), month, day, hour, minute, second)
  // The 31st of February is a day of March.
  return day <= 28 || new Date(date).getUTCDate() === day ? date : null
}

/** What servers send (RFC 9110 5.6.7, and the hyphens of old): read by place, which takes a third of the time. */
const usual =
  /^(?:Sun|Mon|Tue|Wed|Thu|Fri|Sat), \d\d[ -](?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[ -]\d{4} \d\d:\d\d:\d\d GMT$/

const fieldsByPlace = (text: string): DateFields => ({
  day: digitsOf(text, 5, 7),
  month: monthAt(text, 8, 11),
  year: digitsOf(text, 12, 16),
  clock: { hour: digitsOf(text, 17, 19), minute: digitsOf(text, 20, 22), second: digitsOf(text, 23, 25) },
})

/** In any order, whatever stands between. Null where one is missing. */
const fieldsByToken = (text: string): DateFields | null => {
  let day = -1
  let month = -1
  let year = -1
  let clock: Clock | null = null
  let end = 0
  while (end < text.length) {
    const start = end
    while (end < text.length && !isDelimiter(text.charCodeAt(end))) end++
    if (end === start) end++
    else if (!isDigit(text.charCodeAt(start))) {
      if (month === -1) month = monthAt(text, start, end)
    } else if (hasColon(text, start, end)) clock ??= clockOf(text, start, end)
    else if (day === -1 && end - start <= 2) day = digitsOf(text, start, end)
    else if (year === -1 && end - start <= 5) year = digitsOf(text, start, end)
  }
  return day === -1 || month === -1 || year === -1 || clock === null ? null : { day, month, year, clock }
}

/** By the first three letters of a word; -1: none. */
const monthAt = (text: string, from: number, to: number): number =>
  monthOf.get(text.slice(from, Math.min(to, from + 3)).toLowerCase()) ?? -1

const hasColon = (text: string, from: number, to: number): boolean => {
  for (let i = from; i < to; i++) if (text.charCodeAt(i) === colon) return true
  return false
}

/** The number at the start of a token; what follows it does not count. */
const digitsOf = (text: string, from: number, to: number): number => {
  let value = 0
  for (let i = from; i < to && isDigit(text.charCodeAt(i)); i++) value = value * 10 + text.charCodeAt(i) - 0x30
  return value
}

interface Clock {
  hour: number
  minute: number
  second: number
}

/** `7:8:9`, `07:28:00` and whatever behind: three numbers of one or two digits. */
const clockOf = (text: string, from: number, to: number): Clock | null => {
  const hourEnd = twoDigitsEnd(text, from, to)
  const minuteEnd = twoDigitsEnd(text, hourEnd + 1, to)
  const secondEnd = twoDigitsEnd(text, minuteEnd + 1, to)
  if (text.charCodeAt(hourEnd) !== colon || text.charCodeAt(minuteEnd) !== colon) return null
  if (minuteEnd === hourEnd + 1 || secondEnd === minuteEnd + 1) return null
  return {
    hour: digitsOf(text, from, hourEnd),
    minute: digitsOf(text, hourEnd + 1, minuteEnd),
    second: digitsOf(text, minuteEnd + 1, secondEnd),
  }
}

/** Where a number of at most two digits ends that begins at `from`. */
const twoDigitsEnd = (text: string, from: number, to: number): number => {
  let end = from
  while (end < to && end < from + 2 && isDigit(text.charCodeAt(end))) end++
  return end
}
