import { type Hider, mapMatches } from './hider.ts'
import { isTokenLike } from './token-like.ts'

/** A JWT, or another Base64url token that begins with `{"` (`eyJ`). */
const TOKEN = /eyJ[\w-]{6,}(?:\.[\w-]*)*/g
const OPAQUE = /^(\s*(?:data:[^,]*,|javascript:))(.*)$/is
const AUTHORITY = /^(\s*[a-z][a-z\d+.-]*:[\\/]{2,}|\s*(?:https?|wss?|ftp):[\\/]?|[\\/]{2,})([^\\/]*)@/is
/** What names the server is no secret, whatever is called like it elsewhere. */
const SERVER = /^\s*(?:(?:blob:)?[a-z][a-z\d+.-]*:)?\/\/[^\\/]*/i
const SEGMENT = /[^\\/\s]+/g
const PARAMETER = /;[^;/=]*=[^;/]+/g
const FOLDED = /,[ \t]+[!#$%&'*+.^_`|~\dA-Za-z-]+=.*?(?=,[ \t]+[!#$%&'*+.^_`|~\dA-Za-z-]+=|$)/gs

/**
 * A URL or a relative reference without its secrets: user and password, values of the query, values of path parameters
 * (`;jsessionid=…`), the fragment, and tokens in the path (token-like.ts). Host, the rest of the path and the names in
 * the query stay. The content of a `data:` or `javascript:` URL is secret as a whole.
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
  if (whole === '') {
    const [server = ''] = SERVER.exec(rest) ?? []
    return server + redactPath(rest.slice(server.length), hider)
  }
  const [user = '', ...password] = userinfo.split(':')
  const hidden = [user, ...(password.length > 0 ? [password.join(':')] : [])].map((part) => hider.secret(part))
  const [host = ''] = /^[^\\/]*/.exec(rest) ?? []
  return `${scheme}${hidden.join(':')}@${host}${redactPath(rest.slice(host.length), hider)}`
}

/**
 * A path, of a URL or a cookie, without tokens and without the values of its parameters. Segment by segment, so that a
 * cookie's path matches a request's where it did before.
 */
export function redactPath(path: string, hider: Hider): string {
  return redactFolded(path, hider, (unfolded) =>
    mapMatches(
      unfolded,
      PARAMETER,
      (match) => hideAfterEquals(match, hider),
      (rest) => redactSegments(rest, hider),
    ),
  )
}

function redactSegments(path: string, hider: Hider): string {
  let before = ''
  const isToken = (segment: string) => {
    const is = isTokenLike(segment, before)
    before = segment
    return is
  }
  return mapMatches(
    path,
    SEGMENT,
    (segment) => hider.secret(segment),
    (rest) => redactTokens(rest, hider),
    isToken,
  )
}

/** `/, other=secret`: a gateway folded two Set-Cookie lines into one, and the second cookie is part of the attribute. */
export function redactFolded(value: string, hider: Hider, outside: (rest: string) => string): string {
  return mapMatches(value, FOLDED, (match) => hideAfterEquals(match, hider), outside)
}

function hideAfterEquals(text: string, hider: Hider): string {
  const after = text.indexOf('=') + 1
  const name = text.slice(0, after - 1).replace(/^[;,][ \t]*/, '')
  return text.slice(0, after) + hider.secret(text.slice(after), name)
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
