import { testSetRule } from '../testing.ts'
import rule from './invalid-prefix.ts'

const http = 'http://shop.test/'

testSetRule(rule, {
  blocks: [
    {
      line: '__Secure-sid=abcdef',
      says: ['`__Secure-sid`', '`Secure`', '__Secure- needs Secure'],
      marks: '__Secure-sid',
      fix: ['Secure'],
    },
    { line: '__Secure-sid=abcdef; Secure', url: http, says: ['an answer over https'], fix: ['use-https'] },
    { line: '__Secure-sid=abcdef', url: http, fix: ['Secure', 'use-https'] },
    // Any case of letters.
    { line: '__sEcUrE-sid=abcdef; Path=/', marks: '__sEcUrE-sid' },
    { line: ' __HOST-sid =abcdef; Secure', marks: '__HOST-sid', fix: ['Path=/'] },
    { line: '__Host-sid=abcdef; Path=/', says: ['`Secure`'], fix: ['Secure'] },
    { line: '__Host-sid=abcdef; Secure; Path=/account', says: ['`Path=/`'], fix: ['Path=/'] },
    // A default-path of / is no Path=/, nor is one that is ignored.
    { line: '__Host-sid=abcdef; Secure', url: 'https://shop.test/', fix: ['Path=/'] },
    { line: '__Host-sid=abcdef; Secure; Path=', url: 'https://shop.test/', fix: ['Path=/'] },
    // The default-path has to be / where it may take the Path's place.
    { line: '__Host-sid=abcdef; Secure', policy: { hostPrefixNeedsExplicitPath: false }, fix: ['Path=/'] },
    { line: '__Host-sid=abcdef; Secure; Path="/"', url: 'https://shop.test/', fix: ['Path=/'] },
    { line: '__Host-sid=abcdef; Secure; Path=/; Path=/x', fix: ['Path=/'] },
    { line: '__Host-sid=abcdef; Secure; Path=/; Domain=shop.test', says: ['`Domain`'], fix: ['-Domain'] },
    {
      line: '__Host-sid=abcdef; Secure; Path=/; Domain=shop.test',
      policy: { hostPrefixTakesDomain: 'host-only' },
      fix: ['-Domain'],
    },
    { line: '__Host-sid=abcdef; Secure; Path=/; Domain=localhost', url: 'http://localhost/', fix: ['-Domain'] },
    {
      line: '__Host-sid=abcdef; Domain=shop.test',
      url: http,
      says: ['`Secure`', 'an answer over https', '`Domain`', '`Path=/`'],
      fix: ['Secure', 'use-https', '-Domain', 'Path=/'],
    },
    { line: '__Http-sid=abcdef; Secure', says: ['`HttpOnly`', 'not by a script'], fix: ['HttpOnly'] },
    { line: '__http-sid=abcdef; HttpOnly', fix: ['Secure'] },
    { line: '__Host-Http-sid=abcdef; Secure; Path=/', says: ['__Host-Http-', '`HttpOnly`'], fix: ['HttpOnly'] },
    { line: '__Host-Http-sid=abcdef; Secure; HttpOnly', fix: ['Path=/'] },
    {
      line: '__Secure-sid=abcdef; Secure',
      url: 'http://localhost/',
      policy: { localhostIsSecure: false },
      fix: ['use-https'],
    },
    // The prefix alone is a name, and so is one with an empty value.
    { line: '__Secure-=abcdef', marks: '__Secure-' },
    { line: '__Secure-sid=', fix: ['Secure'] },
    // Without a name, whatever else the line says.
    {
      line: '__Secure-sid; Secure',
      says: ['without a name', '`__Secure-`'],
      marks: '__Secure-',
      fix: ['name-the-cookie'],
    },
    { line: '=__Host-sid=abcdef; Secure; Path=/', marks: '__Host-' },
    { line: '= __HTTP-x', marks: '__HTTP-' },
  ],
  passes: [
    { line: '__Secure-sid=abcdef; Secure' },
    { line: '__Secure-sid=abcdef; Secure; Domain=shop.test; Path=/x' },
    { line: '__Host-sid=abcdef; Secure; Path=/' },
    { line: '__Host-sid=abcdef; secure=0; path = /' },
    { line: '__Host-sid=abcdef; Secure; Path=/; Domain=' },
    { line: '__Host-sid=abcdef; Secure; Domain=shop.test; Path=/; Domain' },
    { line: '__Host-sid=abcdef; Secure; Path=/', url: 'http://localhost:3000/' },
    { line: '__Secure-sid=abcdef; Secure', url: 'http://127.0.0.1/' },
    { line: '__Host-sid=abcdef; Secure; Path=/; Domain=[::1]', url: 'https://[::1]/' },
    { line: '__Host-sid=abcdef; Secure; Path=/; Domain=127.0.0.1', url: 'http://127.0.0.1/' },
    {
      line: '__Host-sid=abcdef; Secure; Path=/; Domain=localhost',
      url: 'http://localhost/',
      policy: { hostPrefixTakesDomain: 'host-only' },
    },
    {
      line: '__Host-sid=abcdef; Secure; Path=/; Domain=github.io',
      url: 'https://github.io/',
      policy: { hostPrefixTakesDomain: 'host-only' },
    },
    { line: '__Http-sid=abcdef; Secure; HttpOnly; Path=/x; Domain=shop.test' },
    { line: '__Host-Http-sid=abcdef; Secure; HttpOnly; Path=/' },
    { line: '__Host-sid=abcdef; Secure', url: 'https://shop.test/', policy: { hostPrefixNeedsExplicitPath: false } },
    { line: '__Http-sid=abcdef', policy: { prefixes: ['__secure-', '__host-'] } },
    { line: '__HoSt-sid=abcdef', policy: { prefixCase: 'exact' } },
    // Near a prefix, and none.
    { line: '__Secure=abcdef' },
    { line: '_Secure-sid=abcdef' },
    { line: '___Secure-sid=abcdef' },
    { line: '__Hostsid=abcdef' },
    { line: '"__Host-sid"=abcdef' },
    { line: 'sid=__Host-abcdef' },
    { line: 'x__Secure-' },
    { line: '__Secur\u00e9-sid=abcdef' },
  ],
})
