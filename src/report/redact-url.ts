import { type Hider, mapMatches } from './hider.ts'

/** A JWT, or another Base64url token that begins with `{"` (`eyJ`). */
const TOKEN = /eyJ[\w-]{6,}(?:\.[\w-]*)*/g
const OPAQUE = /^(\s*(?:data:[^,]*,|javascript:))(.*)$/is
const AUTHORITY = /^(\s*[a-z][a-z\d+.-]*:[\\/]{2,}|\s*(?:https?|wss?|ftp):[\\/]?|[\\/]{2,})([^\\/]*)@/is
const MATRIX = /(;[^;/=]*=)([^;/]+)/g

/**
 * A URL or a relative reference without its secrets: user and password, values of the query, values of path parameters
 * (`;jsessionid=…`), the fragment, and tokens in the path. Host, path and the names in the query stay. The content of
 * a `data:` or `javascript:` URL is secret as a whole.
 */
export function redactUrl(url: string, hider: Hider): string {
  const opaque = OPAQUE.exec(url)
  if (opaque) return opaque[1] + hider.secret(opaque[2] ?? '')
  const [, place = '', query, fragment] = /^([^?#]*)(\?[^#]*)?(#.*)?$/s.exec(url) ?? []
  return redactPlace(place, hider) + redactPairs(query, hider) + redactPairs(fragment, hider)
}

function redactPlace(place: string, hider: Hider): string {
  const [whole = '', scheme = '', userinfo = ''] = AUTHORITY.exec(place) ?? []
  const rest = place.slice(whole.length)
  if (whole === '') return redactPath(rest, hider)
  const [user = '', ...password] = userinfo.split(':')
  const hidden = [user, ...(password.length > 0 ? [password.join(':')] : [])].map((part) => hider.secret(part))
  return `${scheme}${hidden.join(':')}@${redactPath(rest, hider)}`
}

/** A path without tokens and without the values of its parameters. */
export function redactPath(path: string, hider: Hider): string {
  let redacted = ''
  let from = 0
  for (const match of path.matchAll(MATRIX)) {
    redacted += redactTokens(path.slice(from, match.index), hider) + match[1] + hider.secret(match[2] ?? '')
    from = match.index + match[0].length
  }
  return redacted + redactTokens(path.slice(from), hider)
}

/** Text without what looks like a token; the rest without known secrets. */
export function redactTokens(text: string, hider: Hider, where: 'prose' | 'field' = 'field'): string {
  return mapMatches(
    text,
    TOKEN,
    (token) => hider.secret(token),
    (rest) => hider.known(rest, where),
  )
}

/** `?a=1&b=2` or `#a=1&b=2`: names stay. What has no name is a value. */
function redactPairs(text: string | undefined, hider: Hider): string {
  if (!text) return ''
  const pairs = text.slice(1).split('&')
  const hidden = pairs.map((pair) => {
    const equals = pair.indexOf('=')
    return pair.slice(0, equals + 1) + hider.secret(pair.slice(equals + 1))
  })
  return text.charAt(0) + hidden.join('&')
}
