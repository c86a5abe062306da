/** CDP's reason names that no rule gives, and why. A name that a later protocol adds fails the tests until it is decided. */
interface NotObservable {
  /** Names of `Network.SetCookieBlockedReason`. */
  set: Readonly<Record<string, string>>
  /** Names of `Network.CookieBlockedReason`. */
  send: Readonly<Record<string, string>>
}

const schemeful =
  'Chromium gives the `Schemeful…` name in every cross-site case, another domain as well as another scheme (measured), and so do the rules.'
const phaseout =
  'Belongs to a rollout that an extension cannot see; blocking by a setting is `UserPreferences` (measured).'
const unknown = 'Chromium says it where it does not know the reason itself.'

export const notObservable: NotObservable = {
  set: {
    SameSiteStrict: schemeful,
    SameSiteLax: schemeful,
    SameSiteUnspecifiedTreatedAsLax: schemeful,
    ThirdPartyPhaseout: phaseout,
    SyntaxError:
      'Never seen on 15,000 lines: what cannot be read has a name of its own (`NoCookieContent`, `DisallowedCharacter`, …).',
    SchemeNotSupported: 'For schemes that carry no cookies at all; http, https, ws and wss are not among them.',
    UnknownError: unknown,
  },
  send: {
    SameSiteStrict: schemeful,
    SameSiteLax: schemeful,
    SameSiteUnspecifiedTreatedAsLax: schemeful,
    SameSiteNoneInsecure:
      'A SameSite=None cookie without Secure is refused when it is set, so the store has none that could be withheld.',
    NameValuePairExceedsMaxSize:
      'A cookie that large is refused when it is set, so the store has none that could be withheld.',
    ThirdPartyPhaseout: phaseout,
    UnknownError: unknown,
    PortMismatch: 'Binding cookies to the port that set them is an experiment, off by default.',
    SchemeMismatch: 'Binding cookies to the scheme that set them is an experiment, off by default.',
  },
}
