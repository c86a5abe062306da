import { cookies } from 'next/headers'
import { NextResponse } from 'next/server'
import { publicUrl } from '../../../lib/public-url'
import { createSession } from '../../../lib/session'

const finish = async (request, answer) => {
  const store = await cookies()
  if (answer.get('state') !== store.get('oauth_state')?.value) {
    return new NextResponse('State does not match.', { status: 400 })
  }
  store.set('oauth_state', '', { httpOnly: true, secure: true, sameSite: 'none', path: '/', maxAge: 0 })
  await createSession(answer.get('code'))
  return NextResponse.redirect(publicUrl('/account', request), 303)
}

export const GET = (request) => finish(request, request.nextUrl.searchParams)
export const POST = async (request) => finish(request, await request.formData())
