import type { BodyFacts } from './body-facts.ts'
import { decodeToken } from './decode-token.ts'
import { nameKind } from './names.ts'
import { isLoginAddress } from './paths.ts'
import { segmentsOf, urlOf } from './reading.ts'

/** Bodies as they were read; null for what was not. Types are Content-Type values. */
export interface Bodies {
  readonly requestType: string | null
  readonly requestBody: string | null
  readonly responseType: string | null
  readonly responseBody: string | null
}

/** Of a request so much is read, in UTF-16 units; a longer JSON body is not. */
const LONGEST_REQUEST = 65_536
/** A longer answer of a login is none with a token that counts. */
const LONGEST_RESPONSE = 262_144
const DEEPEST = 8
const MOST_VALUES = 5_000
const MOST_FOUND = 10
const LONGEST_FIELD = 120

/** What bodies have of a login; of their values nothing is kept. Pure; never throws; at most some milliseconds whatever they hold. */
export const bodyFactsOf = ({ requestType, requestBody, responseType, responseBody }: Bodies): BodyFacts => {
  const fields = fieldsOf(requestType ?? '', requestBody ?? '')
  const names = fields.map(({ name }) => name)
  const { tokens, opaqueTokens } = tokensIn(responseType ?? '', responseBody ?? '')
  return {
    password: names.some(isPassword) && !names.some(isChangeOfPassword),
    csrf: names.some(isCsrf),
    renews: fields.some(({ name, value }) => isRenewal(name, value)),
    ...(leadsToLogin(responseType ?? '', responseBody ?? '') && { toLogin: true }),
    tokens,
    opaqueTokens,
  }
}

interface Field {
  readonly name: string
  readonly value: string
}

const fieldsOf = (type: string, body: string): Field[] => {
  if (body === '') return []
  const start = body.slice(0, LONGEST_REQUEST)
  if (isJson(type, body)) return body.length > LONGEST_REQUEST ? [] : jsonFields(body)
  if (/^multipart\/form-data/i.test(type)) return multipartFields(start)
  return /^application\/x-www-form-urlencoded/i.test(type) ? formFields(start) : []
}

/** Some clients send JSON as text. */
const isJson = (type: string, body: string): boolean =>
  /[/+]json\b/i.test(type) || (/^text\/plain/i.test(type) && body.startsWith('{'))

const formFields = (body: string): Field[] =>
  [...new URLSearchParams(body)].slice(0, 200).map(([name, value]) => ({ name, value: value.slice(0, 100) }))

const multipartFields = (body: string): Field[] =>
  [...body.matchAll(/^content-disposition: form-data; name="([^"\r\n]{1,200})"/gim)]
    .slice(0, 200)
    .map(([, name = '']) => ({ name, value: '' }))

const jsonFields = (body: string): Field[] => {
  const fields: Field[] = []
  walk(parse(body), (path, value) => {
    const name = path.at(-1) ?? ''
    fields.push({ name, value: value.slice(0, 100) })
    // GraphQL: an argument that stands in the query itself.
    if (name === 'query' && /\bpassword\s{0,5}:/i.test(value.slice(0, 4_096)))
      fields.push({ name: 'password', value: '' })
  })
  return fields
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** Calls for each text in a JSON value, outermost first, as far as the limits go. */
const walk = (value: unknown, visit: (path: readonly string[], text: string) => void): void => {
  let level: { path: readonly string[]; value: unknown }[] = [{ path: [], value }]
  let seen = 0
  for (let depth = 0; depth <= DEEPEST && level.length > 0; depth++) {
    const next: typeof level = []
    for (const one of level) {
      if (typeof one.value === 'string') visit(one.path, one.value)
      if (typeof one.value !== 'object' || one.value === null) continue
      for (const key in one.value) {
        if (++seen > MOST_VALUES) return
        if (Object.hasOwn(one.value, key)) next.push({ path: [...one.path, key], value: Reflect.get(one.value, key) })
      }
    }
    level = next
  }
}

export const isPassword = (name: string): boolean =>
  /passw(?:or)?d|passwort|passphrase|kennwort|(?:^|[^a-z])(?:pwd|pass|psw)(?:$|[^a-z])/i.test(name.slice(0, 200))

/** A form that changes the password, of somebody who is logged in. */
const isChangeOfPassword = (name: string): boolean =>
  /(?:new|old|current|existing|previous)[-_.]?(?:user)?[-_.]?passw/i.test(name.slice(0, 200))

/** Rails, Django, Laravel, Symfony, Spring, ASP.NET, Flask-WTF. */
const isCsrf = (name: string): boolean => name === '_token' || nameKind(name) === 'csrf'

const isRenewal = (name: string, value: string): boolean =>
  (/^grant[-_]?type$/i.test(name) && value === 'refresh_token') || /^refresh[-_]?token$/i.test(name)

const TOKEN_FIELD = /^(?:(?:access|auth|authorization|id|session|api|bearer|user|login)[-_]?)?(?:token|jwt)$|^bearer$/i

const tokensIn = (type: string, body: string): Pick<BodyFacts, 'tokens' | 'opaqueTokens'> => {
  const tokens: { field: string; token: NonNullable<ReturnType<typeof decodeToken>> }[] = []
  const opaqueTokens: string[] = []
  if (body.length > LONGEST_RESPONSE || !isJson(type, body)) return { tokens, opaqueTokens }
  walk(parse(body), (path, text) => {
    const token = decodeToken(text)
    const field = path.join('.').slice(0, LONGEST_FIELD)
    if (token !== null && tokens.length < MOST_FOUND) tokens.push({ field, token })
    else if (text.length >= 8 && TOKEN_FIELD.test(path.at(-1) ?? '') && opaqueTokens.length < MOST_FOUND)
      opaqueTokens.push(field)
  })
  return { tokens, opaqueTokens }
}

/** Some host: of a redirect the path alone is looked at, and one to another host is an identity provider's. */
const ANY = 'http://any.invalid'

/**
 * Whether an action of React Router is answered with a redirect to a login of the same site. Measured with 7.18: turbo-stream, whose
 * first line is a list, the value first; an object has places in the list for its fields' names and values:
 * `[{"_1":2,"_3":4,…},"redirect","/login","status",302,…]`.
 */
const leadsToLogin = (type: string, body: string): boolean => {
  if (!/^text\/x-script/i.test(type) || body.length > LONGEST_RESPONSE) return false
  const list = parse(body.split('\n', 1)[0] ?? '')
  if (!Array.isArray(list) || typeof list[0] !== 'object' || list[0] === null || Array.isArray(list[0])) return false
  const place = Reflect.get(list[0], `_${list.indexOf('redirect')}`)
  const target: unknown = typeof place === 'number' ? list[place] : null
  const url = typeof target === 'string' ? urlOf(target, ANY) : null
  return url !== null && url.origin === ANY && isLoginAddress(segmentsOf(url.pathname))
}
