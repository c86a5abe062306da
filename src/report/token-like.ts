import { areUnspoken } from './letter-pairs.ts'

const UUID = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i
/** What makes a link a secret one: behind it, less is enough to be its secret. */
const SECRET_LINK =
  /(?:^|[^a-z])(?:verif(?:y|ication)|confirm(?:ation)?|activat(?:e|ion)|reset|recover(?:y)?|password|magic|passwordless|invit(?:e|ation|es|ations)|tokens?|otp|unlock|unsubscribe|one-?time|sso|login-?link)(?:$|[^a-z])/i
/** Its name has the content's hash, which is public. */
const ASSET = /\.(?:[cm]?js|css|map|png|jpe?g|gif|svg|webp|avif|ico|woff2?|ttf|otf|eot|wasm|mp4|webm|mp3)$/i
const ESCAPE = /%[\da-f]{2}/gi
const WORD = /[\dA-Za-z]+/g
const DATE = /^\d{8}T\d{4,9}Z?$/i
/** In characters that no word of a language accounts for: 80 random bits in hex. */
const SHORTEST = 20
const SHORTEST_IN_LINK = 10

/**
 * Whether a segment of a path is a token rather than a name: long and random, as hex, base 32, 36, 62 and base64url are. Words,
 * slugs, numbers, dates, short ids and names of assets are none. A UUID is one only where it stands behind a word such as
 * `verify` or `reset`: elsewhere it names a resource, and a reader needs it to tell one resource from another; there, it is
 * all that a stranger needs to log in. Behind such a word ten characters are enough, too. Of tokens of small letters alone few
 * pass for words where they are long (1 in 120 of 24), and 1 in 8 of ten behind such a word (letter-pairs.ts). What is
 * made of words, or in groups of fewer than ten letters (`abcd-efgh-ijkl`), is taken for words.
 *
 * @param before the segment before it, empty for none
 */
export function isTokenLike(segment: string, before = ''): boolean {
  const isInLink = SECRET_LINK.test(before)
  if (UUID.test(segment)) return isInLink
  if (segment.length < SHORTEST_IN_LINK || ASSET.test(segment)) return false
  const words = segment.replace(ESCAPE, ' ').match(WORD) ?? []
  const random = words.filter(isRandom)
  const length = lengthOf(random)
  return length >= (isInLink ? SHORTEST_IN_LINK : SHORTEST) && 2 * length >= lengthOf(words)
}

/** Whether a segment of the path is one. */
export const hasTokenLike = (path: string): boolean =>
  path.split(/[\\/]/).some((segment, i, all) => isTokenLike(segment, all[i - 1]))

const lengthOf = (words: readonly string[]): number => words.reduce((sum, { length }) => sum + length, 0)

/** Fewer letters tell no word from chance. */
const TELLING = 10
/** Letters in the case of one word, with a number before or behind at most. */
const LETTERS = /^(?:([A-Z]?[a-z]+|[A-Z]+)\d{0,4}|\d{1,4}([A-Z]?[a-z]+|[A-Z]+))$/

/** Not a word, a number, a date, `v2`, `mp3`, `15pro`, `getUserSettingsV2`. */
function isRandom(word: string): boolean {
  if (/^\d+$/.test(word) || DATE.test(word)) return false
  const [, first, second] = LETTERS.exec(word) ?? []
  const letters = first ?? second
  if (letters !== undefined) return letters.length >= TELLING && areUnspoken(letters.toLowerCase())
  const runs = word.match(/[A-Z]?[a-z]+|[A-Z]+|\d+/g) ?? []
  const named = runs.filter((run) => !/\d/.test(run))
  // Names in camel case are made of words; chance seldom makes three letters of one case in a row, again and again.
  return !(runs.length - named.length <= 2 && lengthOf(named) >= 3.5 * named.length && named.every(isSpoken))
}

/** Could be a word or an abbreviation: `settings`, `id`, `URL`. */
const isSpoken = (letters: string): boolean => letters.length < 5 || !/[^aeiouy]{6}|[A-Z]{8}/.test(letters)
