import { byteLength, decodeUtf8 } from '../cookie/bytes.ts'

/**
 * What stands in a report instead of a secret.
 *
 * Always of the secret's own length, in characters and in bytes: so every offset into a line still points right, and
 * every rule about sizes says the same. Written over the secret from left to right:
 *
 *     ~312b~4kT9xQ2a~~~~…      its length in bytes, a hash, filled up: where there is room for both
 *     ~4kT9xQ2                 3 characters and more: a mark and as much of the hash as fits; the length is its own
 *     4k                       1 or 2 characters: hash alone
 *
 * The hash is HMAC-SHA-256 under a key that is made for one report and forgotten. One report gives one secret one
 * placeholder, and two secrets two, as long as there are enough of that length.
 *
 * Some characters are left in place, because rules read them and they tell next to nothing: white space, control
 * characters, `=`, `"`, a `__Secure-` or its like at the start, and `, name=` inside (two lines folded into one).
 * A character of two, three or four bytes in UTF-8 becomes another of as many, and a byte that is not UTF-8 another that
 * is not: valid stays valid, invalid stays invalid, and a header's bytes still spell what the store's text does.
 */

/** `~` and base 62: all that a placeholder is spelled with. The index picks the stand-in of other than ASCII. */
const SYMBOLS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz~'
const FILL = '~'
const HASH_LENGTH = 8
/** Beyond so many tries two secrets of one length may share a placeholder: only thousands of 1 or 2 characters do. */
const MOST_TRIES = 4000

