import type { Story } from '../../contract.ts'
import type { LogEntry } from '../session.ts'
import { summaryOf } from '../view-entry.ts'
import { withoutQuery } from '../view-story.ts'
import { clockTime } from '../view-text.ts'
import { ExchangeLink } from './ExchangeLink.tsx'
import { PageText } from './PageText.tsx'
import { Prose } from './Prose.tsx'
import { usePanel } from './panel-context.ts'

/** Tells requests to one address apart: ` · sets 2 cookies`. */
function setsOf({ verdict }: LogEntry): string {
  const count = verdict.setCookies.length
  return count === 0 ? '' : ` · sets ${count === 1 ? 'a cookie' : `${count} cookies`}`
}

/** Which request is taken for the login, why, and which it may be instead. */
export function LoginChoice({ story }: { story: Story | null }) {
  const { story: model } = usePanel()
  const others = model.candidates.value.filter(({ id }) => id !== story?.login)
  if (story === null && others.length === 0) return null
  return (
    <section class="login-choice" aria-labelledby="login-choice">
      <h2 id="login-choice">The login request</h2>
      {story && (
        <>
          <p>
            <ExchangeLink id={story.login} />
          </p>
          <ul class="notes">
            {story.why.map((why) => (
              <li>
                <Prose text={why} />
              </li>
            ))}
          </ul>
          {story.picked === 'by-hand' && (
            <button type="button" class="button" onClick={() => model.pick(null)}>
              Find it instead
            </button>
          )}
        </>
      )}
      {others.length > 0 && (
        <details class="folded" open={story === null}>
          <summary class="folded-head">{story === null ? 'Pick the login by hand' : 'It was another request'}</summary>
          <ul class="candidates">
            {others.map((entry) => {
              const { path, host } = summaryOf(entry)
              return (
                <li key={entry.id}>
                  <button type="button" class="link" onClick={() => model.pick(entry.id)}>
                    {entry.exchange.method} <PageText text={withoutQuery(path)} />
                  </button>
                  <span class="dim">
                    <PageText text={host} /> {entry.exchange.status > 0 && entry.exchange.status} ·{' '}
                    {clockTime(entry.started)}
                    {setsOf(entry)}
                  </span>
                </li>
              )
            })}
          </ul>
        </details>
      )}
    </section>
  )
}
