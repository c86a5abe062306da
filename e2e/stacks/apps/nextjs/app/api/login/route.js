import { createSession } from '../../../lib/session'

export const POST = async (request) => {
  await createSession((await request.json()).name)
  return Response.json({ ok: true })
}
