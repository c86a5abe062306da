import { makeToken } from '../../../lib/session'

export const POST = async (request) => Response.json({ access_token: await makeToken((await request.json()).name) })
