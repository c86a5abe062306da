import { attributeChanges } from '../../remedies/carry-over.ts'
import type { LogEntry } from '../session.ts'
import { attributeAnswers, chosenStacks, rolesWithLines } from '../view-stacks.ts'
import { usePanel } from './panel-context.ts'
import { StackAnswers } from './StackAnswers.tsx'
import { StackChooser } from './StackChooser.tsx'

interface Props {
  from: LogEntry
  cookie: string
  line: string
  fixed: string
}

/** Where the attributes that a corrected line changes are set in the stack that sent it. */
export function StackFix({ from, cookie, line, fixed }: Props) {
  const { story } = usePanel()
  if (attributeChanges(line, fixed).length === 0 || story.book.stacks.length === 0) return null
  const likely = story.likelyFor(from)
  if (likely === null) return null
  const roles = rolesWithLines(story.book, (stack) => attributeAnswers(cookie, line, fixed, [stack]))
  return (
    <div class="stack-fix">
      <StackChooser likely={likely} roles={roles} />
      <StackAnswers
        answers={attributeAnswers(cookie, line, fixed, chosenStacks(story.book, story.choice.value, likely))}
      />
    </div>
  )
}
