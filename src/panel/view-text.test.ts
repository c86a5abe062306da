import { describe, expect, it } from 'vitest'
import { bytesText, count, errorText, plainText, textRuns, typeText } from './view-text.ts'

describe('plainText', () => {
  it.each([
    ['sid', 'sid'],
    ['a\x01b\x7f', 'a\\x01b\\x7f'],
    ['tab\there', 'tab\\x09here'],
    ['\u202Etset\u202C', '\\u{202e}tset\\u{202c}'],
    ['zero\u200Bwidth\uFEFF', 'zero\\u{200b}width\\u{feff}'],
    ['line\u2028break', 'line\\u{2028}break'],
    ['\uD800alone', '\\u{d800}alone'],
    ['tag\u{E0041}', 'tag\\u{e0041}'],
    ['caf\xc3\xa9', 'café'],
    ['\xff\xfe', 'ÿþ'],
    ['café · thé', 'café · thé'],
    ['\xc2\x85', '\\x85'],
    ['日本 🍪', '日本 🍪'],
    ['<b>&amp;</b>', '<b>&amp;</b>'],
  ])('%j reads %s', (raw, shown) => {
    expect(plainText(raw)).toBe(shown)
  })
})

it('tells escapes from text that looks like one', () => {
  expect(textRuns('\\x01\x01')).toEqual([
    { text: '\\x01', escaped: false },
    { text: '\\x01', escaped: true },
  ])
})

it('counts bytes as the network carries them', () => {
  expect(bytesText('a')).toBe('1 byte')
  expect(bytesText('\xc3\xa9')).toBe('2 bytes')
  expect(bytesText('€')).toBe('3 bytes')
})

it('words', () => {
  expect(count(10_000, 'request')).toBe('10,000 requests')
  expect(errorText('net::ERR_FAILED')).toBe('ERR_FAILED')
  expect(errorText('NS_BINDING_ABORTED')).toBe('NS_BINDING_ABORTED')
  expect(errorText(undefined)).toBe('failed')
  expect(typeText('xmlhttprequest')).toBe('fetch or XHR')
  expect(typeText('object_subrequest')).toBe('object subrequest')
})
