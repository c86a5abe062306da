// A page of one origin that logs in at an API of another: with its cookie, or with a token below /bearer.
const api = 'https://api.shop.test'
const byToken = location.pathname.startsWith('/bearer')
const state = document.querySelector('[role=status]')

/** @param {string} path @param {RequestInit} [init] */
const ask = (path, init = {}) => {
  const token = sessionStorage.getItem('access_token')
  return fetch(`${api}${path}`, {
    ...init,
    credentials: byToken ? 'omit' : 'include',
    headers: {
      ...(init.method === 'POST' ? { 'Content-Type': 'application/json' } : {}),
      ...(byToken && token !== null ? { Authorization: `Bearer ${token}` } : {}),
    },
  })
}

const showState = async () => {
  let loggedIn = false
  try {
    loggedIn = (await ask(byToken ? '/api/bearer' : '/api/me')).ok
  } finally {
    state.textContent = loggedIn ? 'You are logged in.' : 'You are not logged in.'
  }
}

document.querySelector('form').addEventListener('submit', async (event) => {
  event.preventDefault()
  state.textContent = ''
  const fields = Object.fromEntries(new FormData(event.target))
  try {
    const response = await ask(byToken ? '/api/token' : '/api/login', { method: 'POST', body: JSON.stringify(fields) })
    const answer = await response.json()
    if (byToken) sessionStorage.setItem('access_token', answer.access_token)
  } finally {
    await showState()
  }
})

const links = byToken ? { Account: '/bearer', Cart: '/bearer/cart' } : { Account: '/', Cart: '/cart' }
for (const [name, path] of Object.entries(links)) {
  const link = document.createElement('a')
  link.href = path
  link.textContent = name
  document.querySelector('nav').append(link, ' ')
}
await showState()
