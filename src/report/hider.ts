/** How one walk over a report treats what it meets: once to collect the secrets, once to replace them. */
export interface Hider {
  /**
   * A whole secret.
   * @param name of the cookie, attribute or parameter whose value it is, where our sentences may quote the two together
   */
  secret(text: string, name?: string): string
  /** Text that stays, but for secrets known from elsewhere. prose: a sentence; field: a header, a path. */
  known(text: string, where: 'prose' | 'field'): string
}

/** `text` with each match (that `counts`) through `inside` and all between them through `outside`. */
export function mapMatches(
  text: string,
  pattern: RegExp,
  inside: (match: string) => string,
  outside: (rest: string) => string,
  counts: (match: string) => boolean = () => true,
): string {
  let mapped = ''
  let from = 0
  for (const { 0: match, index } of text.matchAll(pattern)) {
    if (!counts(match)) continue
    if (index > from) mapped += outside(text.slice(from, index))
    mapped += inside(match)
    from = index + match.length
  }
  return from < text.length ? mapped + outside(text.slice(from)) : mapped
}
