import { describe, expect, it } from 'vitest'
import { byteLength, decodeUtf8, encodeUtf8, isControl, sameBytes } from './bytes.ts'

describe('byteLength', () => {
  it.each([
    ['', 0],
    ['abc', 3],
    ['\u00c3\u00a9', 2],
    ['\u00e9', 1],
    // Above U+00FF it is no byte string, and is sent as UTF-8.
    ['\u20ac', 3],
    ['\u00e9\u20ac', 5],
    ['\u{1f36a}', 4],
    ['\ud800', 3],
  ])('of %j is %i', (text, bytes) => expect(byteLength(text)).toBe(bytes))
})

describe('decodeUtf8', () => {
  it.each([
    ['plain', 'plain'],
    ['caf\u00c3\u00a9', 'caf\u00e9'],
    ['\u00ef\u00bb\u00bfx', '\ufeffx'],
    ['caf\u00e9', null],
    ['\u00c3', null],
    ['\u00ed\u00a0\u0080', null],
    ['\u20ac', '\u20ac'],
  ])('of %j is %j', (bytes, text) => expect(decodeUtf8(bytes)).toBe(text))
})

describe('encodeUtf8', () => {
  it.each(['plain', 'caf\u00e9', '\u20ac', '\u{1f36a}'])('of %j is read back', (text) => {
    expect(decodeUtf8(encodeUtf8(text))).toBe(text)
  })
})

describe('sameBytes', () => {
  it.each([
    ['abc', 'abc', true],
    ['caf\u00e9', 'caf\u00c3\u00a9', true],
    ['caf\u00c3\u00a9', 'caf\u00e9', true],
    ['\u00e9', '\u00e9', true],
    ['abc', 'abd', false],
    ['abc', 'ABC', false],
    ['caf\u00e9', 'cafe', false],
    ['', '\u00e9', false],
  ])('of %j and %j: %s', (a, b, same) => expect(sameBytes(a, b)).toBe(same))
})

describe('isControl', () => {
  it.each([0x00, 0x09, 0x1f, 0x7f])('%i is one', (code) => expect(isControl(code)).toBe(true))
  it.each([0x20, 0x7e, 0x80, 0x9f, 0xff])('%i is none', (code) => expect(isControl(code)).toBe(false))
})
