import { describe, expect, it } from 'vitest'
import { byteLength, decodeUtf8, encodeUtf8, sameBytes } from '../cookie/bytes.ts'
import { Placeholders } from './placeholder.ts'
import { Random } from './testing/random.ts'

const of = async (...secrets: string[]) => {
  const placeholders = await Placeholders.of(secrets)
  return secrets.map((secret) => placeholders.placeholder(secret))
}

describe('form', () => {
  it.each<[string, string, RegExp]>([
    ['nothing', '', /^$/],
    ['one character', 'a', /^[\dA-Za-z]$/],
    ['two characters', 'ab', /^[\dA-Za-z]{2}$/],
    ['three characters', 'abc', /^~[\dA-Za-z]{2}$/],
    ['seven characters', 'hunter2', /^~[\dA-Za-z]{6}$/],
    ['too short for both', 'abcdefghijkl', /^~[\dA-Za-z]{8}~~~$/],
    ['room for length and hash', 'abcdefghijklm', /^~13b~[\dA-Za-z]{8}$/],
    ['longer', 'x'.repeat(5000), /^~5000b~[\dA-Za-z]{8}~{4985}$/],
    ['equals signs stay', 'a=b==', /^[^=]=[^=]==$/],
    ['quotes stay', '"abcdef"', /^"~[\dA-Za-z]{5}"$/],
    ['inner white space stays', 'abc def\tghi', /^[^\s]{3} [^\s]{3}\t[^\s]{3}$/],
    ['controls stay', 'ab\x00cd\x7fef\x1f', /^(?:\P{Cc}{2}\p{Cc}){3}$/u],
    ['a prefix stays', '__Secure-abc', /^__Secure-~[\dA-Za-z]{2}$/],
    ['whatever its letters', '__hOsT-htTp-abc', /^__hOsT-htTp-~[\dA-Za-z]{2}$/],
    ['a fold stays', 'abc, other=def', /^~[\dA-Za-z]{2}, other=[\dA-Za-z]{3}$/],
    ['a comma does not', 'abc,other=def', /^~[^,]{8}=[^,]{3}$/],
    ['only punctuation', '= ="', /^= ="$/],
  ])('%s', async (_name, secret, expected) => {
    const [text] = await of(secret)
    expect(text).toMatch(expected)
    expect(text).toHaveLength(secret.length)
  })

  it('does not begin like a prefix by chance', async () => {
    const texts = await of(...Array.from({ length: 2000 }, (_, i) => `_${i}`))
    expect(texts.filter((text) => text.startsWith('_'))).toEqual([])
  })
})

describe('encodings', () => {
  it.each([
    ['two bytes', 'caffè'],
    ['three bytes', '日本語のセッション'],
    ['four bytes', '🍪🍪abc🍪'],
    ['mixed', 'aé日🍪z'],
  ])('%s: the header and the store keep the same bytes', async (_name, text) => {
    const bytes = encodeUtf8(text)
    const [inHeader = '', inStore = ''] = await of(bytes, text)
    expect(inHeader).toHaveLength(bytes.length)
    expect(inStore).toHaveLength(text.length)
    expect(inHeader).not.toBe(bytes)
    expect(sameBytes(inHeader, inStore)).toBe(true)
    expect(decodeUtf8(inHeader)).not.toBeNull()
    expect(byteLength(inHeader)).toBe(byteLength(bytes))
  })

  it.each([
    '\xff',
    'a\x80b',
    '\xe2\x82',
    '\xc3\x28',
    '\xe9t\xe9',
    '\xf0\x9f\x8d\xaa\xff',
    '\xc3\xa9\xa9',
    '\xff\xc3\xa9',
  ])('bytes that are not UTF-8 stay so: %j', async (bytes) => {
    const [text = ''] = await of(bytes)
    expect(text).toHaveLength(bytes.length)
    expect(byteLength(text)).toBe(bytes.length)
    expect(decodeUtf8(text)).toBeNull()
  })

  it('a lone surrogate', async () => {
    const [text = ''] = await of('日\ud800x')
    expect(text).toHaveLength(3)
    expect(byteLength(text)).toBe(byteLength('日\ud800x'))
  })
})

describe('identity', () => {
  it('same secret, same placeholder; another, another', async () => {
    const secrets = Array.from({ length: 1000 }, (_, i) => `s${i}`)
    const placeholders = await Placeholders.of(secrets)
    const texts = secrets.map((secret) => placeholders.placeholder(secret))
    expect(new Set(texts).size).toBe(1000)
    expect(secrets.map((secret) => placeholders.placeholder(secret))).toEqual(texts)
  })

  it('is none of the secrets', async () => {
    const secrets = [...'0123456789'].flatMap((a) => [a, ...[...'0123456789'].map((b) => a + b)])
    const texts = await of(...secrets)
    expect(texts.filter((text) => secrets.includes(text))).toEqual([])
    expect(new Set(texts).size).toBe(secrets.length)
  })

  it('differs from report to report', async () => {
    const secret = 'a session id of some length'
    expect(await of(secret)).not.toEqual(await of(secret))
  })

  it('takes more secrets than there are placeholders of their length', async () => {
    const random = new Random(1)
    const secrets = Array.from({ length: 5000 }, () => random.text('abcdefghijklmnopqrstuvwxyz!#$%&()*+-./:<>?@[]', 2))
    const texts = await of(...secrets)
    expect(texts.every((text) => text.length === 2)).toBe(true)
  })
})

it('keeps length, bytes, encoding and what the rules read, whatever the secret', async () => {
  const random = new Random(42)
  const alphabets = [
    'abcXYZ019',
    'ab=" \t',
    'a\x01\x7f',
    'aé日🍪',
    '\x80\xc3\xa9\xffa',
    '~0b',
    ',= ab',
    '__Secure-Host',
  ]
  const secrets = Array.from({ length: 3000 }, () => random.text(random.pick(alphabets), random.integer(40)))
  const placeholders = await Placeholders.of(secrets)
  const keep = /[\0-\x20\x7f="]/
  for (const secret of secrets) {
    const text = placeholders.placeholder(secret)
    expect(text).toHaveLength(secret.length)
    expect(byteLength(text)).toBe(byteLength(secret))
    expect(decodeUtf8(text) === null).toBe(decodeUtf8(secret) === null)
    for (let i = 0; i < secret.length; i++) {
      if (keep.test(secret.charAt(i))) expect(text.charAt(i)).toBe(secret.charAt(i))
      else if (!/,/.test(secret)) expect(keep.test(text.charAt(i))).toBe(false)
    }
    const prefix = /^__(?:host-http|secure|host|http)-/i
    expect(prefix.exec(text)?.[0]).toBe(prefix.exec(secret)?.[0])
  }
})
