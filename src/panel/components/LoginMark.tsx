import type { LogEntry } from '../session.ts'
import { whyOf } from '../view-story.ts'
import { usePanel } from './panel-context.ts'

/** Whether a request is the login that the story is about, or where that login breaks, and the way to say that it is the login. */
export function LoginMark({ entry: { id, exchange } }: { entry: LogEntry }) {
  const { story: model, showDiagnosis } = usePanel()
  const told = model.told.value
  const { story } = told
  const card = whyOf(told, id)
  const isLogin = story?.login === id
  const breaks = model.breaksAt.value === id
  return (
    <div class="login-marks">
      {(breaks || card !== null) && (
        <p class="login-mark">
          <b class="bad">{breaks ? 'The login breaks here.' : 'Part of why the login breaks.'}</b>{' '}
          {/* Without a finding the verdict below says why. */}
          {card !== null && (
            <button type="button" class="link inline" onClick={() => showDiagnosis(card)}>
              See why
            </button>
          )}
          {card === null && !isLogin && (
            <button type="button" class="link inline" onClick={() => model.show('story')}>
              Its story
            </button>
          )}
        </p>
      )}
      {isLogin && (
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
      )}
      {!isLogin && exchange.method !== 'OPTIONS' && (
        <p class="login-mark">
          <span class="dim">Not taken for the login:</span>{' '}
          <button type="button" class="link inline" onClick={() => model.pick(id)}>
            This is the login
          </button>
        </p>
      )}
    </div>
  )
}
