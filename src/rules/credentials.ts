import type { RequestEvidence } from './rule.ts'

/** What both credential rules (set and send) tell. */
export interface CredentialFacts {
  host: string
  /** Origin of the page or frame that asked. */
  pageOrigin: string
  crossOrigin: boolean
}

export const credentialFacts = ({ exchange, context }: RequestEvidence): CredentialFacts => {
  const frame = exchange.frames[0]
  const pageOrigin =
    exchange.initiator ?? (frame !== undefined && URL.canParse(frame) ? new URL(frame).origin : context.url.origin)
  return { host: context.url.hostname, pageOrigin, crossOrigin: pageOrigin !== context.url.origin }
}
