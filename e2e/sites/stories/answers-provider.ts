import type { StoryAnswer } from './kit.ts'

const lax = (state: string): string => `oauth_state=${state}; Path=/; HttpOnly; Secure; SameSite=Lax`
const none = (state: string): string => `oauth_state=${state}; Path=/; HttpOnly; Secure; SameSite=None`

/** Mistakes on the way to an identity provider and back. */
export const providers = {
  'form-post-lax'(kit, request) {
    const { origin, method, path, fields } = request
    if (path === '/start') return kit.toProvider(`${origin}/callback`, kit.fixed ? none : lax, 'form_post')
    return method === 'POST' && path === '/callback'
      ? kit.callback(request, { code: fields.code ?? null, state: fields.state ?? null })
      : null
  },
  'callback-host'(kit, request) {
    const { origin, path, query } = request
    if (path === '/start') return kit.toProvider(`${kit.fixed ? origin : 'https://app.shop.test'}/callback`, lax)
    return path === '/callback' ? kit.callback(request, { code: query.get('code'), state: query.get('state') }) : null
  },
  'redirect-uri-http'(kit, request) {
    const { origin, path, query } = request
    if (path === '/start') {
      return kit.toProvider(`${kit.fixed ? origin : origin.replace('https:', 'http:')}/callback`, lax)
    }
    if (path === '/callback') return kit.callback(request, { code: query.get('code'), state: query.get('state') })
    const isRefused = origin === 'https://id.other.test' && query.get('redirect_uri')?.startsWith('http:')
    return isRefused ? kit.providerRefuses('redirect_uri is not registered.') : null
  },
} satisfies Record<string, StoryAnswer>
