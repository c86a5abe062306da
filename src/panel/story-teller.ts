import { diagnose, toDiagnosis } from '../diagnoses/diagnose.ts'
import { cookieAtHand } from '../remedies/cookie-at-hand.ts'
import { detectStacks } from '../remedies/detect-stack.ts'
import type { CookieAtHand } from '../remedies/stack.ts'
import { stacks } from '../remedies/stacks/index.ts'
import { evidenceOf } from '../story/evidence-of.ts'
import { isOfInterest } from '../story/reading.ts'
import type { Seen } from '../story/seen.ts'
import { tell } from '../story/tell.ts'
import type { StackBook } from './view-stacks.ts'
import type { Teller } from './view-story-model.ts'

/** Who tells the panel the login's story. */
export const teller: Teller = {
  isOfInterest,
  tell(recording, pick) {
    const evidence = evidenceOf(recording, pick)
    const diagnoses = diagnose(evidence)
    const session = evidence.login?.session[0]
    const others = new Set(diagnoses.flatMap(({ cookie }) => cookie ?? []))
    return {
      story: tell(evidence, diagnoses.map(toDiagnosis)),
      diagnoses,
      cookie: session?.name ?? null,
      cookies: [
        ...(session === undefined ? [] : [cookieAtHand(session.line.line)]),
        ...[...others].flatMap((name) => (name === session?.name ? [] : lastOf(name, recording.seen))),
      ],
    }
  },
}

/** As its last line has it. */
const lastOf = (name: string, seen: readonly Seen[]): CookieAtHand[] => {
  for (let i = seen.length - 1; i >= 0; i--) {
    const line = seen[i]?.verdict.setCookies.findLast(({ cookie }) => cookie?.name === name)
    if (line !== undefined) return [cookieAtHand(line.line)]
  }
  return []
}

export const stackBook: StackBook = { stacks, detect: detectStacks }
