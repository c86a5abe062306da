import type { Report, StoredCookie } from '../contract.ts'
import type { Occurrence } from './known-secrets.ts'
import { areUnspoken } from './letter-pairs.ts'

/** Words, numbers, dates, short ids and paths: a sentence has them of its own. */
const ORDINARY = /^[\p{L}\p{M}\p{N}_.:/-]*$/u
const SHORTEST = 4
const WORD_CHARACTER = /[\p{L}\p{N}_-]/u

/** Attribute names and what a request's headers are made of: never a secret, whoever uses it as a value. */
const ATTRIBUTES = [
  ...['Secure', 'HttpOnly', 'SameSite', 'Partitioned', 'Domain', 'Path', 'Expires', 'Max-Age', 'Priority'],
  ...['None', 'Lax', 'Strict', 'Set-Cookie', 'Cookie', 'same-origin', 'same-site', 'cross-site', 'include', 'omit'],
]

/** What the report shows anyway, and when a text that equals a secret is one. */
export class PlainWords {
  readonly #plain = new Set<string>(ATTRIBUTES)

  constructor(report: Report) {
    this.#addUrl(report.page)
    for (const { cookie } of report.storeWrites ?? []) this.#addCookie(cookie)
    for (const { url, initiator, frames, redirectChain, verdict } of report.exchanges) {
      for (const one of [url, initiator ?? '', ...frames, ...(redirectChain ?? [])]) this.#addUrl(one)
      for (const { cookie } of [...verdict.setCookies, ...verdict.cookies]) if (cookie) this.#addCookie(cookie)
    }
  }

  has(text: string): boolean {
    return this.#plain.has(text)
  }

  /**
   * Whether a secret that is found in a text is that secret, not the same letters by chance. prose: our own words;
   * field: a header or a path, which stays as it is unless there is no doubt.
   */
  isUnmistakable({ secret, start, end }: Occurrence, text: string, where: 'prose' | 'field'): boolean {
    if (isDistinctive(secret)) return true
    if (where === 'field' || secret.length < SHORTEST || ORDINARY.test(secret)) return false
    return standsAlone(text)({ start, end })
  }

  #addCookie({ name, domain, path }: StoredCookie): void {
    for (const word of [name, domain, path]) this.#plain.add(word)
  }

  /** Host (and the domains above it), origin, path, and all of it but the query: another URL's query may name it. */
  #addUrl(url: string): void {
    if (!URL.canParse(url)) return
    const { host, hostname, origin, pathname } = new URL(url)
    for (const word of [host, origin, pathname, origin + pathname]) this.#plain.add(word)
    const labels = hostname.split('.')
    for (let i = 0; i < labels.length; i++) {
      const domain = labels.slice(i).join('.')
      this.#plain.add(domain).add(`.${domain}`)
    }
  }
}

/** Not as part of a longer word. */
export const standsAlone =
  (text: string) =>
  ({ start, end }: Pick<Occurrence, 'start' | 'end'>): boolean =>
    !WORD_CHARACTER.test(text.charAt(start - 1)) && !WORD_CHARACTER.test(text.charAt(end))

/** Long, or letters and digits mixed, or letters that no language joins: no word of a sentence, no segment of a path. */
function isDistinctive(secret: string): boolean {
  if (secret.length >= 20 || (secret.length >= 8 && /\d/.test(secret) && /[A-Za-z]/.test(secret))) return true
  return secret.length >= 10 && /^[a-z]+$/.test(secret) && areUnspoken(secret)
}
