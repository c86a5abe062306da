import type { Diagnosis, Story } from '../contract.ts'
import type { Login } from './evidence.ts'
import { leadsToFurtherStep } from './further-step.ts'
import { type Accepted, isBearer } from './session-trail.ts'
import type { ToldStep } from './telling.ts'
import { namesText } from './telling.ts'

const markOf = (steps: readonly ToldStep[], id: ToldStep['id']): ToldStep['mark'] =>
  steps.find((step) => step.id === id)?.mark ?? 'skipped'

/** A title as the end of a sentence: its first word small where it is a plain one. */
const asClause = (title: string): string =>
  /^(?:The|This|That|A|An|No|Two|Another|Each|Several|Your|Third-party|It|Nothing|Cookies|Cookie|Session|One) /.test(
    title,
  )
    ? title.charAt(0).toLowerCase() + title.slice(1)
    : title

/** The sentence has one already: in a title's words, though not in what they quote, it is another pause. */
const withoutColons = (text: string): string =>
  text
    .split('`')
    .map((part, i) => (i % 2 === 0 ? part.replaceAll(': ', '; ') : part))
    .join('`')

const asSentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`)

/**
 * The whole in one sentence. Steps are counted as they are shown: without those that are skipped.
 * @param cause the diagnosis that says why, where one does
 * @param accepted what the server was seen to accept: nothing else is said to have been sent and accepted
 */
export const sentenceOf = (
  login: Login,
  outcome: Story['outcome'],
  steps: readonly ToldStep[],
  cause: Diagnosis | null,
  accepted: Accepted,
): string => {
  if (outcome === 'broken') {
    const shown = steps.filter(({ mark }) => mark !== 'skipped')
    const at = shown.findIndex(({ mark }) => mark === 'broken')
    const because =
      cause === null ? (shown[at]?.because ?? shown[at]?.title ?? '') : withoutColons(asClause(cause.title))
    return asSentence(`Your login broke at step ${at + 1}: ${because}`)
  }
  return outcome === 'healthy' ? healthyWords(login, steps, accepted) : openWords(login, steps, isBearer(login))
}

const healthyWords = (login: Login, steps: readonly ToldStep[], { names, byToken }: Accepted): string => {
  const { session, kept } = login
  const lasts = markOf(steps, 'reload') === 'ok' ? 'after a reload too' : 'on the next page too'
  if (isBearer(login)) return `This login works: the token was issued, sent and accepted, ${lasts}.`
  const used = session.filter(({ name }) => names.has(name)).map(({ name }) => name)
  if (byToken && session.length > 0) {
    const stored = session.filter(({ line }) => line.outcome === 'stored').map(({ name }) => name)
    const beside = used.length > 0 ? used : stored
    const besides = `; ${namesText(beside)} ${was(beside)} issued${used.length > 0 ? ', stored, sent back and accepted' : ' and stored'}`
    return `This login works: the token was sent and accepted, ${lasts}${beside.length === 0 ? '' : besides}.`
  }
  if (used.length > 0)
    return `This login works: ${namesText(used)} ${was(used)} issued, stored, sent back and accepted, ${lasts}.`
  const goneOn = kept.filter(({ name }) => names.has(name)).map(({ name }) => name)
  return goneOn.length === 0
    ? `This login works: what came after it was accepted, ${lasts}.`
    : `This login works: ${namesText(goneOn)} ${was(goneOn)} kept, sent back and accepted, ${lasts}.`
}

const was = (names: readonly string[]): string => (new Set(names).size === 1 ? 'was' : 'were')

/** The login led to a page that asks for a further step. */
const isLedOn = (login: Login): boolean =>
  [login.request, ...login.redirects].some((one) => leadsToFurtherStep(one, login))

const openWords = (login: Login, steps: readonly ToldStep[], bearer: boolean): string => {
  const { session, kept, oauth, request } = login
  const doubt = steps.find((step) => step.doubt !== undefined)?.doubt
  if (doubt !== undefined) return doubt
  const names = namesText([...session.map(({ name }) => name), ...kept.map(({ name }) => name)])
  if (markOf(steps, 'request') === 'open')
    return oauth !== null && request.state !== 'pending'
      ? 'So far, so good: the visitor is with the identity provider.'
      : 'The login was sent, and has not been answered yet.'
  if (markOf(steps, 'set-cookie') === 'open')
    return 'The login was answered, and no session cookie set so far: now open a page that needs the login.'
  if (markOf(steps, 'stored') === 'open')
    return `The login sets ${names}: whether the browser stored it is not certain.`
  if (markOf(steps, 'sent') === 'open' || markOf(steps, 'accepted') === 'open')
    return isLedOn(login)
      ? 'So far, so good: the login asks for a further step.'
      : `So far, so good: ${bearer || names === '' ? 'the login was answered' : `${names} is there`}. Now open a page that needs the login.`
  return 'So far, so good: now reload the page to see whether the login lasts.'
}
