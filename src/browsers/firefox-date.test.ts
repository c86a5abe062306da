import { expect, it } from 'vitest'
import { parseFirefoxDate } from './firefox-date.ts'

const iso = (text: string): string | null => {
  const date = parseFirefoxDate(text)
  return date === null ? null : new Date(date).toISOString().replace('.000Z', '')
}

it.each([
  ['Wed, 21 Oct 2037 07:28:00 GMT', '2037-10-21T07:28:00'],
  ['Wednesday, 21-Oct-37 07:28:00 GMT', '2037-10-21T07:28:00'],
  ['Wed Oct 21 07:28:00 2037', '2037-10-21T07:28:00'],
  ['21 oct 2037', '2037-10-21T00:00:00'],
  ['21 Oct 37 7:28', '2037-10-21T07:27:12'],
  ['21 Oct 37 7:28:', '2037-10-21T07:27:12'],
  ['21 Oct 94', '1994-10-21T00:00:00'],
  // Beyond the range they run over.
  ['31 Feb 2037 25:61:61', '2037-03-04T02:02:01'],
  ['0 Oct 2037', '2037-09-30T00:00:00'],
  ['21 Oct 2037 07:28:00 PST', '2037-10-21T15:28:00'],
  ['21 Oct 2037 07:28:00 EDT', '2037-10-21T11:28:00'],
  ['21 Oct 2037 07:28:00 +0130', '2037-10-21T05:58:00'],
  ['21 Oct 2037 07:28:00 GMT-5', '2037-10-21T12:28:00'],
  ['21 Oct 2037 07:28:00 -12', '2037-10-21T19:28:00'],
  // An offset of three digits is none, and behind a named zone neither.
  ['21 Oct 2037 07:28:00 +013', '2037-10-21T07:28:00'],
  ['21 Oct 2037 07:28:00 PST+0100', '2037-10-21T15:28:00'],
  ['21 Oct 2037 10:59 pm', '2037-10-21T22:58:44'],
  ['21 Oct 2037 12:59:00am', '2037-10-21T00:59:00'],
  ['21 Oct 2037 12:59:00 PM', '2037-10-21T12:59:00'],
  ['06/21/95', '1995-06-21T00:00:00'],
  ['21/06/1995 04:24:34', '1995-06-21T04:24:34'],
  ['95-06-21', '1995-06-21T00:00:00'],
  ['Wed, 21-Oct-2037 07:28:00 UT', '2037-10-21T07:28:00'],
  ['21 Oct 0094', '0094-10-21T00:00:00'],
  ['(21) [Oct]; 2037', '2037-10-21T00:00:00'],
  // Four digits are a year, and the first of each kind counts.
  ['21 22 Oct Nov 2037 2038', '2022-10-21T00:00:00'],
])('reads %j as %s', (text, expected) => expect(iso(text)).toBe(expected))

it.each([
  '',
  'tomorrow',
  'Oct 2037',
  '21 2037 07:28:00',
  '21 Oct',
  '21 Oct 99999',
  '13/13/2037',
  '1995-06-22',
  '21 Oct 203',
  '21st Oct 2037',
])('finds no date in %j', (text) => expect(parseFirefoxDate(text)).toBeNull())

it.each(['1', 'a', '-', '+', ':', '1:', '1-', '1/1/', ' ', ','])('is linear in %j', (piece) => {
  expect(parseFirefoxDate(piece.repeat(1_000_000))).toBeNull()
})
