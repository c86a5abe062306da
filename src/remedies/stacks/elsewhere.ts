import { type Answers, doesNotApply, generic } from '../stack.ts'

/** Settled in the page's own code, in the browser, on the machine, or by the value that an app makes: no app framework has a setting. */
export const outsideOfApps: Pick<
  Answers,
  | 'name-the-cookie'
  | 'encode-characters'
  | 'use-https'
  | 'include-credentials'
  | 'share-a-site'
  | 'clear-secure-twin'
  | 'allow-third-party'
  | 'log-in-on-own-page'
  | 'post-to-https'
  | 'start-on-this-site'
  | 'give-frame-credentials'
  | 'fewer-cookies'
  | 'forward-proto'
  | 'one-host'
  | 'own-cookie-name'
  | 'no-anonymous-session'
  | 'send-csrf-token'
  | 'send-authorization'
  | 'renew-token'
  | 'match-token'
  | 'sync-clock'
> = {
  'name-the-cookie': () => generic,
  'encode-characters': () => generic,
  'use-https': () => generic,
  'include-credentials': () => generic,
  'share-a-site': () => generic,
  'clear-secure-twin': () => generic,
  // Its line's attributes are an action of their own.
  'allow-third-party': () => generic,
  'log-in-on-own-page': () => generic,
  'post-to-https': () => generic,
  'start-on-this-site': () => generic,
  'give-frame-credentials': () => generic,
  'fewer-cookies': () => generic,
  'forward-proto': () => doesNotApply('The proxy in front sets these headers, not the app.'),
  'one-host': () => generic,
  'own-cookie-name': () => generic,
  'no-anonymous-session': () => generic,
  'send-csrf-token': () => generic,
  'send-authorization': () => generic,
  'renew-token': () => generic,
  'match-token': () => generic,
  'sync-clock': () => generic,
}

/** What a proxy has no part in: it is for the app, the page or the browser, and a word from the proxy would only distract. */
export const outsideOfProxies: Pick<
  Answers,
  | 'name-the-cookie'
  | 'encode-characters'
  | 'shorten-value'
  | 'include-credentials'
  | 'clear-secure-twin'
  | 'allow-third-party'
  | 'log-in-on-own-page'
  | 'post-to-https'
  | 'start-on-this-site'
  | 'give-frame-credentials'
  | 'fewer-cookies'
  | 'trust-proxy'
  | 'public-url'
  | 'share-session'
  | 'own-cookie-name'
  | 'no-anonymous-session'
  | 'delete-cookie'
  | 'trust-origin'
  | 'readable-csrf-cookie'
  | 'send-csrf-token'
  | 'send-authorization'
  | 'renew-token'
  | 'match-token'
  | 'sync-clock'
  | 'session-lifetime'
  | 'pass-on-set-cookie'
  | 'widen-domain'
> = {
  'name-the-cookie': () => generic,
  'encode-characters': () => generic,
  'shorten-value': () => generic,
  'include-credentials': () => generic,
  'clear-secure-twin': () => generic,
  'allow-third-party': () => generic,
  'log-in-on-own-page': () => generic,
  'post-to-https': () => generic,
  'start-on-this-site': () => generic,
  'give-frame-credentials': () => generic,
  'fewer-cookies': () => generic,
  'trust-proxy': () => generic,
  'public-url': () => generic,
  'share-session': () => generic,
  'own-cookie-name': () => generic,
  'no-anonymous-session': () => generic,
  'delete-cookie': () => generic,
  'trust-origin': () => generic,
  'readable-csrf-cookie': () => generic,
  'send-csrf-token': () => generic,
  'send-authorization': () => generic,
  'renew-token': () => generic,
  'match-token': () => generic,
  'sync-clock': () => generic,
  'session-lifetime': () => generic,
  'pass-on-set-cookie': () => generic,
  'widen-domain': () => generic,
}
