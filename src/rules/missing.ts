import type { Missing } from './rule.ts'

/** What to say where a rule could not be decided, and how to find out. */
export const missingWords: Record<Missing, string> = {
  credentials:
    'Whether the request carried credentials was not seen: none of its headers tells, and no cookie is known that it would have carried.',
  credentialless:
    'No cookie went with the request, although nothing known withholds them. An iframe with `credentialless` asks so, and a page with `Cross-Origin-Embedder-Policy: credentialless` what it embeds from other origins; neither was seen.',
  frames: 'The documents around the request were not seen: reload the page with DevTools open.',
  'third-party-setting':
    'What this browser does with third-party cookies was not seen: it shows in Sec-Fetch-Storage-Access of a request with credentials over https.',
  browser: 'What this browser does here is not known: no published test shows it.',
  'creation-time':
    'When the cookie was made was not seen: without SameSite it is sent on such a POST while it is at most two minutes old.',
}
