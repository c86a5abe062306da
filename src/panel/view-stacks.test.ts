import { describe, expect, it } from 'vitest'
import type { Action } from '../remedies/action.ts'
import { type CookieAtHand, doesNotApply, generic, type Stack } from '../remedies/stack.ts'
import { entryOf, sendOf, setOf } from './testing/entries.ts'
import {
  attributeAnswers,
  changesOf,
  chosenStack,
  likelyStacks,
  rolesWithLines,
  type StackBook,
  snippetLines,
  stackTitle,
} from './view-stacks.ts'

/** Answers each action with what it was asked. */
const stackOf = (id: Stack['id'], role: Stack['role'], answer = (text: string): unknown => doesNotApply(text)): Stack =>
  ({
    ...{ id, role, name: id, version: '1', traces: {} },
    answers: new Proxy(
      {},
      { get: (_, name) => (action: unknown) => answer(`${String(name)} ${JSON.stringify(action)}`) },
    ),
  }) as Stack

const express = stackOf('express', 'app')
const django = stackOf('django', 'app')
const nginx = stackOf('nginx', 'proxy')
const book: StackBook = { stacks: [express, django, nginx], detect: () => [] }
const nobody = { app: null, proxy: null }

describe('whose words the fixes are in', () => {
  const likely = [
    { stack: 'nginx', why: 'Server' },
    { stack: 'django', why: 'sessionid' },
  ] as const
  it.each([
    ['the likely one of its role', nobody, likely, 'django', 'sessionid'],
    ['nobody, where nothing points to one', nobody, [], undefined, undefined],
    ['the one that was chosen', { app: 'express', proxy: null }, likely, 'express', null],
    ['nobody, where that was chosen', { app: 'none', proxy: null }, likely, undefined, undefined],
    ['nobody, where the chosen one is of the other role', { app: 'nginx', proxy: null }, likely, undefined, undefined],
  ] as const)('%s', (_name, choice, found, id, why) => {
    const chosen = chosenStack(book, 'app', choice, found)
    expect(chosen?.stack.id).toBe(id)
    expect(chosen?.why).toBe(why)
  })
})

it('asks what points to a stack of headers and of all cookies, and of nothing where there is none', () => {
  const asked: unknown[] = []
  const watching: StackBook = {
    stacks: [],
    detect(responses) {
      asked.push(...responses)
      return []
    },
  }
  likelyStacks(watching, [])
  expect(asked).toEqual([])
  const headers = [{ name: 'Server', value: 'nginx' }]
  const entry = {
    sets: [setOf('a', 'stored'), { ...setOf('c', 'blocked'), cookie: null }],
    cookies: [sendOf('b', 'sent')],
    exchange: { responseHeaders: headers },
  }
  likelyStacks(watching, [entryOf('x', entry)])
  expect(asked).toEqual([{ headers, cookieNames: ['a', 'c', 'b'] }])
})

describe('what to change', () => {
  const actions: Action[] = [
    { action: 'trust-proxy', host: 'api.test' },
    { action: 'set-attribute', attribute: 'Secure' },
    { action: 'renew-token' },
    { action: 'remove-attribute', attribute: 'Domain' },
  ]
  it('is in the words for any stack, the attributes of a cookie together', () => {
    const changes = changesOf({ actions }, 'sid', [])
    expect(changes).toHaveLength(3)
    expect(changes[1]?.note).toMatch(/^Set `Secure` on the session cookie\. Leave Domain out: /)
    expect(changes.every(({ answers }) => answers.length === 0)).toBe(true)
  })
  it('is in those of each stack as well', () => {
    const changes = changesOf({ actions }, 'sid', [express, nginx])
    expect(changes.map(({ answers }) => answers.map(({ stack }) => stack.id))).toEqual(
      Array(3).fill(['express', 'nginx']),
    )
    const [first, second] = changes.map(({ answers }) => answers[0]?.answer)
    expect(first).toEqual(doesNotApply('trust-proxy {"action":"trust-proxy","host":"api.test"}'))
    const both = JSON.stringify({ cookie: 'sid', changes: [actions[1], actions[3]] })
    expect(second).toEqual(doesNotApply(`attributes ${both}`))
  })
  it('is nothing of a stack that has no words of its own, or that can’t know the cookie', () => {
    const quiet = stackOf('go', 'app', () => generic)
    expect(changesOf({ actions }, 'sid', [quiet]).flatMap(({ answers }) => answers)).toEqual([])
    expect(changesOf({ actions }, null, [express])[1]?.answers).toEqual([])
  })
  it('is of the cookie that the finding is about, where that is not the session', () => {
    const [, change] = changesOf({ actions, cookie: 'state' }, 'sid', [express])
    expect(change?.note).toMatch(/^Set `Secure` on `state`\. /)
    expect(JSON.stringify(change?.answers)).toContain('state')
    expect(JSON.stringify(change?.answers)).not.toContain('sid')
  })
  it('is asked of a stack for a corrected line', () => {
    const answers = attributeAnswers('sid', 'sid=1; Path=/', 'sid=1; Path=/; Secure', [express])
    expect(answers).toHaveLength(1)
  })
})

