import { isAlpha, isDigit } from '../cookie/bytes.ts'

const zero = 0x30
const colon = 0x3a
const minus = 0x2d
const slash = 0x2f

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const monthOf = new Map(months.map((name, index) => [name, index]))

/** Minutes east of Greenwich of the zones that it knows by name; `ut` stands for Greenwich too. */
const zones = new Map(
  Object.entries({ pst: -480, pdt: -420, mst: -420, mdt: -360, cst: -360, cdt: -300, est: -300, edt: -240 }).concat(
    Object.entries({ ast: -240, nst: -210, gmt: 0, bst: 60, met: 60, eet: 120, jst: 540 }),
  ),
)

const skipped = ' \t,;/()[]'
const tokenEnds = `${skipped}-+`

/** How many tokens it looks at before it gives up. */
const tokenLimit = 1000
const lastYear = 32_767

/** What has been found so far; null: not yet. */
interface Found {
  day: number | null
  month: number | null
  year: number | null
  time: { hour: number; minute: number; second: number } | null
  /** Minutes east, of a zone's name. */
  zone: number | null
  /** Minutes east, of an offset in digits. */
  offset: number | null
}

/**
 * Reads a cookie-date as Firefox does, whose parser (NSPR's PR_ParseTimeString) is older than the standard: a missing time is
 * midnight, numbers beyond their range run over (hour 25, 31 February), zones count, `06/21/95` and AM/PM are
 * understood. Without a zone it is GMT. Linear in the length of the text.
 * Epoch milliseconds; null where there is no date in it. Held against the recorded cookie dates and a real Firefox 153.
 */
export const parseFirefoxDate = (text: string): number | null => {
  const found: Found = { day: null, month: null, year: null, time: null, zone: null, offset: null }
  let at = 0
  for (let token = 0; at < text.length; token++) {
    if (token > tokenLimit) return null
    at = readToken(text, at, found)
    while (at < text.length && !tokenEnds.includes(text.charAt(at))) at++
    at = skip(text, at, found)
  }
  return dateOf(found)
}

const dateOf = ({ day, month, year, time, zone, offset }: Found): number | null => {
  if (day === null || month === null || year === null || year > lastYear) return null
  const date = new Date(0)
  // `Date.UTC` takes years below 100 for those of the last century.
  date.setUTCFullYear(year, month, day)
  date.setUTCHours(time?.hour ?? 0, time?.minute ?? 0, time?.second ?? 0)
  return date.getTime() - (offset ?? zone ?? 0) * 60_000
}

/** Over what stands between tokens. A hyphen does too where no digit follows, or behind a letter while there is no year. */
const skip = (text: string, from: number, { year }: Found): number => {
  let at = from
  for (;;) {
    while (at < text.length && skipped.includes(text.charAt(at))) at++
    if (text.charCodeAt(at) !== minus) return at
    const isInside = at > 0 && isAlpha(text.charCodeAt(at - 1)) && year === null
    if (!isInside && isDigit(text.charCodeAt(at + 1))) return at
    at++
  }
}

/** Takes in what a token says; gives where its rest begins. */
const readToken = (text: string, at: number, found: Found): number => {
  const code = text.charCodeAt(at)
  if (isDigit(code)) return readNumber(text, at, found)
  if (code === minus || text.charAt(at) === '+') return readOffset(text, at, found)
  readWord(text.slice(at, at + 3).toLowerCase(), found)
  return at
}

const readWord = (word: string, found: Found): void => {
  const month = monthOf.get(word)
  if (month !== undefined) found.month ??= month
  const zone = word.startsWith('ut') && !isAlpha(word.charCodeAt(2)) ? 0 : zones.get(word)
  if (zone !== undefined) found.zone ??= zone
}

