import { runnerImport } from 'vite'
import { beforeAll, expect, it } from 'vitest'
import { sendRules, setRules } from '../rules/index.ts'
import { becauseOf } from './cause-clause.ts'
import type { RuleTitles } from './testing/rule-titles.ts'

const here = (file: string): string => `${import.meta.dirname}/${file}`
let rules: RuleTitles[] = []

beforeAll(async () => {
  const { module } = await runnerImport<typeof import('./testing/rule-titles.ts')>(here('testing/rule-titles.ts'), {
    configFile: false,
    logLevel: 'error',
    resolve: { alias: { vitest: here('../../scripts/docs-vitest.ts') } },
  })
  rules = module.ruleTitles()
}, 60_000)

const sentenceOf = (operation: 'set' | 'send', id: string, title: string, name = '`sid`'): string => {
  const clause = becauseOf(operation, { id, title, explanation: '', spec: '' })
  return operation === 'set' ? `The browser dropped ${name}${clause}.` : `\`GET /me\` went without ${name}${clause}.`
}

const all = [
  ...setRules.map(({ id }) => ({ operation: 'set' as const, id })),
  ...sendRules.map(({ id }) => ({ operation: 'send' as const, id })),
]
const verb = /\b(?:is|are|was|has|needs|forbids|may|can’t|does|carries|blocks|keeps|stores|stands|belongs|would)\b/

it.each(all)('makes a clause of whatever $operation/$id says', ({ operation, id }) => {
  const titles = rules.find((one) => one.operation === operation && one.id === id)?.titles ?? []
  expect(titles).not.toEqual([])
  for (const title of titles) {
    const sentence = sentenceOf(operation, id, title)
    const [, clause = ''] = sentence.split(', because ')
    expect(clause).toMatch(verb)
    // What to do stands elsewhere; attributes and prefixes keep their letters.
    expect(clause).not.toMatch(/: |\.\.|^(?!Secure|SameSite=|Partitioned)[A-Z]|: use|leave it out/)
    expect(sentence.split('`sid`')).toHaveLength(2)
    expect(sentence.match(/without a name|no name/g) ?? []).toEqual([])
  }
})

it.each<['set' | 'send', string, string, string]>([
  [
    'set',
    'SchemefulSameSiteLax',
    'SameSite=Lax in a cross-site response: use SameSite=None; Secure, or one site',
    'The browser dropped `sid`, because a cross-site response can’t set a cookie with SameSite=Lax.',
  ],
  [
    'set',
    'SchemefulSameSiteUnspecifiedTreatedAsLax',
    'No SameSite between http and https: serve both over https',
    'The browser dropped `sid`, because between http and https a response can’t set a cookie without SameSite.',
  ],
  [
    'set',
    'InvalidPrefix',
    'The prefix __Host- forbids Domain: leave it out, and needs Secure and Path=/',
    'The browser dropped `sid`, because the prefix __Host- forbids Domain, and needs Secure and Path=/.',
  ],
  [
    'set',
    'EvictedAtOnce',
    'No room: this site has as many cookies as the browser keeps, and all are Secure',
    'The browser dropped `sid`, because this site has as many cookies as the browser keeps, and all are Secure.',
  ],
  [
    'send',
    'SchemefulSameSiteStrict',
    'SameSite=Strict is withheld when another site leads here: use SameSite=Lax',
    '`GET /me` went without `sid`, because a cookie with SameSite=Strict is withheld when another site leads here.',
  ],
  [
    'send',
    'PartitionKeyMismatch',
    'Partitioned: stored for pages of another site',
    '`GET /me` went without `sid`, because the cookie is Partitioned, and was stored for pages of another site.',
  ],
  [
    'send',
    'NotOnPath',
    'Not certain: The cookie is kept for another path: set it with Path=/',
    '`GET /me` went without `sid`, because the cookie is kept for another path.',
  ],
])('%s/%s: %s', (operation, id, title, sentence) => expect(sentenceOf(operation, id, title)).toBe(sentence))

it('says nothing where no clause is known, and does not say twice that a cookie has no name', () => {
  expect(sentenceOf('set', 'SomethingNew', 'A new thing: do this')).toBe('The browser dropped `sid`.')
  expect(
    sentenceOf('set', 'NamelessCookie', 'The cookie has no name: write name=value', 'a cookie without a name'),
  ).toBe('The browser dropped a cookie without a name, because it stores none of that kind.')
})
