import type { Row } from '../story/testing/recording.ts'
import { testDiagnosis } from './testing.ts'
import rule from './two-cookies-of-one-name.ts'

const app = 'https://app.shop.test'
const page = `${app}/login`
const script = (set = 'sid=hush-1; Path=/; Secure; HttpOnly'): Row => ({
  request: `POST ${app}/api/login`,
  from: page,
  set,
  body: { password: true },
})
const me = (status = 200): Row => ({ request: `GET ${app}/api/me`, from: page, status })
const wide = { earlier: [[`${app}/`, 'sid=hush-old; Path=/; Domain=shop.test'] as const] }

testDiagnosis(rule, {
  finds: [
    {
      name: 'the one of the parent domain, older and so sent first',
      rows: [`GET ${page}`, script(), me(401)],
      options: wide,
      rank: 'blocks-now',
      confidence: 'likely',
      says: [
        '`GET /api/me` carried `sid` twice.',
        '`app.shop.test` alone, path `/`',
        '`shop.test` and its sub-domains',
        'The other one was sent first',
      ],
      fix: ['delete-cookie'],
      shownBy: '3',
    },
    {
      name: 'two that the server gets along with',
      rows: [`GET ${page}`, script(), me()],
      options: wide,
      rank: 'odd',
      confidence: 'seen',
    },
    {
      name: 'one of a deeper path, sent first',
      rows: [`GET ${page}`, script(), me(401)],
      options: { earlier: [[`${app}/`, 'sid=hush-old; Path=/api']] },
      rank: 'blocks-now',
      confidence: 'likely',
      says: ['path `/api`', 'The other one was sent first'],
    },
    {
      name: 'one of a shorter path, sent last',
      rows: [`GET ${page}`, script('sid=hush-1; Path=/api'), me(401)],
      options: { earlier: [[`${app}/`, 'sid=hush-old; Path=/']] },
      rank: 'blocks-now',
      confidence: 'likely',
      says: ["The login's was sent first"],
    },
    {
      name: "the older one alone, the login's kept for another path",
      rows: [
        `GET ${page}`,
        { request: `POST ${app}/auth/login`, from: page, set: 'sid=hush-1', body: { password: true } },
        me(401),
      ],
      options: { earlier: [[`${app}/`, 'sid=hush-old; Path=/']] },
      rank: 'blocks-now',
      confidence: 'likely',
      says: ["in place of the login's", 'kept for another path'],
      fix: ['delete-cookie', 'set-attribute'],
    },
    {
      name: 'no login in the log',
      rows: [`GET ${app}/account`],
      options: {
        earlier: [
          [`${app}/`, 'sid=hush-1; Path=/'],
          [`${app}/`, 'sid=hush-old; Path=/; Domain=shop.test'],
        ],
      },
      rank: 'odd',
      confidence: 'seen',
      fix: ['delete-cookie', 'delete-cookie'],
    },
  ],
  passes: [
    {
      name: 'one that is overwritten',
      rows: [`GET ${page}`, script(), me(401)],
      options: { earlier: [[`${app}/`, 'sid=hush-old; Path=/']] },
    },
    {
      name: 'one of a path that nobody asks for',
      rows: [`GET ${page}`, script(), me(401)],
      options: { earlier: [[`${app}/`, 'sid=hush-old; Path=/old']] },
    },
    {
      name: 'two of another name',
      rows: [`GET ${page}`, script(), me(401)],
      options: {
        earlier: [
          [`${app}/`, 'theme=hush-1; Path=/'],
          [`${app}/`, 'theme=hush-2; Path=/; Domain=shop.test'],
        ],
      },
    },
    {
      name: 'the older one alone, and accepted',
      rows: [
        `GET ${page}`,
        { request: `POST ${app}/auth/login`, from: page, set: 'sid=hush-1', body: { password: true } },
        me(),
      ],
      options: { earlier: [[`${app}/`, 'sid=hush-old; Path=/']] },
    },
  ],
})
