import { browserSide } from './answers-browser.ts'
import { providers } from './answers-provider.ts'
import { serverSide } from './answers-server.ts'
import { tokens } from './answers-tokens.ts'
import type { Answer, Kit, StoryRequest } from './kit.ts'
import type { StoryId } from './table.ts'

/** What a story answers otherwise than a shop that does everything right; null: the same. */
export type StoryAnswer = (kit: Kit, request: StoryRequest) => Answer | null

/** The mistakes, by story. A kit whose mistake is mended is asked as well: some stories need answers of their own to work. */
export const answers: Record<StoryId, StoryAnswer> = { ...serverSide, ...browserSide, ...providers, ...tokens }
