import type { DiagnosisRank, Story } from '../contract.ts'

/** Id of the exchange at which the login breaks; null where none does, or where nothing was asked. */
export const breaksAt = (story: Pick<Story, 'steps'> | null): string | null =>
  story?.steps.find(({ mark }) => mark === 'broken')?.exchanges[0] ?? null

/** Ids of the exchanges to blame: where the login breaks, and what each finding that breaks it names first. */
export function culpritsOf(
  story: Pick<Story, 'steps'> | null,
  diagnoses: readonly { readonly rank?: DiagnosisRank; readonly exchanges: readonly string[] }[],
): ReadonlySet<string> {
  const broken = story?.steps.filter(({ mark }) => mark === 'broken') ?? []
  const blocking = diagnoses.filter(({ rank }) => rank === 'blocks-now')
  return new Set([...broken, ...blocking].flatMap(({ exchanges }) => exchanges.slice(0, 1)))
}

/** What a request has to do with a login that breaks. */
export type Blame = 'breaks' | 'contributes' | 'none'

export const blameOf = (id: string, breaks: string | null, culprits: ReadonlySet<string>): Blame =>
  id === breaks ? 'breaks' : culprits.has(id) ? 'contributes' : 'none'

export const BLAME_WORDS: Readonly<Record<Exclude<Blame, 'none'>, string>> = {
  breaks: 'The login breaks here',
  contributes: 'Part of why the login breaks',
}