/** `+0130`, `-8`: behind a zone's name it counts for Greenwich only. */
const readOffset = (text: string, at: number, found: Found): number => {
  const from = at + 1
  if (found.offset !== null || (found.zone !== null && found.zone !== 0)) return from
  const to = digitsEnd(text, from)
  const digits = text.slice(from, to)
  const minutes =
    digits.length === 4
      ? Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2))
      : digits.length === 1 || digits.length === 2
        ? Number(digits) * 60
        : null
  if (minutes !== null) {
    found.offset = text.charCodeAt(at) === minus ? -minutes : minutes
    found.zone = 0
  }
  return from
}

const readNumber = (text: string, at: number, found: Found): number => {
  const end = digitsEnd(text, at)
  const next = text.charCodeAt(end)
  if (next === colon) return readTime(text, at, found)
  if ((next === slash || next === minus) && isDigit(text.charCodeAt(end + 1))) return readNumericDate(text, at, found)
  if (!isAlpha(next)) readPlainNumber(text.slice(at, end), found)
  return at
}

/** Four or five digits are a year; one or two the day, and behind the day a year. */
const readPlainNumber = (digits: string, found: Found): void => {
  const number = Number(digits)
  if (digits.length === 4 || digits.length === 5) found.year ??= number
  else if (digits.length === 1) found.day ??= number
  else if (digits.length === 2) {
    if (found.day === null && number < 32) found.day = number
    else found.year ??= fullYear(number)
  }
}

const fullYear = (year: number): number => (year < 70 ? year + 2000 : year < 100 ? year + 1900 : year)

/** `7:28`, `07:28:00`, `10:59 pm`. */
const readTime = (text: string, at: number, found: Found): number => {
  if (found.time !== null) return at
  const hourEnd = digitsEnd(text, at)
  if (hourEnd - at > 2) return at
  const minuteStart = hourEnd + 1
  const minuteEnd = digitsEnd(text, minuteStart)
  if (minuteEnd === minuteStart || minuteEnd - minuteStart > 2) return minuteStart
  const secondStart = text.charCodeAt(minuteEnd) === colon ? minuteEnd + 1 : minuteEnd
  const secondEnd = digitsEnd(text, secondStart)
  if (secondEnd - secondStart > 2) return secondStart
  found.time = {
    hour: twelveHours(Number(text.slice(at, hourEnd)), text, secondEnd),
    minute: Number(text.slice(minuteStart, minuteEnd)),
    // Where no digit stands it takes the next character, or the end, for one.
    second:
      secondEnd === secondStart
        ? (secondStart < text.length ? text.charCodeAt(secondStart) : 0) - zero
        : Number(text.slice(secondStart, secondEnd)),
  }
  return secondEnd
}

const twelveHours = (hour: number, text: string, from: number): number => {
  let at = from
  while (text.charAt(at) === ' ' || text.charAt(at) === '\t') at++
  const half = hour <= 12 ? text.slice(at, at + 2).toLowerCase() : ''
  if (half === 'pm') return hour === 12 ? 12 : hour + 12
  return half === 'am' && hour === 12 ? 0 : hour
}

const numericDate = /^(\d{1,2})[/-](\d{1,2})[/-](\d{4,5}|\d{1,2})(?![0-9A-Za-z])/

/** `06/21/95`, `21-6-1995`, `95-06-21`; months first where both could be one. */
const readNumericDate = (text: string, at: number, found: Found): number => {
  if (found.month !== null) return at
  // The longest match: 16 characters and the one behind.
  const match = numericDate.exec(text.slice(at, at + 13))
  if (match === null) return at
  const [whole, ...digits] = match
  const [first = 0, second = 0, third = 0] = digits.map(Number)
  const end = at + whole.length
  if (first > 31 || first === 0) {
    if (second > 12 || third > 31) return at
    found.year = fullYear(first)
    found.month = second - 1
    found.day = third
    return end
  }
  if (first > 12 && second > 12) return end
  found.year = fullYear(third)
  found.month = (first > 12 ? second : first) - 1
  found.day = first > 12 ? first : second
  return end
}

const digitsEnd = (text: string, from: number): number => {
  let end = from
  while (end < text.length && isDigit(text.charCodeAt(end))) end++
  return end
}
