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
  ])('of chance, in %s: hardly one is missed', (_name, alphabet, length) => {
    const random = new Random(40)
    const missed = Array.from({ length: 2000 }, () => random.text(alphabet, length)).filter((one) => !isTokenLike(one))
    expect(missed.length).toBeLessThan(20)
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
