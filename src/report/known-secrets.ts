/** Shorter strings are not looked for. */
const SHORTEST = 3

export interface Occurrence {
  readonly secret: string
  readonly start: number
  /** Exclusive. */
  readonly end: number
}

/** Finds which of many known strings occur in a text: a few look-ups a character, however many are known. */
export class KnownSecrets {
  /** By their first characters; the longest first. */
  readonly #byStart = new Map<string, string[]>()

  constructor(secrets: Iterable<string>) {
    for (const secret of secrets) {
      if (secret.length < SHORTEST) continue
      const start = secret.slice(0, SHORTEST)
      const others = this.#byStart.get(start)
      if (others) others.push(secret)
      else this.#byStart.set(start, [secret])
    }
    for (const secrets of this.#byStart.values()) secrets.sort((a, b) => b.length - a.length)
  }

  /** `text` with each occurrence that `counts` replaced; the longest wins, then the leftmost. */
  replace(text: string, counts: (occurrence: Occurrence) => boolean, stand: (secret: string) => string): string {
    let replaced = ''
    let from = 0
    for (let at = 0; at + SHORTEST <= text.length; at++) {
      const candidates = this.#byStart.get(text.slice(at, at + SHORTEST))
      const secret = candidates?.find(
        (one) => text.startsWith(one, at) && counts({ secret: one, start: at, end: at + one.length }),
      )
      if (secret === undefined) continue
      replaced += text.slice(from, at) + stand(secret)
      from = at + secret.length
      at = from - 1
    }
    return replaced + text.slice(from)
  }
}
