import { corsFor, json, type StoryAnswer, type StoryRequest, tokenWith } from './kit.ts'

const audience = 'shop'

const claimsOf = ({ headers: { authorization = '' } }: StoryRequest): { sub?: string; exp?: number } | null => {
  const [, claims] = /^Bearer [^.]+\.([^.]+)\./.exec(authorization) ?? []
  return claims === undefined ? null : JSON.parse(Buffer.from(claims, 'base64url').toString('utf8'))
}

/** `life` and `behind`, of the server's clock: seconds. */
const loggedIn = (request: StoryRequest, life: number, behind = 0) => {
  const now = Math.floor(Date.now() / 1000) - behind
  const claims = { iss: 'https://api.shop.test', aud: audience, sub: request.fields.name, iat: now, exp: now + life }
  const date = ['Date', new Date(now * 1000).toUTCString()] as const
  return json({ access_token: tokenWith(claims), token_type: 'Bearer' }, 200, [...corsFor(request), date])
}

/** As ASP.NET Core says it. */
const refuses = (request: StoryRequest) =>
  json({ name: null }, 401, [
    ...corsFor(request),
    ['WWW-Authenticate', `Bearer error="invalid_token", error_description="The audience '${audience}' is invalid"`],
  ])

const me = (request: StoryRequest) => {
  const claims = claimsOf(request)
  const isValid = claims?.exp !== undefined && claims.exp * 1000 > Date.now()
  return isValid ? json({ name: claims.sub }, 200, corsFor(request)) : json({ name: null }, 401, corsFor(request))
}

/** Mistakes of logins by token. */
export const tokens = {
  'bearer-redirect'(kit, request) {
    const { method, origin, path } = request
    if (method === 'OPTIONS') return null
    if (method === 'POST' && path === '/login') return loggedIn(request, 3_600)
    if (path !== '/me') return null
    return kit.fixed || origin === 'https://api.other.test'
      ? me(request)
      : { status: 307, headers: [['Location', 'https://api.other.test/me'], ...corsFor(request)] }
  },
  'token-expired'(kit, request) {
    const { method, path } = request
    if (method === 'OPTIONS') return null
    if (method === 'POST' && path === '/login') return loggedIn(request, kit.fixed ? 3_600 : -3_600)
    return path === '/me' ? me(request) : null
  },
  'token-refused'(kit, request) {
    const { headers, method, path } = request
    if (method === 'OPTIONS') return null
    if (method === 'POST' && path === '/login') return loggedIn(request, 3_600)
    if (path !== '/me') return null
    return kit.fixed || headers.authorization === undefined ? me(request) : refuses(request)
  },
  'clock-skew'(kit, request) {
    const { method, path } = request
    if (method === 'OPTIONS') return null
    if (method === 'POST' && path === '/login') return loggedIn(request, 3_600, kit.fixed ? 0 : 7_200)
    return path === '/me' ? me(request) : null
  },
} satisfies Record<string, StoryAnswer>
