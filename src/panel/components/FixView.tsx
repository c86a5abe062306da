import { decodeUtf8 } from '../../cookie/bytes.ts'
import { copyText } from '../copy.ts'
import type { LogEntry } from '../session.ts'
import { fixParts, VALUE_PLACEHOLDER, valueReplaced } from '../view-line.ts'
import { Icon } from './Icon.tsx'
import { LineView } from './LineView.tsx'
import { PageText } from './PageText.tsx'
import { usePanel } from './panel-context.ts'
import { StackFix } from './StackFix.tsx'

interface Props {
  line: string
  fixed: string
  cookieName: string
  valueShown: boolean
  /** The exchange that sent the line: whose stack may be asked how it is written there. */
  from?: LogEntry | undefined
}

/** The corrected line. Copied as it is shown: with its value once that is revealed, else with `<value>` for it. */
export function FixView({ line, fixed, cookieName, valueShown, from }: Props) {
  const { say } = usePanel()
  const { parts, leftOut } = fixParts(line, fixed)
  const withoutValue = valueReplaced(fixed)
  const hasValue = withoutValue !== fixed
  const how = !hasValue ? '' : valueShown ? ' with its value' : `, ${VALUE_PLACEHOLDER} in place of its value`
  const copy = async () => {
    // A header's bytes; on the clipboard, the text that they spell.
    const text = valueShown ? fixed : withoutValue
    const copied = await copyText(decodeUtf8(text) ?? text)
    say(
      copied
        ? { text: `Line copied${how}`, bad: false }
        : {
            text: 'The browser did not allow copying. Show the value, select the line and copy it by hand.',
            bad: true,
          },
    )
  }
  return (
    <>
      <div class="raw fixed">
        <span class="raw-text">
          <LineView parts={parts} marks="ins" cookieName={cookieName} shown={valueShown} />
        </span>
        <button
          type="button"
          class="link copy"
          title={`Copy the corrected line${how}${hasValue && !valueShown ? '; show the value above to copy it as well' : ''}`}
          aria-label={`Copy the corrected line${how}`}
          onClick={copy}
        >
          <Icon name="copy" />
          {hasValue && valueShown ? 'Copy with value' : 'Copy'}
        </button>
      </div>
      {leftOut.length > 0 && (
        <p class="left-out">
          Left out:{' '}
          {leftOut.map((text, i) => (
            <>
              {i > 0 && ', '}
              <code>
                <del>
                  <PageText text={text} />
                </del>
              </code>
            </>
          ))}
        </p>
      )}
      {from && <StackFix from={from} cookie={cookieName} line={line} fixed={fixed} />}
    </>
  )
}
