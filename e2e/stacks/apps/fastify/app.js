import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import formbody from '@fastify/formbody'
import jwt from '@fastify/jwt'
// biome-ignore lint/correctness/noUnusedImports: the first marker's lines use it.
import Fastify from 'fastify'

const pages = (name) => readFileSync(`${process.env.PAGES}/${name}.html`, 'utf8')
// remedy: trust-proxy
await fastify.register(formbody)
await fastify.register(jwt, { secret: process.env.SESSION_SECRET })
// remedy: allow-credentials
// remedy: share-session

const html = (reply, name) => reply.type('text/html').send(pages(name))
const member = (request, reply) => (request.session.user ? html(reply, 'member') : reply.redirect('/login'))
fastify.get('/account', member)
fastify.get('/cart', member)
fastify.get('/login', (_request, reply) => html(reply, 'login'))
fastify.post('/login', (request, reply) => {
  request.session.user = request.body.name
  return reply.redirect('/account', 303)
})

fastify.get('/oauth/start', (request, reply) => {
  const state = randomUUID()
  reply.setCookie('oauth_state', state, { httpOnly: true, secure: true, sameSite: 'none', maxAge: 600, path: '/' })
  const query = new URLSearchParams({
    client_id: 'shop',
    response_type: 'code',
    response_mode: request.query.response_mode,
    redirect_uri: `${request.protocol}://${request.host}/oauth/callback`,
    state,
  })
  return reply.redirect(`https://id.other.test/authorize?${query}`)
})
fastify.route({
  method: ['GET', 'POST'],
  url: '/oauth/callback',
  handler: (request, reply) => {
    const { code, state } = request.method === 'POST' ? request.body : request.query
    if (state !== request.cookies.oauth_state) return reply.code(400).send('State does not match.')
    request.session.user = code
    return reply.clearCookie('oauth_state', { secure: true, sameSite: 'none', path: '/' }).redirect('/account', 303)
  },
})

fastify.post('/api/login', async (request) => {
  request.session.user = request.body.name
  return { ok: true }
})
fastify.get('/api/me', (request, reply) =>
  reply.code(request.session.user ? 200 : 401).send({ name: request.session.user ?? null }),
)
fastify.post('/api/token', async (request) => ({
  access_token: fastify.jwt.sign({ sub: request.body.name }, { expiresIn: '1h' }),
}))
fastify.get('/api/bearer', (request) => request.jwtVerify())

await fastify.listen({ port: Number(process.env.PORT), host: '127.0.0.1' })
