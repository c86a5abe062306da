/**
 * What a request's body has, without what it holds: the names of its fields, as a form or JSON of their own. Values are left out but
 * for those of a closed set, so that it may leave the place where the body was read.
 */
export interface BodyOutline {
  /** A Content-Type: that of the outline, whatever the body's own is. */
  readonly type: string
  readonly body: string
}

/** Of a longer text there is no outline: UTF-16 units. */
export const LONGEST_BODY = 65_536
const DEEPEST = 10
const MOST_FIELDS = 200

/** What is no name may be a value in its place: JSON that is sent as a form is one field with the whole text for a name. */
const NAME = /^[\p{L}\d_.[\]$:@ -]{1,60}$/u

/** The one value that tells a renewal from a login. */
const GRANT = /^grant[-_]?type$/i
const RENEWAL = 'refresh_token'

/** GraphQL: a query's arguments and fields with an alias, of which no value is kept: `login(password: "x")` is `password:`. */
const argumentsOf = (query: string): string =>
  (query.replace(/"(?:\\.|[^"\\])*"?/g, '').match(/\b[_A-Za-z]\w{0,59}\s{0,5}:/g) ?? []).slice(0, MOST_FIELDS).join(' ')

const keptOf = (name: string, text: string): string => {
  if (name === 'query') return argumentsOf(text)
  return GRANT.test(name) && text === RENEWAL ? RENEWAL : ''
}

/** @param fields the form's, each with all its values, as `webRequest.onBeforeRequest` tells them */
export const outlineOfForm = (fields: Readonly<Record<string, readonly unknown[]>>): BodyOutline => {
  const outline = new URLSearchParams()
  for (const [name, values] of Object.entries(fields).slice(0, MOST_FIELDS))
    if (NAME.test(name)) outline.append(name, values.map((value) => keptOf(name, String(value))).find(Boolean) ?? '')
  return { type: 'application/x-www-form-urlencoded', body: String(outline) }
}

const outlineOf = (value: unknown, name: string, depth: number): unknown => {
  if (typeof value === 'string') return keptOf(name, value)
  if (typeof value !== 'object' || value === null || depth > DEEPEST) return null
  if (Array.isArray(value)) return value.map((one) => outlineOf(one, '', depth + 1))
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, one]) => (NAME.test(key) ? [[key, outlineOf(one, key, depth + 1)]] : [])),
  )
}

/** The outline of JSON, whatever type it was sent as; null where it is none. */
export const outlineOfText = (text: string): BodyOutline | null => {
  if (text.length > LONGEST_BODY || !/^\s*[[{]/.test(text)) return null
  try {
    return { type: 'application/json', body: JSON.stringify(outlineOf(JSON.parse(text), '', 0)) }
  } catch {
    return null
  }
}
