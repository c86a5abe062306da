import type { Diagnosis, DiagnosisSnippet, Story } from '../../contract.ts'

/** A story in which each text of a page, and each of ours, is this one. */
export const storyOf = (text: string, exchange = '1'): Story => ({
  login: exchange,
  picked: 'found',
  why: [text],
  outcome: 'broken',
  sentence: text,
  steps: [{ id: 'stored', mark: 'broken', title: text, detail: text, exchanges: [exchange] }],
  parties: [{ id: text, kind: 'app' }],
  arrows: [
    {
      ...{ exchange, party: text, label: text, status: 200, broken: true },
      sent: [{ name: text, fate: 'withheld' }],
      set: [{ name: text, fate: 'refused' }],
    },
  ],
  checks: [{ id: 'stored', mark: 'ok', title: text, detail: text }],
})

export const diagnosisOf = (text: string, over: Partial<Diagnosis> = {}): Diagnosis => ({
  ...{ id: 'ProxyHidesHttps', title: text, explanation: text, confidence: 'likely', exchanges: ['1'] },
  ...{ rank: 'blocks-now', matters: text, changes: [text], check: text },
  ...over,
})

/** Lines in which each text is this one. */
export const snippetOf = (text: string): DiagnosisSnippet => ({
  ...{ change: 0, stack: text, file: text, language: text, lines: text, note: text, docs: text },
})
