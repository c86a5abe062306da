import type { StackBook } from './view-stacks.ts'
import type { Teller } from './view-story-model.ts'

/** Who tells the panel the login's story. */
export const teller: Teller = {
  isOfInterest: () => false,
  tell: () => ({ story: null, diagnoses: [], cookie: null, tokens: [] }),
}

export const stackBook: StackBook = { stacks: [], detect: () => [] }
