import { noStoryReason } from '../view-empty.ts'
import { EmptyList } from './EmptyList.tsx'
import { EmptyState } from './EmptyState.tsx'
import { usePanel } from './panel-context.ts'
import { useRequestAccess } from './use-request-access.ts'

/** In place of the story while no login was seen. */
export function NoStory() {
  const { session, status } = usePanel().model
  // What is missing from the log changes with it.
  void session.version.value
  const reason = noStoryReason(status.value, session.log.gaps)
  if (reason === 'noLogin') {
    return (
      <EmptyState icon="pending" title="No login so far">
        Log in, and the steps of the login appear here.
      </EmptyState>
    )
  }
  return typeof reason === 'string' ? <EmptyList reason={reason} /> : <HiddenHosts hosts={reason.hosts} />
}

/** A login may have gone by them. */
function HiddenHosts({ hosts }: { hosts: readonly string[] }) {
  const requestAccess = useRequestAccess(hosts)
  return (
    <EmptyState icon="blocked" tone="warn" title="No login seen" action={{ label: 'Allow access', run: requestAccess }}>
      What goes to {hosts.join(', ')} the browser keeps from Cookie Verdict, and a login may have gone there. Allow
      access, then log in again.
    </EmptyState>
  )
}
