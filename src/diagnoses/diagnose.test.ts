import { describe, expect, it } from 'vitest'
import { noteOf } from '../remedies/generic.ts'
import { tell } from '../story/tell.ts'
import { evidenceIn } from '../story/testing/recording.ts'
import { diagnose, toDiagnosis } from './diagnose.ts'
import type { DiagnosisRule, Finding } from './diagnosis.ts'
import { diagnoses } from './index.ts'
import { healthyLogins } from './testing-healthy.ts'

const finding = (over: Partial<Finding> = {}): Finding => ({
  rank: 'blocks-now',
  confidence: 'seen',
  title: 'The login fails',
  seen: 'It was seen.',
  matters: 'It matters.',
  actions: [],
  check: 'Look again.',
  exchanges: ['1'],
  ...over,
})

const rule = (id: string, found: Partial<Finding> | null, explains?: readonly string[]): DiagnosisRule => ({
  id,
  ...(explains !== undefined && { explains }),
  find: () => (found === null ? [] : [finding(found)]),
})

const nothing = evidenceIn([])
const ids = (rules: readonly DiagnosisRule[]) => diagnose(nothing, rules).map(({ id }) => id)

it('ranks by what blocks, then by confidence, then the cause first', () => {
  expect(
    ids([
      rule('odd', { rank: 'odd' }),
      rule('next', { rank: 'blocks-next' }),
      rule('possible', { confidence: 'possible' }),
      rule('likely', { confidence: 'likely' }),
      rule('cause', {}),
      rule('silent', null),
      rule('consequence', {}),
    ]),
  ).toEqual(['cause', 'consequence', 'likely', 'possible', 'next', 'odd'])
})

describe('what another finding explains', () => {
  it.each<[string, readonly DiagnosisRule[], string[]]>([
    ['is left out', [rule('a', {}, ['b']), rule('b', {})], ['a']],
    ['is told where the other found nothing', [rule('a', null, ['b']), rule('b', {})], ['b']],
    ['is left out where the other is likely', [rule('a', { confidence: 'likely' }, ['b']), rule('b', {})], ['a']],
    ['is told beside a mere possibility', [rule('a', { confidence: 'possible' }, ['b']), rule('b', {})], ['b', 'a']],
    ['is told where it weighs more', [rule('a', { rank: 'odd' }, ['b']), rule('b', {})], ['b', 'a']],
    ['is left out where it weighs less', [rule('a', {}, ['b']), rule('b', { rank: 'odd' })], ['a']],
    [
      'is left out with its own consequences',
      [rule('a', {}, ['b']), rule('b', { confidence: 'possible' }, ['c']), rule('c', {})],
      ['a'],
    ],
    ['is not what stands before it', [rule('b', {}), rule('a', {}, ['b'])], ['b', 'a']],
  ])('%s', (_, rules, expected) => expect(ids(rules)).toEqual(expected))
})

it('becomes what the report carries', () => {
  const actions = [{ action: 'share-session' }, { action: 'share-session' }, { action: 'renew-token' }] as const
  expect(toDiagnosis({ ...finding({ actions, exchanges: ['2', '1', '2'] }), id: 'SessionRejected' })).toEqual({
    id: 'SessionRejected',
    title: 'The login fails',
    explanation: 'It was seen.',
    confidence: 'seen',
    exchanges: ['2', '1'],
    rank: 'blocks-now',
    matters: 'It matters.',
    changes: [noteOf({ action: 'share-session' }), noteOf({ action: 'renew-token' })],
    check: 'Look again.',
  })
})

describe('the list', () => {
  const order = diagnoses.map(({ id }) => id)

  it('names each once', () => expect(new Set(order).size).toBe(order.length))

  it.each(diagnoses.map((one) => [one.id, one] as const))(
    '%s explains what comes after it',
    (id, { explains = [] }) => {
      for (const other of explains) expect(order.indexOf(other), other).toBeGreaterThan(order.indexOf(id))
    },
  )

  it('finds nothing in an empty log', () => expect(diagnose(nothing)).toEqual([]))
})

describe('the story of a healthy login breaks nowhere', () => {
  it.each(healthyLogins.map((told) => [told.name, told] as const))('%s', (_, { rows, options = {} }) => {
    const evidence = evidenceIn(rows, options)
    const story = tell(evidence, diagnose(evidence).map(toDiagnosis))
    expect(story?.sentence ?? '').not.toContain('broke')
    expect(story).toMatchObject({ outcome: expect.stringMatching(/^(?:healthy|open)$/) })
  })
})
