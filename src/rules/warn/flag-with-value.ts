import type { Span } from '../../cookie/parse.ts'
import { code } from '../../remedies/words.ts'
import { occasion } from '../occasion.ts'
import { defineSetRule, pass, warn } from '../rule.ts'

/** Values that say what the flag does anyway, beside none. */
const affirmative = new Set(['true', '1'])

export default defineSetRule<{ written: string; name: string; span: Span }>({
  id: 'FlagWithValue',
  operation: 'set',
  layer: 'store',
  spec: 'RFC 6265bis 5.6.5, 5.6.6',
  summary: 'Secure, HttpOnly and Partitioned are on when they are there, whatever their value says.',
  on: occasion.flagValue,
  evaluate: ({ read }) => {
    for (const flag of [read.secure, read.httpOnly, read.partitioned]) {
      if (flag !== undefined && flag.value !== '' && !affirmative.has(flag.value.toLowerCase())) {
        return warn({ written: `${flag.namePiece.text}=${flag.value}`, name: flag.namePiece.text, span: flag.span })
      }
    }
    return pass
  },
  explain: ({ written, name }) => ({
    title: `${name.slice(0, 20)} takes no value: it is on`,
    explanation: `${code(written)} switches ${code(name)} on, whatever the value says. To switch it off, leave it out.`,
  }),
  part: ({ span }) => span,
  remedies: () => [],
})
