import type { EmptyReason } from '../view-empty.ts'
import { count } from '../view-text.ts'
import { EmptyState } from './EmptyState.tsx'
import { usePanel } from './panel-context.ts'
import { useRequestAccess } from './use-request-access.ts'

/** In place of the list while there is nothing to list. */
export function EmptyList({ reason }: { reason: EmptyReason }) {
  const { model, story } = usePanel()
  const { session } = model
  const requestAccess = useRequestAccess()
  switch (reason) {
    case 'lost':
      return (
        <EmptyState icon="doubt" tone="warn" title="The connection to the extension is lost">
          It was updated, reloaded or switched off. Close DevTools and open it again to go on.
        </EmptyState>
      )
    case 'noAccess':
      return (
        <EmptyState
          icon="blocked"
          tone="warn"
          title="No access to this site"
          action={{ label: 'Allow access', run: requestAccess }}
        >
          The browser keeps this site’s requests from Cookie Verdict until you allow it to see them.
        </EmptyState>
      )
    case 'off':
      return (
        <EmptyState
          icon="paused"
          title="Recording is off"
          action={{ label: 'Record', run: () => session.setRecording(true) }}
        >
          Switch it on, then log in on the page or reload it.
        </EmptyState>
      )
    case 'nothing':
      return (
        <EmptyState
          icon="record"
          tone="bad"
          title="Recording"
          action={{ label: 'Reload the page', run: () => session.reloadPage() }}
        >
          Log in on the page, or reload it: each request shows here, with what became of its cookies.
        </EmptyState>
      )
    case 'noMatch': {
      const { text, problemsOnly, differs } = model.filter.value
      const isBroken = story.told.value.story?.outcome === 'broken'
      const isCalm = text === '' && problemsOnly && !differs && !isBroken
      const total = count(model.list.value.total.exchange, 'request')
      return (
        <EmptyState
          icon={isCalm ? 'ok' : 'search'}
          tone={isCalm ? 'ok' : 'quiet'}
          title={noneFound(text, problemsOnly, differs)}
          action={{ label: 'Show all', run: () => model.setFilter({ text: '', problemsOnly: false, differs: false }) }}
        >
          {isCalm ? `Cookies are fine on all ${total}.` : `${total} recorded.`}
        </EmptyState>
      )
    }
  }
}

function noneFound(text: string, problemsOnly: boolean, differs: boolean): string {
  if (text !== '' || problemsOnly === differs) return 'No request matches'
  return problemsOnly ? 'No problems so far' : 'No difference between browsers so far'
}
