import { describe, expect, it } from 'vitest'
import { Random } from './testing/random.ts'
import { isTokenLike } from './token-like.ts'

const UUID = '3f2b8c1e-9d4a-4e6f-8b1c-2a7d5e9f0c34'

describe('a token', () => {
  it.each([
    ['hex', '44c7364d17b2df2a411e32ee9c15f52e9eb09712'],
    ['short hex', '4f9a8b7c6d5e4f3a2b1c'],
    ['base64url', 'dGhpc19pc19hX3Rva2Vu-Vq9dXK_c1rQWErtY12ab'],
    ['base 62', 'Xk29aZbQw7eRt5yUi8oP1'],
    ['letters alone', 'XkQaZbQwTeRtXyUiBoPdLmNc'],
    ['small letters alone', 'qzjhxvbkwmtrdplgfnsycouiea'],
    ['capitals alone', 'QZJHXVBKWMTRDPLGFNSYCOUIEA'],
    ['small letters with a prefix', 'invite_qzjhxvbkwmtrdplgfnsycouiea'],
    ['small letters before a number', 'qzjhxvbkwmtrdplgfnsycouiea42'],
    ['of Django', 'c5xyz1-5f1c4c2bf3e04e0c8b7d6a5f4e3d2c1b'],
    ['with a prefix', 'key_live_4f9a8b7c6d5e4f3a2b1c'],
    ['signed', 'ImFiYyI.Zx1y2A.0abcDEFghiJKL5mnop6QRstu7V'],
    ['padded', 'Vq9dXKc1rQWErtY12abZ8k0%3D%3D'],
    ['JWT', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl'],
  ])('%s', (_name, segment) => expect(isTokenLike(segment)).toBe(true))

  it.each([
    ['verify', 'a1b2c3d4e5'],
    ['reset-password', UUID],
    ['magic', UUID],
    ['invitations', 'Xk29aZbQw7'],
  ])('behind %s: %s', (before, segment) => {
    expect(isTokenLike(segment, before)).toBe(true)
    expect(isTokenLike(segment, 'users')).toBe(false)
  })

  it.each<[string, string, number]>([
    ['hex', 'abcdef0123456789', 32],
    ['base 36', 'abcdefghijklmnopqrstuvwxyz0123456789', 32],
    ['base 62', 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789', 24],
    ['base64url', 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_', 43],
    ['base 32', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', 32],
    ['small letters', 'abcdefghijklmnopqrstuvwxyz', 32],
  ])('of chance, in %s: hardly one is missed', (_name, alphabet, length) => {
    const random = new Random(40)
    const missed = Array.from({ length: 2000 }, () => random.text(alphabet, length)).filter((one) => !isTokenLike(one))
    expect(missed.length).toBeLessThan(20)
  })

  it.each([
    [10, 'verify', 8],
    [16, 'verify', 14],
    [24, '', 120],
    [32, '', 350],
  ])('of chance, of %i small letters behind %j: 1 in %i passes for a word', (length, before, one) => {
    const random = new Random(41)
    const missed = Array.from({ length: 20_000 }, () => random.text('abcdefghijklmnopqrstuvwxyz', length)).filter(
      (token) => !isTokenLike(token, before),
    )
    expect(missed.length * one).toBeGreaterThan(20_000 / 2)
    expect(missed.length * one).toBeLessThan(20_000 * 1.5)
  })
})

it.each([
  ...['', 'login', 'reset', 'dashboard', 'a-very-long-title-of-an-article', 'how-to-build-2024-edition-part-2'],
  ...['12345678901234567890', '2026-11-21', '20261121T163107Z-000123', '2026-11-21T16:31:07Z', 'v2', '42', 'a1b2c3'],
  ...['getUserAccountSettingsV2', 'internationalization18n', 'iphone15promax256gb', 'my-article-title-3f9a8b7c6d5e'],
  ...['main.44c7364d17b2df2a411e32ee9c15f52e.js', 'index-BX3k9a2zQw7eRt5yUi8oP1.css', UUID, UUID.toUpperCase()],
  ...['%E6%97%A5%E6%9C%AC%E8%AA%9E%E3%81%AE%E3%82%BB%E3%83%83%E3%82%B7%E3%83%A7%E3%83%B3', 'john.doe42@example.com'],
  ...['openid-connect', 'wp-login.php', '.well-known', 'microsoft-entra-id-v2', 'p'.repeat(1100), 'ProductListingPage'],
])('no token: %j', (segment) => expect(isTokenLike(segment, 'users')).toBe(false))

it.each(['123456', 'email', 'password-changed-successfully', 'step-2', 'verify.css', 'callbackGoogleOauth'])(
  'no token behind a word such as verify: %s',
  (segment) => expect(isTokenLike(segment, 'verify')).toBe(false),
)

/** As paths have them, in the languages that logins are in, with and without the words apart. */
const WORDS = [
  ...['forgotpassword', 'password-reset-confirmation', 'emailverification', 'twofactorauthentication', 'subscriptions'],
  ...[
    'internationalization',
    'authenticationcallback',
    'organizationmemberships',
    'acceptinvitation',
    'unsubscribeconfirmed',
  ],
  ...['openidconfiguration', 'getelementsbytagname', 'publickeycredentialrequestoptions'],
  ...[
    'kubernetesdashboard',
    'wordpresspluginsettings',
    'knowledgebasearticles',
    'rhythmandblues',
    'strengthsandlengths',
  ],
  ...['the-quick-brown-fox-jumps-over-the-lazy-dog', 'understanding-javascript-asynchronous-programming'],
  ...['passwort-zuruecksetzen', 'passwortzuruecksetzen', 'datenschutzerklaerung', 'allgemeinegeschaeftsbedingungen'],
  ...[
    'donaudampfschifffahrtsgesellschaft',
    'rechtsschutzversicherungen',
    'rindfleischetikettierungsgesetz',
    'bestaetigung',
  ],
  ...[
    'motdepasseoublie',
    'reinitialisermotdepasse',
    'confidentialite-et-conditions-generales',
    'anticonstitutionnellement',
  ],
  ...['recuperarcontrasena', 'restablecer-contrasena', 'politicadeprivacidad', 'redefinirsenha', 'esquecisenha'],
  ...['recuperapassword', 'precipitevolissimevolmente', 'wachtwoordvergeten', 'klantenservicemedewerkers'],
  ...['glomtlosenordet', 'personuppgiftsbehandling', 'brugerindstillinger', 'tilgjengelighetserklaering'],
  ...['unohditkosalasanan', 'kayttajatunnuksenvahvistaminen', 'epajarjestelmallisyys'],
  ...['odzyskiwaniehasla', 'konstantynopolitanczykowianeczka', 'zapomenuteheslo', 'nejneobhospodarovavatelnejsi'],
  ...['elfelejtettjelszo', 'megszentsegtelenithetetlenseg', 'parolamiunuttum', 'hesapdogrulamasayfasi'],
  ...['vosstanovlenieparolya', 'zashchishchennyye', 'podtverzhdeniepochty', 'politikakonfidentsialnosti'],
  ...['quenmatkhau', 'lupakatasandi', 'kebijakanprivasi', 'wangjimima', 'zhongguorenminyinhang', 'pasuwadosaisettei'],
  ...['bimilbeonhojaeseoljeong', 'krungthepmahanakhon', 'llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch'],
]
it.each(WORDS)('words, behind a word such as verify as well: %s', (words) => {
  expect(isTokenLike(words)).toBe(false)
  expect(isTokenLike(words, 'verify')).toBe(false)
  expect(isTokenLike(words.toUpperCase(), 'verify')).toBe(false)
})
