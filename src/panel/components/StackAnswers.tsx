import type { Snippet, Stack } from '../../remedies/stack.ts'
import { indentOf } from '../../report/visible.ts'
import { copyText } from '../copy.ts'
import { type Change, snippetLines, stackTitle } from '../view-stacks.ts'
import { Icon } from './Icon.tsx'
import { PageText } from './PageText.tsx'
import { Prose } from './Prose.tsx'
import { usePanel } from './panel-context.ts'

/** What the chosen stacks say to one change: lines to paste, or why it is none of theirs. */
export function StackAnswers({ answers }: Pick<Change, 'answers'>) {
  return (
    <>
      {answers.map(({ stack, answer }) =>
        answer.kind === 'snippet' ? (
          <SnippetView stack={stack} snippet={answer} />
        ) : (
          <p class="dim not-this-stack">
            <Prose text={`${stack.name}: ${answer.because}`} />
          </p>
        ),
      )}
    </>
  )
}

function SnippetView({ stack, snippet }: { stack: Stack; snippet: Snippet }) {
  const { say } = usePanel()
  const { file, lines, note, docs } = snippet
  const copy = async () =>
    say(
      (await copyText(lines))
        ? { text: `Lines for ${file} copied`, bad: false }
        : { text: 'The browser did not allow copying. Select the lines and copy them by hand.', bad: true },
    )
  return (
    <figure class="snippet">
      <figcaption>
        <span>
          {stackTitle(stack)} · <code>{file}</code>
        </span>
        <button type="button" class="link copy" aria-label={`Copy the lines for ${file}`} onClick={copy}>
          <Icon name="copy" />
          Copy
        </button>
      </figcaption>
      <pre>
        {snippetLines(snippet).map((line) => (
          <code>
            {indentOf(line)}
            <PageText text={line.slice(indentOf(line).length)} />
            {'\n'}
          </code>
        ))}
      </pre>
      {note !== undefined && (
        <p>
          <Prose text={note} />
        </p>
      )}
      <p class="dim docs">Documented at {docs}</p>
    </figure>
  )
}
