import { sameBytes } from '../cookie/bytes.ts'
import { sameKey } from '../cookie/store.ts'
import { afterLastStep, targetOf } from './answer.ts'
import type { Login, Replacement, SessionLine } from './evidence.ts'
import { isOwnData } from './paths.ts'
import { isPreflight, readingOf } from './reading.ts'
import { isRefusal } from './refusal.ts'
import type { Seen } from './seen.ts'
import { isPage, type Use, usesOf } from './session-trail.ts'

/** A session that was used later than that after it was replaced may have ended by itself. Milliseconds. */
const SOON = 300_000

interface Write {
  readonly by: Seen
  readonly value: string
}

/**
 * The answer that overwrote the login's session cookie, where the server then refused what it had given; null where none did. Servers
 * give a session new values on purpose (at the login, with each answer): what they then accept is none.
 */
export const replacementOf = (all: readonly Seen[], login: Login): Replacement | null => {
  for (const line of login.session) {
    const writes = writesAfter(all, line, login)
    if (writes.length === 0) continue
    const uses = afterLastStep(usesOf(login))
    const first = uses.findIndex(
      (use) => use.answer === 'refused' && !use.bearer && !use.passing && valueSent(use.seen, line) !== null,
    )
    const refused = uses[first]
    const value = refused === undefined ? null : valueSent(refused.seen, line)
    const write = writes.find(
      ({ by, value: given }) => value !== null && sameBytes(given, value) && by.started <= (refused?.seen.started ?? 0),
    )
    if (refused === undefined || value === null || write === undefined) continue
    const found = { line, by: write.by, refused: refused.seen }
    const replacement = isOfStranger(write, line)
      ? { ...found, accepted: null }
      : byAnother(write, line, uses.slice(0, first), refused)
    if (replacement !== null && !isGood(value, uses, replacement)) return replacement
  }
  return null
}

/** What else gave the cookie a value, once the login's answer had come, in order of time; as far as the next login. */
const writesAfter = (all: readonly Seen[], { seen, line }: SessionLine, { request, next }: Login): Write[] => {
  const { cookie, outcome } = line
  if (outcome !== 'stored' || cookie === null) return []
  const end = next === null ? all.length : all.indexOf(next)
  return all
    .slice(0, end < 0 ? all.length : end)
    .flatMap((by): Write[] => {
      if (by === seen || by === request || by.exchange.time < seen.exchange.time || isPreflight(by)) return []
      const last = by.verdict.setCookies.findLast(
        (one) => one.outcome === 'stored' && one.cookie !== null && sameKey(one.cookie, cookie),
      )
      const value = last?.cookie?.value
      return value === undefined || sameBytes(value, cookie.value) ? [] : [{ by, value }]
    })
    .toSorted((a, b) => a.by.exchange.time - b.by.exchange.time)
}

const valueSent = ({ verdict }: Seen, { line }: SessionLine): string | null =>
  verdict.cookies.find(
    ({ cookie, outcome }) => outcome === 'sent' && line.cookie !== null && sameKey(cookie, line.cookie),
  )?.cookie.value ?? null

/** It was asked before the login was answered, and so without the login's session; its answer came after. */
const isOfStranger = ({ by }: Write, line: SessionLine): boolean =>
  by.started <= line.seen.exchange.time && !isLogins(valueSent(by, line), line)

const isLogins = (value: string | null, { line }: SessionLine): boolean =>
  value !== null && line.cookie !== null && sameBytes(value, line.cookie.value)

/**
 * It was asked with the login's session, answered well, and gave another: an app of its own on the same host, or an instance that does
 * not know the session. What was refused afterwards had been accepted with the login's own.
 */
const byAnother = ({ by }: Write, line: SessionLine, before: readonly Use[], refused: Use): Replacement | null => {
  const target = targetOf(refused.seen)
  if (!isLogins(valueSent(by, line), line) || isRefusal(by) || targetOf(by) === target) return null
  if (refused.seen.started - by.exchange.time > SOON) return null
  const accepted = before.find(
    ({ seen, answer }) =>
      answer === 'accepted' &&
      targetOf(seen) === target &&
      isLogins(valueSent(seen, line), line) &&
      seen.started < by.started,
  )
  return accepted === undefined ? null : { line, by, refused: refused.seen, accepted: accepted.seen }
}

/**
 * The server took it for a session elsewhere. A page may be one that anybody sees, and who is there is asked of the session alone; what
 * another app's own scripts ask of it says nothing.
 */
const isGood = (value: string, uses: readonly Use[], { line, by, refused }: Replacement): boolean => {
  if (!isPage(refused) && isOwnData(readingOf(refused).segments)) return false
  const other = API.test(folderOf(by)) ? null : folderOf(by)
  return uses.some(
    ({ seen, proves }) =>
      proves &&
      !isPage(seen) &&
      seen.started < refused.started &&
      sameBytes(valueSent(seen, line) ?? '', value) &&
      (folderOf(seen) === folderOf(refused) || folderOf(seen) !== other),
  )
}

const API = /^(?:api|rest|graphql|rpc|v\d{1,3})?$/

/** The first piece of its path, where several apps of a host part. */
const folderOf = (seen: Seen): string => readingOf(seen).url?.pathname.slice(0, 200).split('/').slice(1, -1)[0] ?? ''
