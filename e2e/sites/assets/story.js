// The script of the shop's other scenarios: logs in by fetch where the page says how, and asks who the visitor is.
const config = JSON.parse(document.querySelector('#client')?.textContent ?? 'null')

const headersOf = () => {
  const token = config.bearer ? sessionStorage.getItem('token') : null
  return token === null ? {} : { authorization: `Bearer ${token}` }
}

const csrfHeaders = () => {
  if (config.csrf === undefined) return {}
  const pair = document.cookie.split('; ').find((one) => one.startsWith(`${config.csrf.cookie}=`))
  return pair === undefined ? {} : { [config.csrf.header]: pair.slice(pair.indexOf('=') + 1) }
}

const say = (text, isGood) => {
  const state = document.querySelector('[role=status]')
  state.textContent = text
  state.className = `state ${isGood ? 'in' : 'out'}`
}

const logIn = async (fields) => {
  const answer = await fetch(`${config.api}/login`, {
    method: 'POST',
    credentials: config.credentials,
    headers: { 'content-type': 'application/json', ...config.headers, ...csrfHeaders() },
    body: JSON.stringify(fields),
  })
  if (!answer.ok) throw new Error(`status ${answer.status}`)
  const type = answer.headers.get('content-type') ?? ''
  const body = type.startsWith('application/json') ? await answer.json() : {}
  if (config.bearer) sessionStorage.setItem('token', body.access_token)
  location.assign('/account')
}

const askWho = async () => {
  const answer = await fetch(`${config.api}/me`, { credentials: config.credentials, headers: headersOf() })
  return answer.ok ? (await answer.json()).name : null
}

for (const form of document.querySelectorAll('form[data-login]')) {
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    try {
      await logIn(Object.fromEntries(new FormData(form)))
    } catch (error) {
      say(`The login failed: ${error.message}.`, false)
    }
  })
}

if (document.querySelector('[data-ask]')) {
  const name = await askWho().catch(() => null)
  say(name === null ? 'You are not logged in.' : `You are logged in as ${name}.`, name !== null)
}
