import { describe, expect, it } from 'vitest'
import { parseCookieDate } from './date.ts'

const iso = (text: string): string | null => {
  const time = parseCookieDate(text)
  return time === null ? null : new Date(time).toISOString()
}

describe('a cookie-date', () => {
  it.each([
    ['Wed, 21 Oct 2037 07:28:00 GMT', '2037-10-21T07:28:00.000Z'],
    ['Wednesday, 21-Oct-37 07:28:00 GMT', '2037-10-21T07:28:00.000Z'],
    ['Wed Oct 21 07:28:00 2037', '2037-10-21T07:28:00.000Z'],
    // In any order, with any delimiters, each token taken once.
    ['07:28:00 2037 oct 21', '2037-10-21T07:28:00.000Z'],
    ['(21)//OCTOBER..2037\t07:28:00', '2037-10-21T07:28:00.000Z'],
    ['1 2 Jan 2037 1:2:3 4:5:6 Feb', '2002-01-01T01:02:03.000Z'],
    ['21 Oct 2037 7:8:9', '2037-10-21T07:08:09.000Z'],
    ['21 Oct 2037 07:28:00junk', '2037-10-21T07:28:00.000Z'],
    // Zones are not read.
    ['Wed, 21 Oct 2037 07:28:00 +0500', '2037-10-21T07:28:00.000Z'],
    ['Wed, 21 Oct 2037 07:28:00 PST', '2037-10-21T07:28:00.000Z'],
    // Two-digit years.
    ['21 Oct 70 07:28:00', '1970-10-21T07:28:00.000Z'],
    ['21 Oct 99 07:28:00', '1999-10-21T07:28:00.000Z'],
    ['21 Oct 00 07:28:00', '2000-10-21T07:28:00.000Z'],
    ['21 Oct 69 07:28:00', '2069-10-21T07:28:00.000Z'],
    ['29 Feb 2028 00:00:00', '2028-02-29T00:00:00.000Z'],
    ['Thu, 01 Jan 1970 00:00:00 GMT', '1970-01-01T00:00:00.000Z'],
    ['01 Jan 1601 00:00:00', '1601-01-01T00:00:00.000Z'],
    ['31 Dec 9999 23:59:59', '9999-12-31T23:59:59.000Z'],
    ['31 Dec 99999 23:59:59', '+030827-12-31T23:59:59.000Z'],
  ])('%j', (text, expected) => expect(iso(text)).toBe(expected))
})

describe('no cookie-date', () => {
  it.each([
    '',
    '0',
    '-1',
    'tomorrow',
    'Wed, 21 Oct 2037',
    '21 2037 07:28:00',
    'Oct 2037 07:28:00',
    '21 Oct 07:28:00',
    '21 Oct 2037 07:28',
    '31 Feb 2037 07:28:00',
    '29 Feb 2027 00:00:00',
    '32 Oct 2037 07:28:00',
    '0 Oct 2037 07:28:00',
    '21 Oct 2037 24:00:00',
    '21 Oct 2037 25:28:00',
    '21 Oct 2037 07:60:00',
    '21 Oct 2037 07:28:60',
    '2037-10-21T07:28:00Z',
    '1795219200',
    '21\u00e9Oct 2037 07:28:00',
  ])('%j', (text) => expect(parseCookieDate(text)).toBeNull())
})

it('takes linear time', () => {
  const start = performance.now()
  for (const text of ['1'.repeat(1e6), '1 '.repeat(5e5), ':'.repeat(1e6), 'jan'.repeat(3e5)]) parseCookieDate(text)
  expect(performance.now() - start).toBeLessThan(5000)
})
