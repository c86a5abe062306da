import { readToken } from '../../../lib/session'

export const GET = async (request) => {
  const claims = await readToken(request.headers.get('Authorization')?.replace('Bearer ', '') ?? '')
  return Response.json(claims ?? { error: 'invalid_token' }, { status: claims === null ? 401 : 200 })
}
