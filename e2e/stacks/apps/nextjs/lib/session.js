import { randomBytes } from 'node:crypto'
import { jwtVerify, SignJWT } from 'jose'
import { cookies } from 'next/headers'

// One for all bundles of a process.
globalThis.secret ??= new TextEncoder().encode(process.env.SESSION_SECRET ?? randomBytes(32).toString('hex'))

export const makeToken = (name) =>
  new SignJWT({ sub: name }).setProtectedHeader({ alg: 'HS256' }).setExpirationTime('1h').sign(globalThis.secret)

/** @returns the claims of a token that is valid, else null */
export const readToken = async (token) => {
  try {
    return (await jwtVerify(token, globalThis.secret)).payload
  } catch {
    return null
  }
}

export const createSession = async (name) => {
  const options = { httpOnly: true, secure: true, sameSite: 'lax', path: '/', maxAge: 3600 }
  ;(await cookies()).set('session', await makeToken(name), options)
}

export const visitor = async () => (await readToken((await cookies()).get('session')?.value ?? ''))?.sub ?? null