it('offers a choice of those roles alone that have lines', () => {
  const lines = { kind: 'snippet', file: 'a.js', language: 'js', lines: 'a', docs: '' } as const
  const roles = (...with_: Stack[]) => [
    ...rolesWithLines(book, (stack) => [
      { stack, answer: with_.includes(stack) ? lines : { kind: 'does-not-apply', because: 'No.' } },
    ]),
  ]
  expect(roles()).toEqual([])
  expect(roles(nginx)).toEqual(['proxy'])
  expect(roles(django, nginx)).toEqual(['app', 'proxy'])
})

it('shows one change’s lines once', () => {
  const lines = { kind: 'snippet', file: 'a.js', language: 'js', lines: 'a', docs: '' } as const
  const same = stackOf('go', 'app', () => lines)
  const found: Action[] = [{ action: 'share-session' }, { action: 'renew-token' }]
  expect(changesOf({ actions: found }, 'sid', [same]).map(({ answers }) => answers.length)).toEqual([1, 0])
})

it('shows both ways where a stack knows two', () => {
  const lines = { kind: 'snippet', file: 'a.js', language: 'js', lines: 'a', docs: '' } as const
  const either = stackOf('go', 'app', () => ({ ...lines, instead: { ...lines, lines: 'b' } }))
  const [change] = changesOf({ actions: [{ action: 'share-session' }] }, 'sid', [either])
  expect(change?.answers.map(({ answer }) => answer)).toMatchObject([{ lines: 'a' }, { lines: 'b' }])
})

it('asks with what the cookie’s line says', () => {
  const at: CookieAtHand = {
    name: 'sid',
    value: 'token',
    attributes: [{ action: 'set-attribute', attribute: 'HttpOnly' }],
  }
  const asked: unknown[] = []
  const asking = stackOf('go', 'app', (text) => {
    asked.push(JSON.parse(text.slice(text.indexOf('{'))))
    return generic
  })
  changesOf({ actions: [{ action: 'set-attribute', attribute: 'Secure' }] }, 'sid', [asking], [at])
  changesOf({ actions: [{ action: 'set-attribute', attribute: 'Secure' }], cookie: 'state' }, 'sid', [asking], [at])
  attributeAnswers('sid', 'sid=1; HttpOnly', 'sid=1; HttpOnly; Secure', [asking])
  expect(asked).toMatchObject([{ at }, { cookie: 'state' }, { at: { name: 'sid', attributes: { length: 2 } } }])
  expect(asked[1]).not.toHaveProperty('at')
})

it('shows the lines of a snippet one by one', () => {
  const snippet = { kind: 'snippet', file: 'a.js', language: 'js', lines: 'a\n\n  b\n', docs: '' } as const
  expect(snippetLines(snippet)).toEqual(['a', '', '  b'])
})

it('names a stack with its version', () => {
  expect(stackTitle({ ...express, name: 'Express (express-session)', version: '5 (express-session 1)' })).toBe(
    'Express 5 (express-session 1)',
  )
  expect(stackTitle({ ...express, name: 'Django', version: '5.2' })).toBe('Django 5.2')
})
