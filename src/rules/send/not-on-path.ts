import { pathMatch } from '../../cookie/path.ts'
import { code, theCookie } from '../../remedies/words.ts'
import { block, defineSendRule, pass, undecided } from '../rule.ts'

/** Characters that an address can have only percent-encoded: some browsers encode them in the path as well. */
const hasOdd = (path: string): boolean => /[^!-~]/.test(path)

export default defineSendRule<{ name: string; path: string; requestPath: string }>({
  id: 'NotOnPath',
  operation: 'send',
  spec: 'RFC 6265bis 5.1.4',
  summary: 'A cookie goes to its own path and what is under it.',
  evaluate: ({ cookie, context }, { oddCharacters }) => {
    if (pathMatch(context.url.pathname, cookie.path)) return pass
    const facts = { name: cookie.name, path: cookie.path, requestPath: context.url.pathname }
    return oddCharacters === 'as-written' || !hasOdd(cookie.path) ? block(facts) : undecided('browser', facts)
  },
  explain: ({ name, path, requestPath }) => ({
    title: 'The cookie is kept for another path: set it with Path=/',
    explanation: `${theCookie(name)} has the path ${code(path)}, so it goes to ${code(path)} and what is under it; ${code(requestPath)} is not. The path is what its line says with \`Path\`; only a line without one leaves it to the address that sets the cookie (\`/api/auth/login\` makes it \`/api/auth\`).`,
  }),
  remedies: () => [{ action: 'set-attribute', attribute: 'Path', value: '/' }],
})
