import { expect, it } from 'vitest'
import type { FoundDiagnosis } from '../diagnoses/diagnosis.ts'
import type { Action } from '../remedies/action.ts'
import { stackOf, stacks } from '../remedies/stacks/index.ts'
import { toReport } from '../report/report.ts'
import { exchangeOf, inputOf } from '../report/testing/build.ts'
import { diagnosisIn } from './view-export-diagnosis.ts'

const found = (actions: readonly Action[], over: Partial<FoundDiagnosis> = {}): FoundDiagnosis => ({
  ...{ id: 'X', rank: 'blocks-now', confidence: 'seen', title: 't', seen: 's', matters: 'm', check: 'c' },
  ...{ actions, exchanges: ['1'], ...over },
})
const secure = { action: 'set-attribute', attribute: 'Secure' } as const
const proxy = { action: 'trust-proxy', host: 'shop.test' } as const

it('has the lines of the stacks, each with the change it is for', () => {
  const chosen = [stackOf('express'), stackOf('nginx')]
  const { changes, snippets = [] } = diagnosisIn(found([secure, proxy, { action: 'renew-token' }]), 'sid', chosen)
  expect(changes).toHaveLength(3)
  expect(snippets.map(({ change, stack }) => [change, stack.split(' ')[0]])).toContainEqual([1, 'Express'])
  for (const { change } of snippets) expect(changes?.[change]).toBeDefined()
  expect(snippets.find(({ change }) => change === 0)?.lines).toContain('secure')
})

it('is in words alone where no stack is known', () => {
  expect(diagnosisIn(found([secure]), 'sid', [])).not.toHaveProperty('snippets')
})

it('keeps its lines as they are in a redacted report, known secrets apart', async () => {
  const none = { action: 'set-attribute', attribute: 'SameSite', value: 'None' } as const
  const actions: Action[] = [
    ...[none, secure, proxy, { action: 'forward-proto', host: 'shop.test' } as const],
    { action: 'allow-credentials', origin: 'https://app.shop.test', headers: ['authorization'] },
    { action: 'public-url', url: 'https://shop.test', callbackPath: '/auth/callback' },
    { action: 'trust-origin', origin: 'https://app.shop.test' },
    { action: 'share-session' },
    { action: 'header-limit', bytes: 16_000 },
  ]
  const secret = 'Qx7longSecret99'
  const entry = exchangeOf({ requestHeaders: [{ name: 'Cookie', value: `sid=${secret}` }] })
  for (const stack of stacks) {
    const diagnosis = diagnosisIn(found(actions), 'sid', [stack])
    const report = await toReport(inputOf([entry], { diagnoses: [diagnosis] }))
    expect(report.diagnoses[0]?.snippets, stack.id).toEqual(diagnosis.snippets)
    const [first] = diagnosis.snippets ?? []
    if (first === undefined) continue
    const leaking = {
      ...diagnosis,
      snippets: [{ ...first, lines: `secret: '${secret}'`, note: `It is \`${secret}\`.` }],
    }
    expect(JSON.stringify(await toReport(inputOf([entry], { diagnoses: [leaking] })))).not.toContain(secret)
  }
})