const PREFIX = /^__(?:host-http|secure|host|http)-/i
const FOLD = /,[ \t]+[!#$%&'*+.^_`|~0-9A-Za-z-]+=/y
const KEPT = /[\0-\x20\x7f="]/y
const TWO_BYTES = /[\xc2-\xdf][\x80-\xbf]/y
const THREE_BYTES = /(?:\xe0[\xa0-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]|\xed[\x80-\x9f])[\x80-\xbf]/y
const FOUR_BYTES = /(?:\xf0[\x90-\xbf]|[\xf1-\xf3][\x80-\xbf]|\xf4[\x80-\x8f])[\x80-\xbf]{2}/y

type Alphabet = (symbol: number) => string
const ascii: Alphabet = (symbol) => SYMBOLS.charAt(symbol)
/** À to ÿ: as a lone byte never valid in UTF-8 here, as no byte of 80 to BF is ever written after it. */
const latin: Alphabet = (symbol) => String.fromCodePoint(0xc0 + symbol)
const braille: Alphabet = (symbol) => String.fromCodePoint(0x2800 + symbol)
const mathematical: Alphabet = (symbol) => String.fromCodePoint(0x1d400 + symbol)
const asBytes =
  (alphabet: Alphabet): Alphabet =>
  (symbol) =>
    String.fromCharCode(...utf8.encode(alphabet(symbol)))

const utf8 = new TextEncoder()
const bytesOfLatin = asBytes(latin)
const bytesOfBraille = asBytes(braille)
const bytesOfMathematical = asBytes(mathematical)

/** A piece of a secret: kept as it is, or a slot that one symbol fills. */
type Piece = string | Alphabet

function piecesOf(secret: string): Piece[] {
  const pieces: Piece[] = []
  const isBytes = byteLength(secret) === secret.length
  let at = PREFIX.exec(secret)?.[0].length ?? 0
  if (at > 0) pieces.push(secret.slice(0, at))
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at
    return pattern.exec(secret)?.[0]
  }
  while (at < secret.length) {
    const kept = take(KEPT) ?? (secret[at] === ',' ? take(FOLD) : undefined)
    const [length, piece] = kept ? ([kept.length, kept] as const) : isBytes ? byteSlot(take) : textSlot(secret, at)
    pieces.push(piece)
    at += length
  }
  return pieces
}

function byteSlot(take: (pattern: RegExp) => string | undefined): readonly [length: number, slot: Alphabet] {
  if (take(TWO_BYTES)) return [2, bytesOfLatin]
  if (take(THREE_BYTES)) return [3, bytesOfBraille]
  if (take(FOUR_BYTES)) return [4, bytesOfMathematical]
  return [1, take(/[\x80-\xff]/y) ? latin : ascii]
}

function textSlot(secret: string, at: number): readonly [length: number, slot: Alphabet] {
  const point = secret.codePointAt(at) ?? 0
  if (point < 0x80) return [1, ascii]
  if (point < 0x800) return [1, latin]
  return point < 0x10000 ? [1, braille] : [2, mathematical]
}

/** A header's bytes and the store's text of one value are one secret. */
const keyOf = (secret: string): string => decodeUtf8(secret) ?? secret

const slotCount = (pieces: readonly Piece[]): number => pieces.filter((piece) => typeof piece !== 'string').length

function fill(pieces: readonly Piece[], label: string): string {
  let text = ''
  let at = 0
  for (const piece of pieces) text += typeof piece === 'string' ? piece : piece(SYMBOLS.indexOf(label[at++] ?? FILL))
  return text
}

/** `attempt` picks the next hash where one is taken. */
function labelOf(slots: number, bytes: number, digest: bigint, attempt: number): string {
  const head = `${FILL}${bytes}b${FILL}`
  if (slots >= head.length + HASH_LENGTH) return head + hashText(digest, HASH_LENGTH, attempt)
  if (slots >= 3) return FILL + hashText(digest, Math.min(slots - 1, HASH_LENGTH), attempt)
  return hashText(digest, slots, attempt)
}

function hashText(digest: bigint, length: number, attempt: number): string {
  let rest = (digest + BigInt(attempt)) % 62n ** BigInt(length)
  let text = ''
  for (let i = 0; i < length; i++) {
    text = SYMBOLS.charAt(Number(rest % 62n)) + text
    rest /= 62n
  }
  return text
}

/** The placeholders of one report. */
export class Placeholders {
  /** By the secret's key. */
  readonly #labels: ReadonlyMap<string, string>

  private constructor(labels: ReadonlyMap<string, string>) {
    this.#labels = labels
  }

  /** Hashes all secrets of a report, once, under a key of its own. */
  static async of(secrets: Iterable<string>): Promise<Placeholders> {
    const sizes = new Map<string, number>()
    for (const secret of secrets) {
      const key = keyOf(secret)
      if (key !== '') sizes.set(key, Math.max(byteLength(secret), sizes.get(key) ?? 0))
    }
    const keys = [...sizes.keys()]
    const hmac = { name: 'HMAC', hash: 'SHA-256' }
    const salt = await crypto.subtle.importKey('raw', crypto.getRandomValues(new Uint8Array(32)), hmac, false, ['sign'])
    const digests = await Promise.all(keys.map((key) => crypto.subtle.sign('HMAC', salt, utf8.encode(key))))
    const labels = new Map<string, string>()
    const taken = new Set<string>()
    keys.forEach((key, i) => {
      const pieces = piecesOf(key)
      const digest = new DataView(digests[i] ?? new ArrayBuffer(8)).getBigUint64(0)
      const label = freeLabel(pieces, sizes.get(key) ?? 0, digest, (text) => taken.has(text) || sizes.has(text))
      labels.set(key, label)
      taken.add(fill(pieces, label))
    })
    return new Placeholders(labels)
  }

  /** Of the same length as `secret`, which was among those hashed. */
  placeholder(secret: string): string {
    return fill(piecesOf(secret), this.#labels.get(keyOf(secret)) ?? '')
  }
}

function freeLabel(
  pieces: readonly Piece[],
  bytes: number,
  digest: bigint,
  isTaken: (text: string) => boolean,
): string {
  const slots = slotCount(pieces)
  const tries = slots === 0 ? 1 : Math.min(62 ** Math.min(slots, 3), MOST_TRIES)
  const first = labelOf(slots, bytes, digest, 0)
  for (let attempt = 0; attempt < tries; attempt++) {
    const label = labelOf(slots, bytes, digest, attempt)
    if (!isTaken(fill(pieces, label))) return label
  }
  return first
}
