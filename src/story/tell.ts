import type { Diagnosis, Story, StoryStep, StoryStepId } from '../contract.ts'
import { afterLastStep } from './answer.ts'
import { stepOf } from './diagnosis-step.ts'
import { diagramOf } from './diagram.ts'
import type { Evidence, Login } from './evidence.ts'
import { checksOf } from './health.ts'
import { sentenceOf } from './sentence.ts'
import { acceptedWith, isBearer, type Use, usesOf } from './session-trail.ts'
import { acceptedStep, type Outlook, outlookOf, sentStep, visitStep, visitsOf } from './steps-after.ts'
import { pageStep, redirectsStep, requestStep, setCookieStep, storedStep } from './steps-login.ts'
import { step, type ToldStep } from './telling.ts'

/**
 * The login from its page to the next visit; null where the log has none. Never throws. Its words hold no cookie value and no token.
 * @param diagnoses ranked: the first that blocks now says why the login breaks
 */
export const tell = (evidence: Evidence, diagnoses: readonly Diagnosis[]): Story | null => {
  const { login } = evidence
  if (login === null) return null
  const bearer = isBearer(login)
  const uses = usesOf(login)
  const cause = diagnoses.find(({ rank }) => rank === 'blocks-now') ?? null
  const steps = causeFirst(brokenBy(stepsOf(login, bearer, uses), cause))
  const outcome = outcomeOf(steps)
  const accepted = acceptedWith(uses)
  return {
    login: login.request.id,
    picked: login.picked,
    why: [...login.why],
    outcome,
    sentence: sentenceOf(login, outcome, steps, said(steps, cause), accepted),
    steps: steps.map(({ because, doubt, follows, ...shown }): StoryStep => shown),
    ...diagramOf(evidence, login, steps),
    checks: outcome === 'broken' ? [] : checksOf(login, steps, accepted.byToken),
  }
}

const stepsOf = (login: Login, bearer: boolean, uses: readonly Use[]): ToldStep[] => {
  const settled = afterLastStep(uses)
  const outlook = outlookOf(login, settled)
  const works = outlook.accepted !== null && outlook.refused === null && outlook.lacking === null
  const visits = visitsOf(login, settled)
  return [
    pageStep(login),
    requestStep(login),
    setCookieStep(login, bearer, needsSession(outlook), works),
    storedStep(login, works, outlook.accepted?.sent.length === 0),
    redirectsStep(login, works),
    sentStep(login, outlook),
    acceptedStep(login, outlook),
    visitStep('reload', visits, login.replaced),
    visitStep('navigation', visits, login.replaced),
  ]
}

/** Something that the login led to, or that its own site was asked for, was turned away without any session. */
const needsSession = ({ uses, carrier }: Outlook): boolean =>
  carrier === null &&
  uses.some(({ answer, passing, sent, bearer }) => answer === 'refused' && !passing && sent.length === 0 && !bearer)

/** After the first step that breaks nothing more is told; a diagnosis may know that one breaks which looks whole. */
const brokenBy = (steps: readonly ToldStep[], cause: Diagnosis | null): ToldStep[] => {
  const isBroken = steps.some(({ mark }) => mark === 'broken')
  const id = isBroken || cause === null ? null : stepOf(cause, steps)
  const told = id === null || cause === null ? steps : steps.map((one) => (one.id === id ? brokenAs(one, cause) : one))
  const at = told.findIndex(({ mark }) => mark === 'broken')
  if (at >= 0) return told.map((one, place) => (place > at ? unreached(one, 'It hangs on the step that breaks.') : one))
  const waits = told.findIndex(({ id: one, mark }) => one === 'request' && mark === 'open')
  return told.map((one, place) => (waits >= 0 && place > waits ? unreached(one, 'Not seen yet.') : one))
}

/** A step that looked whole is not named by what it looked like. */
const NOT_WHOLE: Partial<Record<StoryStepId, string>> = {
  'set-cookie': 'session set',
  stored: 'cookie stored',
  sent: 'next request',
  accepted: 'not accepted',
  reload: 'reload',
  navigation: 'next page',
}

const brokenAs = (one: ToldStep, { explanation, exchanges }: Diagnosis): ToldStep => ({
  ...one,
  mark: 'broken',
  title: one.mark === 'ok' ? (NOT_WHOLE[one.id] ?? one.title) : one.title,
  detail: explanation,
  exchanges: [...new Set([...exchanges.slice(0, 1), ...one.exchanges])],
})

/** Being led back to the login comes of the request that breaks: it is told after it. */
const causeFirst = (steps: readonly ToldStep[]): readonly ToldStep[] => {
  const led = steps.find(({ follows, mark }) => follows === true && mark !== 'open')
  const broken = steps.find(({ mark }) => mark === 'broken')
  if (led === undefined || broken === undefined || (broken.id !== 'sent' && broken.id !== 'accepted')) return steps
  if (!led.exchanges.includes(broken.exchanges[0] ?? '')) return steps
  return steps.flatMap((one) => (one === led ? [] : one === broken ? [broken, led] : [one]))
}

/** Where the visitor was led to is so, whatever became of the cookie. */
const isFact = ({ id, mark }: ToldStep): boolean =>
  mark === 'skipped' || (id === 'redirects' && mark !== 'broken' && mark !== 'open')

const UNREACHED: Readonly<Record<StoryStepId, string>> = {
  page: 'page',
  request: 'login',
  'set-cookie': 'session set',
  stored: 'cookie stored',
  redirects: 'led on',
  sent: 'next request',
  accepted: 'accepted',
  reload: 'reload',
  navigation: 'next page',
}

const unreached = (one: ToldStep, detail: string): ToldStep =>
  isFact(one) ? one : step(one.id, 'open', UNREACHED[one.id], detail)

/** What may be one of several explanations does not stand in for what was seen. */
const said = (steps: readonly ToldStep[], cause: Diagnosis | null): Diagnosis | null => {
  const broken = steps.find(({ mark }) => mark === 'broken')
  return cause?.confidence === 'possible' && broken?.because !== undefined ? null : cause
}

const outcomeOf = (steps: readonly ToldStep[]): Story['outcome'] => {
  const markOf = (id: ToldStep['id']) => steps.find((step) => step.id === id)?.mark
  if (steps.some(({ mark }) => mark === 'broken')) return 'broken'
  if (steps.some(({ doubt }) => doubt !== undefined)) return 'open'
  const lasts = [markOf('reload'), markOf('navigation')].some((mark) => mark === 'ok' || mark === 'risky')
  return markOf('accepted') === 'ok' && lasts ? 'healthy' : 'open'
}
