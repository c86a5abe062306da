import { browserSide } from './answers-browser.ts'
import { providers } from './answers-provider.ts'
import { serverSide } from './answers-server.ts'
import { tokens } from './answers-tokens.ts'
import type { StoryAnswer } from './kit.ts'
import type { StoryId } from './table.ts'

/** The mistakes, by story. A kit whose mistake is mended is asked as well: some stories need answers of their own to work. */
export const answers: Record<StoryId, StoryAnswer> = { ...serverSide, ...browserSide, ...providers, ...tokens }
