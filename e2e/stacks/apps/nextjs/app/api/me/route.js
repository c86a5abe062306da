import { visitor } from '../../../lib/session'

export const GET = async () => {
  const name = await visitor()
  return Response.json({ name }, { status: name === null ? 401 : 200 })
}
