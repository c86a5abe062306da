import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { deleteCookie, getCookie, getSignedCookie, setCookie, setSignedCookie } from 'hono/cookie'
import { sign, verify } from 'hono/jwt'

const pages = (name) => readFileSync(`${process.env.PAGES}/${name}.html`, 'utf8')
const app = new Hono()
// remedy: trust-proxy
// remedy: allow-credentials
// remedy: trust-origin
// remedy: share-session

const logIn = (c, name) =>
  setSignedCookie(c, 'session', name, secret, { httpOnly: true, secure: true, sameSite: 'Lax', path: '/' })
const visitor = (c) => getSignedCookie(c, secret, 'session')

const member = async (c) => ((await visitor(c)) ? c.html(pages('member')) : c.redirect('/login'))
app.get('/account', member)
app.get('/cart', member)
app.get('/login', (c) => c.html(pages('login')))
app.post('/login', async (c) => {
  await logIn(c, (await c.req.parseBody()).name)
  return c.redirect('/account', 303)
})

app.get('/oauth/start', (c) => {
  const state = randomUUID()
  setCookie(c, 'oauth_state', state, { httpOnly: true, secure: true, sameSite: 'None', maxAge: 600, path: '/' })
  const query = new URLSearchParams({
    client_id: 'shop',
    response_type: 'code',
    response_mode: c.req.query('response_mode'),
    redirect_uri: `${isHttps(c) ? 'https' : 'http'}://${c.req.header('Host')}/oauth/callback`,
    state,
  })
  return c.redirect(`https://id.other.test/authorize?${query}`)
})
app.on(['GET', 'POST'], '/oauth/callback', async (c) => {
  const { code, state } = c.req.method === 'POST' ? await c.req.parseBody() : c.req.query()
  if (state !== getCookie(c, 'oauth_state')) return c.text('State does not match.', 400)
  deleteCookie(c, 'oauth_state', { secure: true, sameSite: 'None', path: '/' })
  await logIn(c, code)
  return c.redirect('/account', 303)
})

app.post('/api/login', async (c) => {
  await logIn(c, (await c.req.json()).name)
  return c.json({ ok: true })
})
app.get('/api/me', async (c) => {
  const name = (await visitor(c)) || null
  return c.json({ name }, name === null ? 401 : 200)
})
app.post('/api/token', async (c) => {
  const claims = { sub: (await c.req.json()).name, exp: Math.floor(Date.now() / 1000) + 3600 }
  return c.json({ access_token: await sign(claims, process.env.SESSION_SECRET, 'HS256') })
})
app.get('/api/bearer', async (c) => {
  try {
    const token = c.req.header('Authorization')?.replace('Bearer ', '') ?? ''
    return c.json(await verify(token, process.env.SESSION_SECRET, 'HS256'))
  } catch {
    return c.json({ error: 'invalid_token' }, 401)
  }
})

serve({ fetch: app.fetch, port: Number(process.env.PORT), hostname: '127.0.0.1' })
