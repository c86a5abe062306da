import { describe, expect, it } from 'vitest'
import { type PathKind, pathKind } from './paths.ts'
import { isOfInterest, readingOf, segmentsOf, shownPath, urlOf } from './reading.ts'
import { type RequestRow, recordingOf } from './testing/recording.ts'

const seenOf = (row: RequestRow) => {
  const [seen] = recordingOf([row]).seen
  if (seen === undefined) throw new Error('no exchange')
  return seen
}

it.each<[string, string[]]>([
  ['/', []],
  ['/api/doLogin.php', ['api', 'do-login.php']],
  ['//a///b/', ['a', 'b']],
  ['/giri%C5%9F/%D0%92%D1%85%D0%BE%D0%B4/a%2fb/%FF', ['giris', 'вход', 'a%2fb', '%ff']],
  ['/a'.repeat(500), Array.from({ length: 40 }, () => 'a')],
])('words of a path: %s', (path, words) => expect(segmentsOf(path)).toEqual(words))

it.each<[string, string]>([
  ['https://a.test/login?password=hush#hush', '/login'],
  ['https://a.test/reset/4f9a8b7c6d5e4f3a2b1c/x', '/reset/…/x'],
  ['https://a.test/t/eyJhbGciOiJIUzI1NiJ9.e30.x', '/t/…'],
  ['https://a.test/cart;jsessionid=hush', '/…'],
  ['https://a.test/a-very-long-title-of-an-article', '/a-very-long-title-of-an-article'],
  ['data:text/plain,hush', 'data:…'],
  ['no address', '…'],
])('a path as it is shown: %s', (url, shown) => expect(shownPath(urlOf(url))).toBe(shown))

describe('what a path says', () => {
  it.each<[PathKind | null, string[]]>([
    [
      'login',
      [
        '/login',
        '/log-in',
        '/users/sign_in',
        '/wp-login.php',
        '/api/v1/doLogin',
        '/login/password',
        '/j_security_check',
        '/auth/login_check',
        '/api/auth/callback/credentials',
        '/logon.aspx',
        '/token?grant_type=password',
        '/anmelden',
        '/de/konto/anmelden.html',
        '/connexion',
        '/mon-compte/se-connecter',
        '/es/iniciar-sesi%C3%B3n',
        '/acceso',
        '/entrar',
        '/iniciarSessao',
        '/accedi',
        '/inloggen',
        '/zaloguj-sie',
        '/logowanie',
        '/vhod',
        '/%D0%B2%D0%BE%D0%B9%D1%82%D0%B8',
        '/giri%C5%9F',
        '/uye-girisi',
        '/logga-in',
        '/log-ind',
        '/logg-inn',
        '/prihlaseni',
      ],
    ],
    ['auth', ['/session', '/api/sessions', '/auth', '/oauth/token', '/connect/token', '/api-token-auth', '/sso']],
    ['near', ['/auth/verify', '/oauth/x/y']],
    ['second-factor', ['/2fa', '/login/otp', '/auth/mfa/verify', '/webauthn/login/finish']],
    [
      'callback',
      [
        '/callback',
        '/auth/callback/github',
        '/signin-oidc',
        '/saml/acs',
        '/login/oauth2/code/callback',
        '/login/callback',
      ],
    ],
    [
      'logout',
      ['/logout', '/users/sign_out', '/api/auth/signout', '/oauth/revoke', '/abmelden', '/logga-ut', '/cerrar-sesion'],
    ],
    [
      'refresh',
      ['/refresh', '/auth/refresh-token', '/session/ping', '/auth/v1/token?grant_type=refresh_token', '/silent-renew'],
    ],
    ['sign-up', ['/signup', '/users/register', '/registrieren', '/crear-cuenta']],
    [
      'other',
      [
        '/csrf',
        '/auth/providers',
        '/login/options',
        '/users/password/reset',
        '/sanctum/csrf-cookie',
        '/auth/forgot-password',
        '/session/events',
        '/newsletter',
        '/warenkorb',
        '/panier/ajouter',
        '/suche',
        '/lang/de',
      ],
    ],
    [
      null,
      [
        '/',
        '/account',
        '/plugin',
        '/blogindex',
        '/items',
        '/me',
        '/catalog',
        '/design/sign',
        '/newsletter/anmelden',
        '/kurse/yoga/anmeldung',
        '/newsletter/abmelden',
        '/tarife/acceso-internet',
        '/connexion-internet',
        '/felicidades',
        '/%E0%A4%A',
      ],
    ],
  ])('%s', (kind, paths) => {
    const kinds = paths.map((path) => [path, pathKind(readingOf(seenOf({ request: `POST https://a.test${path}` })))])
    expect(kinds).toEqual(paths.map((path) => [path, kind]))
  })
})

it.each<[string, RequestRow, boolean]>([
  ['a document', { request: 'GET https://a.test/' }, true],
  ['a script’s request', { request: 'GET https://a.test/', from: 'https://a.test/' }, true],
  ['an image', { request: 'GET https://a.test/', from: 'https://a.test/', type: 'image' }, false],
  [
    'an image that sets a cookie',
    { request: 'GET https://a.test/', from: 'https://a.test/', type: 'image', set: 'a=1' },
    true,
  ],
  [
    'an image that is too much',
    { request: 'GET https://a.test/', from: 'https://a.test/', type: 'image', status: 431 },
    true,
  ],
  ['a beacon', { request: 'POST https://a.test/', from: 'https://a.test/', type: 'ping' }, false],
])('of interest: %s', (_, row, expected) => expect(isOfInterest(seenOf(row))).toBe(expected))
