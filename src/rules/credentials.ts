import type { Exchange } from '../contract.ts'
import type { Action } from '../remedies/action.ts'
import { code } from '../remedies/words.ts'
import { isNoCorsElement } from './evidence.ts'
import type { RequestEvidence } from './rule.ts'

/** `webRequest.ResourceType`s that a page's own markup asks for. */
const elements = new Set(['image', 'script', 'stylesheet', 'font', 'media'])

/** What both credential rules (set and send) tell. */
export interface CredentialFacts {
  host: string
  /** Origin of the page or frame that asked. */
  pageOrigin: string
  crossOrigin: boolean
  /** An element asked (`crossorigin`, a module script, a font), not a script. */
  element: boolean
  /** An element that asks for credentials: the page's Cross-Origin-Embedder-Policy took them away. */
  embedded: boolean
  /** The answer's CORS headers allow this page, with credentials. */
  allowed: boolean
}

const answered = ({ responseHeaders }: Exchange, name: string): string | undefined =>
  responseHeaders.find((header) => header.name.toLowerCase() === name)?.value

export const credentialFacts = ({ exchange, context }: RequestEvidence): CredentialFacts => {
  const frame = exchange.frames[0]
  const pageOrigin =
    exchange.initiator ?? (frame !== undefined && URL.canParse(frame) ? new URL(frame).origin : context.url.origin)
  return {
    host: context.url.hostname,
    pageOrigin,
    crossOrigin: pageOrigin !== context.url.origin,
    element: elements.has(exchange.resourceType),
    embedded: isNoCorsElement(exchange),
    allowed:
      answered(exchange, 'access-control-allow-origin') === pageOrigin &&
      answered(exchange, 'access-control-allow-credentials') === 'true',
  }
}

export const credentialTitle = ({ crossOrigin, element }: CredentialFacts): string =>
  `The request was made without credentials: ${crossOrigin ? `add ${element ? 'crossorigin="use-credentials"' : "credentials: 'include'"}` : 'do not switch them off'}`

/** Who asked, and why that goes without credentials. Ends without a full stop. */
export const whyOmitted = ({ host, pageOrigin, crossOrigin, element, embedded }: CredentialFacts): string => {
  if (!crossOrigin) return `The request to ${code(host)} was made with credentials switched off`
  const page =
    pageOrigin === 'null' ? 'A document without an origin (a sandboxed frame, say)' : `The page (${code(pageOrigin)})`
  if (embedded) {
    return `${page} embeds what another origin, ${code(host)}, answers, and under \`Cross-Origin-Embedder-Policy: credentialless\` (or in an iframe with \`credentialless\`) that is asked for without credentials`
  }
  return element
    ? `${page} asked another origin, ${code(host)}, with \`crossorigin\`, by a module script or for a font, and these go without credentials unless the element says otherwise, even within one site`
    : `${page} asked another origin, ${code(host)}, and a script's request to another origin goes without credentials unless it says otherwise, even within one site`
}

export const credentialRemedies = ({ crossOrigin, pageOrigin, element, allowed }: CredentialFacts): Action[] => [
  { action: 'include-credentials', origin: pageOrigin, crossOrigin, element, ...(allowed && { allowed }) },
]
