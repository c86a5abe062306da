import type { Reason } from '../contract.ts'

/**
 * What a verdict's reason says is wrong, as a clause with a verb of its own, to stand behind "the browser dropped `sid`, because": the
 * reason's title says it in one line of its own, beside the cookie. One entry for each rule, by its id; `cause` is the title without what to do.
 */
type Clauses = Readonly<Record<string, (cause: string, title: string) => string>>

/** The title as the end of a sentence: its first word small where it is a plain one. */
const asSaid = (cause: string): string => cause.replace(/^(?:The|This|A|An|Cookies) /, (word) => word.toLowerCase())

/** Of a line: its cookie was named just before. */
const ofLine = (cause: string): string =>
  asSaid(cause.replace(/^(?=Domain )/, 'its ').replace(/^Name and value /, 'its name and value '))

/** "this site has too many cookies": what stands behind the title's colon. */
const afterColon = (title: string): string => title.slice(title.indexOf(': ') + 2)

const sameSiteOfLine =
  (kind: string): Clauses[string] =>
  (cause) =>
    `${cause.endsWith('between http and https') ? 'between http and https a' : 'a cross-site'} response can’t set a cookie ${kind}`

/** "SameSite=Lax is withheld from cross-site requests": a cookie is, not an attribute. */
const sameSiteOfCookie = (cause: string): string => asSaid(cause.replace(/^SameSite=/, 'A cookie with SameSite='))

const SET: Clauses = {
  CorsPreflight: asSaid,
  CredentialsOmitted: asSaid,
  NoCookieContent: asSaid,
  NamelessCookie: () => 'it stores none of that kind',
  UnverifiedReading: asSaid,
  NameValuePairExceedsMaxSize: ofLine,
  DefaultPathExceedsMaxSize: () => 'the address is too long to be its path',
  DisallowedCharacter: (cause) => asSaid(cause).replace(' in the ', ' in its '),
  InvalidDomain: ofLine,
  // Two faults stand on both sides of what to do about the first.
  InvalidPrefix: (_, title) =>
    asSaid(title.replace(/: (?:leave it out|give it a name)/, '')).replace(
      /^a cookie without a name /,
      'such a cookie ',
    ),
  InvalidPartitioned: (cause) => (cause === 'Partitioned' ? 'it is Partitioned, and the page is not known' : cause),
  AmbiguousSerialization: () => 'with the = in its value it would read as a cookie of another name',
  UserPreferences: () => 'it blocks third-party cookies',
  SecureOnly: asSaid,
  SchemefulSameSiteStrict: sameSiteOfLine('with SameSite=Strict'),
  SchemefulSameSiteLax: sameSiteOfLine('with SameSite=Lax'),
  SchemefulSameSiteUnspecifiedTreatedAsLax: sameSiteOfLine('without SameSite'),
  SameSiteNoneInsecure: asSaid,
  OverwriteSecure: asSaid,
  AnonymousContext: asSaid,
  EvictedAtOnce: (_, title) => afterColon(title),
}

const SEND: Clauses = {
  DomainMismatch: asSaid,
  PartitionKeyMismatch: (cause, title) =>
    cause === 'Partitioned' ? `the cookie is Partitioned, and was ${afterColon(title)}` : asSaid(cause),
  Expired: asSaid,
  NotOnPath: asSaid,
  SecureOnly: asSaid,
  CorsPreflight: asSaid,
  CredentialsOmitted: asSaid,
  AnonymousContext: asSaid,
  SchemefulSameSiteStrict: sameSiteOfCookie,
  SchemefulSameSiteLax: sameSiteOfCookie,
  SchemefulSameSiteUnspecifiedTreatedAsLax: sameSiteOfCookie,
  UserPreferences: asSaid,
}

/** ", because its Domain does not cover this host"; empty where nobody has put that reason into a clause. */
export const becauseOf = (operation: 'set' | 'send', reason: Reason | undefined): string => {
  if (reason === undefined) return ''
  const clauses = operation === 'set' ? SET : SEND
  const clause = Object.hasOwn(clauses, reason.id) ? clauses[reason.id] : undefined
  const title = reason.title.replace(/^Not certain: /, '')
  return clause === undefined ? '' : `, because ${clause(title.split(': ', 1)[0] ?? title, title)}`
}
