import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import cookieParser from 'cookie-parser'
import express from 'express'
import jwt from 'jsonwebtoken'

const pages = (name) => readFileSync(`${process.env.PAGES}/${name}.html`, 'utf8')
const app = express()
// remedy: trust-proxy
// remedy: allow-credentials
// remedy: share-session
app.use(cookieParser(), express.urlencoded(), express.json())

const member = (req, res) => (req.session.user ? res.send(pages('member')) : res.redirect('/login'))
app.get('/account', member)
app.get('/cart', member)
app.get('/login', (_req, res) => res.send(pages('login')))
app.post('/login', (req, res) => {
  req.session.user = req.body.name
  res.redirect(303, '/account')
})

app.get('/oauth/start', (req, res) => {
  const state = randomUUID()
  res.cookie('oauth_state', state, { httpOnly: true, secure: true, sameSite: 'none', maxAge: 600_000 })
  const query = new URLSearchParams({
    client_id: 'shop',
    response_type: 'code',
    response_mode: req.query.response_mode,
    redirect_uri: `${req.protocol}://${req.host}/oauth/callback`,
    state,
  })
  res.redirect(`https://id.other.test/authorize?${query}`)
})
app.all('/oauth/callback', (req, res) => {
  const { code, state } = req.method === 'POST' ? req.body : req.query
  if (state !== req.cookies.oauth_state) return res.status(400).send('State does not match.')
  req.session.user = code
  return res.clearCookie('oauth_state', { secure: true, sameSite: 'none' }).redirect(303, '/account')
})

app.post('/api/login', (req, res) => {
  req.session.user = req.body.name
  res.json({ ok: true })
})
app.get('/api/me', (req, res) => res.status(req.session.user ? 200 : 401).json({ name: req.session.user ?? null }))
app.post('/api/token', (req, res) =>
  res.json({ access_token: jwt.sign({ sub: req.body.name }, process.env.SESSION_SECRET, { expiresIn: '1h' }) }),
)
app.get('/api/bearer', (req, res) => {
  try {
    res.json(jwt.verify(req.headers.authorization?.replace('Bearer ', '') ?? '', process.env.SESSION_SECRET))
  } catch {
    res.status(401).json({ error: 'invalid_token' })
  }
})

app.listen(process.env.PORT, '127.0.0.1')
