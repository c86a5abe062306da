import { redirect } from 'next/navigation'
import { visitor } from './session'

export async function Member() {
  if ((await visitor()) === null) redirect('/login')
  return (
    <>
      <p role="status">You are logged in.</p>
      <nav>
        <a href="/account">Account</a> <a href="/cart">Cart</a>
      </nav>
    </>
  )
}
