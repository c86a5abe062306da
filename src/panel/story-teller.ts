import { diagnose, toDiagnosis } from '../diagnoses/diagnose.ts'
import { detectStacks } from '../remedies/detect-stack.ts'
import { stacks } from '../remedies/stacks/index.ts'
import { evidenceOf } from '../story/evidence-of.ts'
import { isOfInterest } from '../story/reading.ts'
import { tell } from '../story/tell.ts'
import type { StackBook } from './view-stacks.ts'
import type { Teller } from './view-story-model.ts'

/** Who tells the panel the login's story. */
export const teller: Teller = {
  isOfInterest,
  tell(recording, pick) {
    const evidence = evidenceOf(recording, pick)
    const diagnoses = diagnose(evidence)
    return {
      story: tell(evidence, diagnoses.map(toDiagnosis)),
      diagnoses,
      cookie: evidence.login?.session[0]?.name ?? null,
    }
  },
}

export const stackBook: StackBook = { stacks, detect: detectStacks }
