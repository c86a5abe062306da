import type { ThirdPartyCookies } from '../../contract.ts'
import { gapText } from '../../report/event-words.ts'
import { givenUpText, onlySitesText, ownProblemText } from '../view-gap.ts'
import { clockTime, count } from '../view-text.ts'
import { usePanel } from './panel-context.ts'

const THIRD_PARTY: Readonly<Record<Exclude<ThirdPartyCookies, 'unknown'>, string>> = {
  allowed: 'allowed',
  blocked: 'blocked',
  partitioned: 'kept apart per site',
}

export function Footer() {
  const { model, story } = usePanel()
  const isBroken = story.told.value.story?.outcome === 'broken'
  const { shown, total, problems, capacity } = model.list.value
  const {
    jarSize,
    thirdPartyCookies,
    onlySites = [],
    recording,
    recordingSince,
    connection,
    problem,
  } = model.status.value
  const requests =
    shown.exchange === total.exchange
      ? count(total.exchange, 'request')
      : `${shown.exchange.toLocaleString('en-GB')} of ${count(total.exchange, 'request')}`
  return (
    <footer class="footer">
      <span>{requests}</span>
      <span
        class={problems > 0 || isBroken ? 'bad' : ''}
        title="Requests to look at: for a cookie, or because the login breaks there"
      >
        {problems === 0 && isBroken ? 'login broken' : count(problems, 'problem')}
      </span>
      {capacity !== null && givenUpText(capacity) !== '' && (
        <span class="warn" title={gapText(capacity, clockTime)}>
          {givenUpText(capacity)}
        </span>
      )}
      {jarSize !== null && (
        <span title="In the browser’s store for the page’s site">{count(jarSize, 'cookie')} of this site</span>
      )}
      {onlySites.length > 0 && (
        <span class="warn" title={onlySitesText(onlySites)}>
          access to {onlySites.length === 1 ? onlySites[0] : count(onlySites.length, 'site')} only
        </span>
      )}
      {problem !== undefined && (
        <span class="warn" title={ownProblemText(problem)}>
          Cookie Verdict itself had a problem
        </span>
      )}
      <span class="grow" />
      {/* A login on one site never shows it, nor needs it. */}
      {thirdPartyCookies !== 'unknown' && (
        <span title="As this browser treated the cross-site requests recorded here">
          third-party cookies: {THIRD_PARTY[thirdPartyCookies]}
        </span>
      )}
      <span>
        {connection === 'lost'
          ? 'connection lost'
          : connection === 'connecting'
            ? 'connecting…'
            : recording && recordingSince !== null
              ? `recording since ${clockTime(recordingSince)}`
              : 'not recording'}
      </span>
    </footer>
  )
}
