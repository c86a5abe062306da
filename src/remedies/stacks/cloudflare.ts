import { type Answers, doesNotApply, generic, type Stack } from '../stack.ts'
import { outsideOfProxies } from './elsewhere.ts'
import { forWords, inFile } from './snippet.ts'

const site = 'https://developers.cloudflare.com'
const docs = {
  strict: `${site}/ssl/origin-configuration/ssl-modes/full-strict/`,
  always: `${site}/ssl/edge-certificates/additional-options/always-use-https/`,
  cache: `${site}/cache/how-to/cache-rules/create-dashboard/`,
  redirects: `${site}/rules/url-forwarding/single-redirects/create-dashboard/`,
}

const dashboard = inFile("Cloudflare's dashboard", 'text')

const attributes: Answers['attributes'] = () =>
  doesNotApply("Cloudflare has no setting for the attributes of an app's cookie: they are up to the app.")

export const cloudflare: Stack = {
  id: 'cloudflare',
  name: 'Cloudflare',
  role: 'proxy',
  version: '2026',
  traces: { servers: [/^cloudflare$/i], headers: [/^cf-ray$/], cookies: [/^__cf_bm$/, /^cf_clearance$/] },
  answers: {
    ...outsideOfProxies,
    attributes,
    'use-https': () => dashboard(docs.always, ['SSL/TLS > Edge Certificates > Always Use HTTPS: on']),
    'share-a-site': () => generic,
    'send-separately': () => doesNotApply('Cloudflare passes each Set-Cookie header on as it is.'),
    'forward-proto': () =>
      dashboard(
        docs.strict,
        ['SSL/TLS > Overview > Encryption mode: Full (strict)'],
        'Your server needs a certificate for it (an Origin CA certificate will do). With `Flexible` Cloudflare calls it over http. It sends X-Forwarded-Proto with the scheme of the visitor, which a proxy of your own behind it must pass on and not overwrite.',
      ),
    'allow-credentials': () =>
      doesNotApply(
        'Leave CORS to the app: it knows its origins. If a transform rule sets `Access-Control-…` too, take that out: browsers refuse two values.',
      ),
    'one-host': ({ host, other }) =>
      forWords([host, other], () =>
        dashboard(docs.redirects, [
          'Rules > Overview > Redirect Rules > Create rule',
          `Custom filter expression: http.host eq "${other}"`,
          `Then: Type: Dynamic, concat("https://${host}", http.request.uri.path)`,
          'Preserve query string: on',
        ]),
      ),
    'no-store': ({ path }) =>
      forWords([path], () =>
        dashboard(
          docs.cache,
          [
            'Rules > Overview > Cache Rules > Create rule',
            `Custom filter expression: http.request.uri.path eq "${path}"`,
            'Then: Cache eligibility: Bypass cache',
          ],
          'Where it stores an answer, Cloudflare takes Set-Cookie out of it. `Cache-Control: no-store` from your server has the same effect.',
        ),
      ),
    'header-limit': () =>
      doesNotApply("Cloudflare's limit for request headers is no setting: fewer or smaller cookies are the way."),
  },
}
