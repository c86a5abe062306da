import type { Action, ActionName, AttributeAction } from './action.ts'
import { byName, bytesText, code, list, siteName } from './words.ts'

type Note<A extends Action['action']> = (action: Extract<Action, { action: A }>) => string

const attributeCode = ({ attribute, value }: Extract<Action, { action: 'set-attribute' }>): string =>
  code(value === undefined ? attribute : `${attribute}=${value}`)

/** What SameSite had kept away until then. Of the cookies that are such a check themselves, by their usual names, nothing is said. */
const sentAnywhere = (changes: readonly AttributeAction[], cookie: string | null): string =>
  changes.some(
    (one) => one.action === 'set-attribute' && one.attribute === 'SameSite' && /^none$/i.test(one.value ?? ''),
  ) && !/csrf|xsrf|state|nonce|pkce|correlation/i.test((cookie ?? '').slice(0, 200))
    ? ' Requests from other sites then carry it: keep a CSRF check (a token, or the Origin header).'
    : ''

/** What each action asks for, in words for any stack. A new action does not compile without its words. */
const notes: { [A in Action['action']]: Note<A> } = {
  'set-attribute': (action) => `Set ${attributeCode(action)} on the cookie.${sentAnywhere([action], null)}`,
  'remove-attribute': ({ attribute }) =>
    attribute === 'Domain'
      ? 'Leave Domain out: the cookie then belongs to exactly the host that sets it.'
      : `Leave ${attribute} out.`,
  'name-the-cookie': () => 'Give the cookie a name: `session=…`.',
  'encode-characters': () => 'Percent-encode (or Base64-encode) the value before it goes into the header.',
  'shorten-value': ({ bytes, limit }) =>
    `Shorten it by at least ${bytesText(bytes - limit)}. Usual way: keep the session on the server and put only its id (32 bytes or so) into the cookie.`,
  'use-https': ({ host, who }) =>
    who === 'page'
      ? `Serve the page itself over https (${code(host)}): to the browser, http and https are two sites.`
      : `Serve ${code(host)} over https (on a development machine: with a certificate from mkcert), and redirect http to it.`,
  'include-credentials': ({ origin, crossOrigin, element, allowed }) =>
    crossOrigin
      ? `Send the request with credentials: ${
          element
            ? `${code('crossorigin="use-credentials"')} on the element (a font of a style sheet never has them)`
            : `${code("fetch(url, { credentials: 'include' })")}, ${code('xhr.withCredentials = true')} or ${code('axios({ withCredentials: true })')}`
        }; ${
          allowed === true
            ? 'the answer allows it already'
            : `the answer then needs ${code('Access-Control-Allow-Credentials: true')} and ${code(`Access-Control-Allow-Origin: ${origin}`)} (not ${code('*')})`
        }.`
      : `Do not switch credentials off: leave ${code('credentials')} out, or set it to ${code("'same-origin'")} or ${code("'include'")}.`,
  // Of Incognito: Chromium's CookieControlsMode is `IncognitoOnly` by default. Of Safari: WebKit's Full Third-Party Cookie Blocking (2020-03).
  'share-a-site': ({ host, pageSite, alternative }) =>
    `${alternative ? 'Or put' : 'Put'} both on one site: serve ${code(host)} under ${siteName(pageSite)} (a sub-domain, or a path that your server passes on). That holds in every browser: Safari and Chrome\u2019s Incognito windows block third-party cookies by default, and in any other the user may.`,
  'clear-secure-twin': ({ name, domain, path }) =>
    `Delete the Secure cookie ${byName(name)} of ${code(domain)}, path ${code(path)}, from this browser.`,
  'post-to-https': ({ url }) =>
    `Let the form's ${code('action')} be ${code(url)}, or give it no scheme and host at all: a redirect from http to https does not help, for after 301 or 302 the browser asks by GET, without what the form held. An app that writes http into its own addresses has to be told its public URL, or to trust the proxy in front of it.`,
  'log-in-on-own-page': ({ host }) =>
    `Let the visitor log in on a page of ${code(host)} itself (or in a pop-up), not in a frame of another site: what is stored there is for its own pages. A frame that needs that session asks for it after a click, with ${code('document.requestStorageAccess()')} (Storage Access API).`,
  'allow-third-party': ({ partitioned }) =>
    partitioned
      ? 'Blocking third-party cookies is a setting, not a mistake in the line. A `Partitioned` cookie, which belongs to this pair of sites alone, is kept all the same; through the Storage Access API a page can ask its user for the others.'
      : 'Blocking third-party cookies is a setting of this browser, not a mistake in the line, and no line escapes it: here `Partitioned` makes no exception, and the Storage Access API gives no access.',
  'widen-domain': ({ from, to, domain }) =>
    domain === null
      ? `Send the request to ${code(from)}, the host that owns the cookie: it can't be shared with ${code(to)}.`
      : `Send the request to ${code(from)}, or set the cookie with ${code(`Domain=${domain}`)}, which covers ${code(domain)} and every sub-domain, ${code(to)} too: each of them can then read and overwrite it.`,
  'start-on-this-site': ({ host }) =>
    `Or let ${code(host)} answer the return from the other site with a page of its own that goes on from there: a request that starts on the same site carries the cookie.`,
  'fewer-cookies': ({ domain, most }) =>
    `Set fewer cookies on ${code(domain)}: several values fit into one, and what only scripts read belongs into local storage. All sub-domains share the ${most}; delete what is no longer needed with ${code('Max-Age=0')}.`,
  'give-frame-credentials': () =>
    'Leave `credentialless` out of the iframe (and of those around it), if its documents are to have their cookies. In a page with `Cross-Origin-Embedder-Policy` they then need that header themselves.',
  'send-separately': () =>
    'Send one Set-Cookie header for each cookie: this is the one header that must not be joined with commas. Look for what merges headers: a gateway, a serverless adapter, or `headers.get` where `headers.getSetCookie` is meant.',
  'trust-proxy': ({ host }) =>
    `Tell the app that a proxy stands in front of it: it then takes scheme and host (https, ${code(host)}) from X-Forwarded-Proto and X-Forwarded-Host. Trust these headers from your own proxy only.`,
  'forward-proto': ({ host }) =>
    `Let the proxy in front of ${code(host)} set ${code('X-Forwarded-Proto: https')} and ${code(`X-Forwarded-Host: ${host}`)} on what it passes on, in place of what the visitor sent.`,
  'allow-credentials': ({ origin, headers }) =>
    `Answer with ${code(`Access-Control-Allow-Origin: ${origin}`)} (that origin, not ${code('*')}), ${code('Access-Control-Allow-Credentials: true')} and ${code('Vary: Origin')}, each once${
      headers.length === 0
        ? ''
        : `, and the preflight with ${code(`Access-Control-Allow-Headers: ${headers.join(', ')}`)} and a status of 200 or 204`
    }.`,
  'public-url': ({ url, callbackPath }) =>
    `Set the app's public URL to ${code(url)} in its configuration, for this environment${
      callbackPath === null ? '' : `, and register exactly ${code(url + callbackPath)} with the identity provider`
    }.`,
  'one-host': ({ host, other }) =>
    `Use one host name throughout, ${code(host)} say: in the address bar, in links, in the API's URL and in callbacks. To a browser ${code(other)} is another host with cookies of its own; redirect it.`,
  'share-session': () =>
    'Give every instance the same secret, from the configuration rather than made at start, and the same session store (Redis, a database) rather than the memory of one process.',
  'own-cookie-name': ({ name, path }) =>
    `Give each app on the host a session cookie with a name of its own, or a Path of its own: what answers ${code(path)} then leaves ${byName(name)} alone.`,
  'no-anonymous-session': ({ name, path }) =>
    `Begin a session only when there is something to keep: the answer of ${code(path)} to a visitor who is not logged in needs no ${byName(name)}.`,
  'delete-cookie': ({ name, host, domain, path }) =>
    `Delete the old cookie ${byName(name)} from ${code(host)}: ${code(
      `Set-Cookie: ${name}=; Path=${path}${domain === null ? '' : `; Domain=${domain}`}; Max-Age=0`,
    )}. Path and Domain have to be those it was set with.`,
  'trust-origin': ({ origin }) => `Add ${code(origin)} to the origins that the CSRF protection accepts.`,
  'readable-csrf-cookie': ({ name, header }) =>
    `Set the cookie with the CSRF token${name === null ? '' : ` (${code(name)})`} without HttpOnly, so that the page's script can read it and send it back in ${code(header)}.`,
  'send-csrf-token': ({ name, header }) => {
    if (header === null)
      return 'Load the form anew once the session is there, and send the token of that session in a field of the form.'
    return name === null
      ? `Send the token of the session that the page was loaded with in the header ${code(header)}, and load the page anew where the session begins anew.`
      : `Let the page's script read the cookie ${code(name)} before each request that changes something (a script of the host that the cookie belongs to can), and send its value in the header ${code(header)}.`
  },
  'send-authorization': ({ origin, redirect }) =>
    redirect
      ? `Call the final URL on ${code(origin)} directly: browsers drop Authorization where a redirect leads to another origin.`
      : `Send ${code('Authorization: Bearer …')} with every request to ${code(origin)}.`,
  'renew-token': () =>
    'Get a new token before this one expires (with the refresh token), and once more where an answer is 401.',
  'match-token': ({ claim }) =>
    `Let the API expect the ${code(claim)} that the issuer writes, or ask the issuer for the other one.`,
  'sync-clock': ({ host, seconds }) =>
    `Set the clock of ${code(host)} (NTP): it is ${Math.abs(Math.round(seconds))} seconds ${seconds > 0 ? 'ahead of' : 'behind'} this computer's, unless that one is wrong.`,
  'session-lifetime': ({ name, seconds }) =>
    `Say how long ${byName(name)} is to be kept with ${code('Max-Age')}, in seconds (a day is 86400)${seconds === null ? '; without it a browser may drop it when it is closed' : ''}.`,
  'pass-on-set-cookie': ({ name }) =>
    `Where your server calls the API on the visitor's behalf, copy the answer's Set-Cookie${name === null ? '' : ` (${code(name)})`} into its own answer to the browser.`,
  'no-store': ({ path }) =>
    `Answer ${code(path)} with ${code('Cache-Control: no-store')}, and keep it out of the cache of CDN and service worker.`,
  'header-limit': ({ bytes }) =>
    `Raise the server's limit for request headers above ${bytesText(bytes)}, as a stopgap: the browser sends these cookies with every request.`,
}

