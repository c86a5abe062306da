import type { Gap, GapKind } from '../contract.ts'
import type { SessionStatus } from './session.ts'
import type { Row } from './view-rows.ts'

/** Why the list is empty, the first thing to do about it first. */
export type EmptyReason = 'lost' | 'noAccess' | 'off' | 'nothing' | 'noMatch'

export function emptyReason(status: SessionStatus, total: number, shown: number): EmptyReason | null {
  if (shown > 0) return null
  if (total > 0) return 'noMatch'
  if (status.connection === 'lost') return 'lost'
  if (status.hostAccess === 'missing') return 'noAccess'
  return status.recording ? 'nothing' : 'off'
}

/** Gaps that last, and that the empty list tells of by itself. */
const TOLD: ReadonlySet<GapKind> = new Set(['not-recording', 'no-host-access', 'connection-lost'])

/** Whether there is nothing to look at or to export: no row, or only what the empty list says anyway. */
export function isNothing(rows: readonly Row[], recorded: number): boolean {
  return recorded === 0 && rows.every((row) => row.kind === 'gap' && row.gap.to === null && TOLD.has(row.gap.kind))
}

/** What the reader of a list that is not empty has to know: parts of it may be missing. */
export function noticeReason(status: SessionStatus, total: number): 'lost' | 'noAccess' | null {
  if (total === 0) return null
  if (status.connection === 'lost') return 'lost'
  return status.hostAccess === 'missing' ? 'noAccess' : null
}

/** Why there is no story; hosts: those whose requests the browser still keeps to itself. */
export function noStoryReason(
  status: SessionStatus,
  gaps: readonly Gap[],
): 'lost' | 'noAccess' | 'off' | 'noLogin' | { readonly hosts: readonly string[] } {
  if (status.connection === 'lost') return 'lost'
  if (status.hostAccess === 'missing') return 'noAccess'
  const { onlySites = [] } = status
  const isHidden = (host: string) =>
    onlySites.length > 0 && !onlySites.some((site) => host === site || host.endsWith(`.${site}`))
  const hosts = new Set(gaps.flatMap((gap) => gap.hosts ?? []).filter(isHidden))
  if (hosts.size > 0) return { hosts: [...hosts] }
  return status.recording ? 'noLogin' : 'off'
}
