'use server'

import { redirect } from 'next/navigation'
import { createSession } from '../lib/session'

export const login = async (data) => {
  await createSession(data.get('name'))
  redirect('/account')
}
