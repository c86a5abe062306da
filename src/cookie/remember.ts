/** Hosts and addresses come in crowds: the requests of a page name the same few over and over. */
const usually = 512
/** Longer texts (a `data:` address) are not worth their memory. */
const longest = 2048

/** The function, with its latest results at hand, so many at most. For pure functions that never return undefined. */
export const remember = <Result>(compute: (text: string) => Result, most = usually): ((text: string) => Result) => {
  const results = new Map<string, Result>()
  return (text) => {
    const known = results.get(text)
    if (known !== undefined) return known
    const result = compute(text)
    if (text.length > longest) return result
    if (results.size >= most) results.clear()
    results.set(text, result)
    return result
  }
}
