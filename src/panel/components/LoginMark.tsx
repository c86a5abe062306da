import type { LogEntry } from '../session.ts'
import { usePanel } from './panel-context.ts'

/** Whether a request is the login that the story is about, and the way to say that it is. */
export function LoginMark({ entry: { id, exchange } }: { entry: LogEntry }) {
  const { story: model } = usePanel()
  const { story } = model.told.value
  if (exchange.method === 'OPTIONS') return null
  if (story?.login === id) {
    return (
      <p class="login-mark">
        This is the login{story.picked === 'by-hand' && ', as you say'}.{' '}
        <button type="button" class="link inline" onClick={() => model.show('story')}>
          Its story
        </button>
        {story.picked === 'by-hand' && (
          <>
            {' · '}
            <button type="button" class="link inline" onClick={() => model.pick(null)}>
              Find it instead
            </button>
          </>
        )}
      </p>
    )
  }
  return (
    <p class="login-mark">
      <button type="button" class="link inline" onClick={() => model.pick(id)}>
        This is the login
      </button>
    </p>
  )
}
