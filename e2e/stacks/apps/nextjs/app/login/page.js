import { login } from '../actions'

export default function Login() {
  return (
    <>
      <p role="status">You are not logged in.</p>
      <form action={login}>
        <label>
          Name <input name="name" autoComplete="username" />
        </label>
        <label>
          Password <input name="password" type="password" autoComplete="current-password" />
        </label>
        <button type="submit">Log in</button>
      </form>
      <p>
        <a href="/oauth/start?response_mode=query">Continue with Other ID</a>
      </p>
      <p>
        <a href="/oauth/start?response_mode=form_post">Continue with Other ID, by a form</a>
      </p>
    </>
  )
}