export const noteOf = <A extends Action['action']>(action: Extract<Action, { action: A }>): string =>
  (notes[action.action] as Note<A>)(action)

/** What a stack has one place for: an action, or all that concerns the attributes of one cookie. */
export type Change = Exclude<Action, AttributeAction> | readonly AttributeAction[]

const attributeActions: ReadonlySet<ActionName> = new Set<AttributeAction['action']>([
  'set-attribute',
  'remove-attribute',
])
const isAttribute = (action: Action): action is AttributeAction => attributeActions.has(action.action)
const isOther = (action: Action): action is Exclude<Action, AttributeAction> => !isAttribute(action)

/** In the order of the actions; the attributes where the first of them stands. */
export const changesIn = (actions: readonly Action[]): Change[] => {
  const attributes = actions.filter(isAttribute)
  return actions.flatMap((action): Change[] =>
    isOther(action) ? [action] : action === attributes[0] ? [attributes] : [],
  )
}

/**
 * The words for any stack. Attributes are named together, since one of them alone may be the next defect.
 * @param cookie name of the cookie whose attributes are meant; null: the session's
 */
export const changeNote = (change: Change, cookie: string | null): string => {
  if (!isList(change)) return noteOf(change)
  const set = change.filter((one) => one.action === 'set-attribute')
  const left = change.filter((one) => one.action === 'remove-attribute')
  const on = cookie === null ? 'the session cookie' : cookie === '' ? 'the cookie without a name' : code(cookie)
  const words = set.length === 0 ? [] : [`Set ${list(set.map(attributeCode))} on ${on}.${sentAnywhere(set, cookie)}`]
  const rest = left.map((one, i) =>
    i === 0 && words.length === 0 ? noteOf(one).replace(/ out(?=[.:])/, ` out of ${on}`) : noteOf(one),
  )
  return [...words, ...rest].join(' ')
}

const isList = (change: Change): change is readonly AttributeAction[] => Array.isArray(change)
