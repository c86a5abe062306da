import type { SessionStatus } from './session.ts'

/** Why the list is empty, the first thing to do about it first. */
export type EmptyReason = 'lost' | 'noAccess' | 'off' | 'nothing' | 'noMatch'

export function emptyReason(status: SessionStatus, total: number, shown: number): EmptyReason | null {
  if (shown > 0) return null
  if (total > 0) return 'noMatch'
  if (status.connection === 'lost') return 'lost'
  if (status.hostAccess === 'missing') return 'noAccess'
  return status.recording ? 'nothing' : 'off'
}

/** What the reader of a list that is not empty has to know: parts of it may be missing. */
export function noticeReason(status: SessionStatus, total: number): 'lost' | 'noAccess' | null {
  if (total === 0) return null
  if (status.connection === 'lost') return 'lost'
  return status.hostAccess === 'missing' ? 'noAccess' : null
}
