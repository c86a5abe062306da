import type { ActionOf, AttributeAction } from '../action.ts'
import { type Answer, type Answers, type AttributeChange, type CookieAtHand, generic } from '../stack.ts'
import { js } from './literal.ts'

export type SameSite = 'Lax' | 'Strict' | 'None'

/** What a cookie's attributes have to become; null: left out. What is missing stays as it is. */
export interface Wanted {
  path?: string | null
  domain?: string | null
  httpOnly?: boolean
  secure?: boolean
  sameSite?: SameSite | null
  partitioned?: boolean
}

const sameSites: readonly SameSite[] = ['Lax', 'Strict', 'None']

/** The changes in one; the last of an attribute counts. What browsers take with Secure alone brings it along. */
export const wantedOf = (changes: readonly AttributeAction[]): Wanted => {
  const wanted: Wanted = {}
  for (const change of changes) {
    const set = change.action === 'set-attribute'
    const value = set ? (change.value ?? '') : null
    switch (change.attribute) {
      case 'Secure':
        wanted.secure = set
        break
      case 'HttpOnly':
        wanted.httpOnly = set
        break
      case 'Partitioned':
        wanted.partitioned = set
        break
      case 'Path':
        wanted.path = value
        break
      case 'Domain':
        wanted.domain = value
        break
      case 'SameSite': {
        const known = sameSites.find((name) => name.toLowerCase() === value?.toLowerCase())
        if (value === null) wanted.sameSite = null
        else if (known !== undefined) wanted.sameSite = known
      }
    }
  }
  const needsSecure = wanted.sameSite === 'None' || wanted.partitioned === true
  return needsSecure ? { secure: true, ...wanted } : wanted
}

/** What the cookie's line says already. */
export const keptOf = (at: CookieAtHand | undefined): Wanted => wantedOf(at?.attributes ?? [])

/** The changes and what else the line says, for options that replace those there were. Nothing where nothing changes. */
export const wholeOf = ({ changes, at }: AttributeChange): Wanted => {
  const wanted = wantedOf(changes)
  return Object.keys(wanted).length === 0 ? wanted : { ...keptOf(at), ...wanted }
}

/** Where a stack has no way to write it, Secure alone would mend nothing. */
export const isPartitionedAlone = (changes: readonly AttributeAction[]): boolean =>
  changes.length > 0 && changes.every(({ attribute }) => attribute === 'Partitioned')

/** How one stack writes each attribute; an empty text where it has no way to. */
export type Writers = {
  [Name in keyof Wanted]-?: (value: Exclude<Wanted[Name], undefined>) => string
}

/** The attributes that change, as a stack writes them. */
export const writeAttributes = (wanted: Wanted, writers: Writers): string[] => {
  const lines: string[] = []
  if (wanted.path !== undefined) lines.push(writers.path(wanted.path))
  if (wanted.domain !== undefined) lines.push(writers.domain(wanted.domain))
  if (wanted.httpOnly !== undefined) lines.push(writers.httpOnly(wanted.httpOnly))
  if (wanted.secure !== undefined) lines.push(writers.secure(wanted.secure))
  if (wanted.sameSite !== undefined) lines.push(writers.sameSite(wanted.sameSite))
  if (wanted.partitioned !== undefined) lines.push(writers.partitioned(wanted.partitioned))
  return lines.filter((line) => line !== '')
}

/** What the line that deletes a cookie has to say; with a name that asks for them, Secure and HttpOnly too, or the browser refuses the line. */
export const deletionOf = ({ name, domain, path }: ActionOf<'delete-cookie'>): Wanted => ({
  path,
  ...(domain === null ? {} : { domain }),
  ...(/^__(?:host-)?http-/i.test(name) ? { httpOnly: true } : {}),
  ...(/^__(?:secure|host|http)-/i.test(name) ? { secure: true } : {}),
})

const optional = (value: string | null): string => (value === null ? 'undefined' : js(value))

const jsWriters = (sameSite: (value: SameSite) => string): Writers => ({
  path: (value) => `path: ${optional(value)}`,
  domain: (value) => `domain: ${optional(value)}`,
  httpOnly: (value) => `httpOnly: ${value}`,
  secure: (value) => `secure: ${value}`,
  sameSite: (value) => `sameSite: ${optional(value === null ? null : sameSite(value))}`,
  partitioned: (value) => `partitioned: ${value}`,
})

const lowerCase = jsWriters((value) => value.toLowerCase())
const titleCase = jsWriters((value) => value)

/** `sameSite: 'none', secure: true`: the options' names that all of JavaScript's cookie libraries share. */
export const jsOptions = (wanted: Wanted): string => writeAttributes(wanted, lowerCase).join(', ')

/** The same with `'None'`, as Hono wants it. */
export const jsTitleOptions = (wanted: Wanted): string => writeAttributes(wanted, titleCase).join(', ')

/** Names that a session has, in most projects. What other cookies are called is no one's guess. */
export const isSessionLike = (name: string): boolean => /sess|(?:^|[._-])sid(?:$|[._-])/i.test(name.slice(0, 200))

/** A session of the framework's own, by its name; but not one that the app made itself as a token. */
export const isSession = (name: string, at: CookieAtHand | undefined): boolean =>
  isSessionLike(name) && at?.value !== 'token'

/** What a cookie that is the stack's own session answers where an action names an attribute but no cookie. */
export const throughAttributes = (
  attributes: Answers['attributes'],
  sessionCookie: string,
): Pick<Answers, 'widen-domain'> => ({
  'widen-domain': ({ domain }, at): Answer =>
    domain === null
      ? generic
      : attributes({
          ...about(sessionCookie, at),
          changes: [{ action: 'set-attribute', attribute: 'Domain', value: domain }],
        }),
})

const about = (usual: string, at: CookieAtHand | undefined) =>
  at === undefined ? { cookie: usual } : { cookie: at.name, at }

/** One more option behind others, which may be none. */
export const besides = (options: string, more: string): string => (options === '' ? more : `${options}, ${more}`)

/** Lines about a session's store, but for a token: that is checked with a secret, and no store knows of it. */
export const storeOf = (at: CookieAtHand | undefined, write: () => Answer): Answer =>
  at?.value === 'token' ? generic : write()
