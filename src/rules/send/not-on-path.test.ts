import { testSendRule } from '../testing.ts'
import rule from './not-on-path.ts'

const at = (path: string): { url: string } => ({ url: `https://shop.test${path}` })

const itsOwnWay = { oddCharacters: 'in-its-own-way' } as const

testSendRule(rule, {
  blocks: [
    {
      cookie: { path: '/api/auth' },
      ...at('/api/cart'),
      says: [
        '`sid`',
        '`/api/auth`',
        '`/api/cart`',
        'Path=/',
        'what its line says with `Path`; only a line without one',
      ],
      fix: ['Path=/'],
    },
    { cookie: { path: '/api' }, ...at('/') },
    { cookie: { path: '/api' }, ...at('/apis') },
    { cookie: { path: '/api' }, ...at('/apis'), policy: itsOwnWay },
    { cookie: { path: '/api/' }, ...at('/api') },
    { cookie: { path: '/api' }, ...at('/API') },
    { cookie: { path: '/a' }, ...at('/%61') },
    { cookie: { path: '/\u00e9' }, ...at('/\u00e9') },
    { cookie: { path: '/api' }, ...at('/?/api') },
    { cookie: { path: '/api?x' }, ...at('/api?x') },
    { cookie: { path: '/api', name: '' }, ...at('/'), says: ['The cookie without a name'] },
  ],
  passes: [
    { cookie: { path: '/' }, ...at('/') },
    { cookie: { path: '/' }, ...at('/api/cart') },
    { cookie: { path: '/api' }, ...at('/api') },
    { cookie: { path: '/api' }, ...at('/api/') },
    { cookie: { path: '/api' }, ...at('/api/cart?q=1') },
    { cookie: { path: '/api' }, ...at('/x/../api') },
    { cookie: { path: '/api' }, ...at('/api?q') },
    { cookie: { path: '/api/' }, ...at('/api/') },
    { cookie: { path: '/api/' }, ...at('/api/x') },
    { cookie: { path: '/%C3%A9' }, ...at('/\u00e9') },
  ],
  undecided: [{ cookie: { path: '/a b' }, ...at('/a%20b'), policy: itsOwnWay, missing: 'browser' }],
})
