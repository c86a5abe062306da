import { redactUrl } from '../report/redact-url.ts'

/** A run of a URL. What a redacted report hides of it stands apart, as it is masked until asked for. */
export type UrlPart =
  | { readonly kind: 'text'; readonly text: string }
  /** `of`: what to call it, `code` for one behind `code=`. */
  | { readonly kind: 'value'; readonly text: string; readonly of: string }

/** In no URL that a browser gives. */
const MARK = '\0'

/** A URL cut where a report would redact it; joined, the texts are the URL. */
export function urlParts(url: string): UrlPart[] {
  if (url.includes(MARK)) return [{ kind: 'value', text: url, of: 'the address' }]
  const values: string[] = []
  const secret = (text: string) => {
    if (text !== '') values.push(text)
    return text === '' ? '' : MARK
  }
  const texts = redactUrl(url, { secret, known: (text) => text }).split(MARK)
  return texts.flatMap((text, i): UrlPart[] => {
    const value = values[i]
    return [
      ...(text === '' ? [] : [{ kind: 'text', text } as const]),
      ...(value === undefined ? [] : [{ kind: 'value', text: value, of: nameBefore(text) } as const]),
    ]
  })
}

/** The parameter's, where the text before a value ends in one. */
const nameBefore = (text: string): string => {
  const [, name = ''] = /([^?&#;=/]+)=$/.exec(text) ?? []
  return name === '' ? 'the address' : `${name} in the address`
}

/** The URL with dots for its values. */
export const maskedUrl = (url: string): string =>
  urlParts(url)
    .map(({ kind, text }) => (kind === 'value' ? '•••' : text))
    .join('')

/** A path with its query, cut before its last segment: what tells one from its neighbours. The first part is empty where that is all. */
export function lastSegment(path: string): readonly [before: string, last: string] {
  const [pathname = ''] = path.split('?', 1)
  const at = pathname.lastIndexOf('/', pathname.length - 2) + 1
  return at <= 1 ? ['', path] : [path.slice(0, at), path.slice(at)]
}
