import { pathMatch } from '../../cookie/path.ts'
import { code, theCookie } from '../../remedies/words.ts'
import { block, defineSendRule, pass } from '../rule.ts'

export default defineSendRule<{ name: string; path: string; requestPath: string }>({
  id: 'NotOnPath',
  operation: 'send',
  spec: 'RFC 6265bis 5.1.4',
  summary: 'A cookie goes to its own path and what is under it.',
  evaluate: ({ cookie, context }) =>
    pathMatch(context.url.pathname, cookie.path)
      ? pass
      : block({ name: cookie.name, path: cookie.path, requestPath: context.url.pathname }),
  explain: ({ name, path, requestPath }) => ({
    title: 'The cookie is kept for another path: set it with Path=/',
    explanation: `${theCookie(name)} has the path ${code(path)}, so it goes to ${code(path)} and what is under it; ${code(requestPath)} is not. Without \`Path\` a cookie gets the directory of the address that set it: a login at \`/api/auth/login\` makes a cookie for \`/api/auth\`.`,
  }),
  remedies: () => [{ action: 'set-attribute', attribute: 'Path', value: '/' }],
})
