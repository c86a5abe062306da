import { encodeUtf8 } from '../cookie/bytes.ts'

const lossyUtf8 = new TextDecoder()

/** What the cookies API makes of a value, as a byte string: bytes that are no UTF-8 become U+FFFD. */
export const shownAs = (value: string): string =>
  encodeUtf8(lossyUtf8.decode(Uint8Array.from(value, (char) => char.charCodeAt(0))))
