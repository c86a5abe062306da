import { useRequestAccess } from './use-request-access.ts'

/** Above a list that may lack something. */
export function Notice({ reason }: { reason: 'lost' | 'noAccess' }) {
  const requestAccess = useRequestAccess()
  return (
    <div class="notice" role="status">
      {reason === 'lost' ? (
        'The connection to the extension is lost, so nothing new shows here. Close DevTools and open it again to go on.'
      ) : (
        <>
          No access to this site: its requests are missing here.
          <button type="button" class="button" onClick={requestAccess}>
            Allow access
          </button>
        </>
      )}
    </div>
  )
}
