// The shop's only script: logs in by fetch where the scenario has an API, and asks that API who the visitor is.
const { api, credentials } = document.body.dataset

for (const form of document.querySelectorAll('form[data-login]')) {
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    const answer = await fetch(form.dataset.login, {
      method: 'POST',
      credentials,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(Object.fromEntries(new FormData(form))),
    })
    if (answer.ok) location.assign('/account')
  })
}

const state = document.querySelector('[data-ask]')
if (state) {
  const answer = await fetch(`${api}/me`, { credentials })
  const visitor = answer.ok ? (await answer.json()).name : null
  state.textContent = visitor === null ? 'You are not logged in.' : `You are logged in as ${visitor}.`
  state.classList.add(visitor === null ? 'out' : 'in')
}
