import type { Action } from '../remedies/action.ts'
import { code } from '../remedies/words.ts'
import { block, type Finding, pass, type RequestEvidence, undecided } from './rule.ts'

/** What both rules on frames without credentials (set and send) tell. */
export interface AnonymousFacts {
  host: string
  /** The frame's own document, rather than what it loads. */
  navigation: boolean
}

/** Whether the frame takes the credentials of a request that would have them otherwise, on occasion of such a one. */
export const evaluateAnonymous = ({
  boundToFrame,
  credentials,
  context,
  exchange,
}: RequestEvidence): Finding<AnonymousFacts> => {
  if (!boundToFrame) return pass
  const facts = { host: context.url.hostname, navigation: exchange.resourceType === 'sub_frame' }
  return credentials === 'omit' ? block(facts) : undecided('credentialless', facts)
}

/** The beginning of a sentence. */
export const whyAnonymous = ({ host, navigation }: AnonymousFacts): string =>
  `The request to ${code(host)} ${navigation ? "is for an iframe's document" : 'comes from a frame'} that is loaded without credentials (${code('<iframe credentialless>')}, or inside of one). Such a frame has a cookie jar of its own, empty at first, that no other page gets`

export const anonymousRemedies = (): Action[] => [{ action: 'give-frame-credentials' }]
