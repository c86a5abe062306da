import type { Rule, SendEvidence, SetEvidence } from '../src/rules/rule.ts'

/** A rule and what it is asked about: setting a cookie (the warnings are of that kind too), or sending one. */
export type PageRule =
  | { rule: Rule<SetEvidence>; operation: 'set'; warns: boolean }
  | { rule: Rule<SendEvidence>; operation: 'send'; warns: false }

export type Operation = PageRule['operation']

/** The name of a reason's page, without folder. The same id can be a reason of both operations. */
export const pageName = (id: string, operation: Operation): string => `${id}-${operation}.md`
