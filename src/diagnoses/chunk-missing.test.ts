import type { Row } from '../story/testing/recording.ts'
import rule from './chunk-missing.ts'
import { testDiagnosis } from './testing.ts'

const app = 'https://app.shop.test'
const page = `${app}/login`
const rest = 'Path=/; HttpOnly; Secure; SameSite=Lax'
const form = (...set: string[]): Row => ({ request: `POST ${page}`, status: 303, location: '/account', set })
const refused: Row = { request: `GET ${app}/account`, status: 302, location: '/login' }
const part = (number: number, size = 30, name = 'next-auth.session-token.'): string =>
  `${name}${number}=hush${'x'.repeat(size)}; ${rest}`

testDiagnosis(rule, {
  finds: [
    {
      name: 'a part over the limit',
      rows: [`GET ${page}`, form(part(0), part(1, 4500)), refused, `GET ${page}`],
      rank: 'blocks-now',
      confidence: 'seen',
      says: ['`next-auth.session-token.1` was refused', '`next-auth.session-token.0` was stored'],
      fix: ['shorten-value'],
      shownBy: '2',
    },
    {
      name: 'a part with SameSite=None and no Secure',
      rows: [
        `GET ${page}`,
        form(part(0), 'next-auth.session-token.1=hush; Path=/; SameSite=None'),
        refused,
        `GET ${page}`,
      ],
      rank: 'blocks-now',
      confidence: 'seen',
      fix: [],
    },
    {
      name: 'a part that is not there',
      rows: [`GET ${page}`, form(part(0), part(2)), refused, `GET ${page}`],
      rank: 'blocks-now',
      confidence: 'likely',
      says: ['no `next-auth.session-token.1`: the browser has no such cookie'],
    },
    {
      name: 'a part kept for another path',
      rows: [`GET ${page}`, form(part(0), part(1).replace('Path=/', 'Path=/login'), part(2)), refused, `GET ${page}`],
      rank: 'blocks-now',
      confidence: 'likely',
      says: ['stayed behind'],
      fix: ['set-attribute'],
    },
    {
      name: 'a part of ASP.NET Core',
      rows: [
        `GET ${page}`,
        form(part(2, 30, '.AspNetCore.CookiesC'), '.AspNetCore.Cookies=chunks-2; Path=/'),
        refused,
        `GET ${page}`,
      ],
      rank: 'blocks-now',
      confidence: 'likely',
      says: ['no `.AspNetCore.CookiesC1`'],
    },
  ],
  passes: [
    { name: 'all parts', rows: [`GET ${page}`, form(part(0), part(1), part(2)), `GET ${app}/account`] },
    { name: 'all parts, and refused', rows: [`GET ${page}`, form(part(0), part(1)), refused, `GET ${page}`] },
    {
      name: 'one cookie over the limit',
      rows: [`GET ${page}`, form(`sid=${'x'.repeat(4500)}; ${rest}`), refused, `GET ${page}`],
    },
    {
      name: 'numbered cookies that are no session',
      rows: [`GET ${page}`, form(`sid=hush-1; ${rest}`, part(2, 30, 'variant.')), refused, `GET ${page}`],
    },
  ],
})
