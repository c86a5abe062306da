import { randomUUID } from 'node:crypto'
import { cookies } from 'next/headers'
import { NextResponse } from 'next/server'
import { publicUrl } from '../../../lib/public-url'

export const GET = async (request) => {
  const state = randomUUID()
  const options = { httpOnly: true, secure: true, sameSite: 'none', path: '/', maxAge: 600 }
  ;(await cookies()).set('oauth_state', state, options)
  const query = new URLSearchParams({
    client_id: 'shop',
    response_type: 'code',
    response_mode: request.nextUrl.searchParams.get('response_mode'),
    redirect_uri: publicUrl('/oauth/callback', request).href,
    state,
  })
  return NextResponse.redirect(`https://id.other.test/authorize?${query}`)
}
