import { decodeUtf8 } from '../../cookie/bytes.ts'
import { copyText } from '../copy.ts'
import { fixParts } from '../view-line.ts'
import { Icon } from './Icon.tsx'
import { LineView } from './LineView.tsx'
import { PageText } from './PageText.tsx'
import { usePanel } from './panel-context.ts'

interface Props {
  line: string
  fixed: string
  cookieName: string
  valueShown: boolean
}

/** The corrected line. Copied, it has its real value: it is the reader's own, and a masked one is of no use in code. */
export function FixView({ line, fixed, cookieName, valueShown }: Props) {
  const { say } = usePanel()
  const { parts, leftOut } = fixParts(line, fixed)
  const copy = async () => {
    // A header's bytes; on the clipboard, the text that they spell.
    const copied = await copyText(decodeUtf8(fixed) ?? fixed)
    say(
      copied
        ? { text: 'Line copied, with its real value', bad: false }
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
          title="Copy the corrected line, with its real value"
          aria-label="Copy the corrected line, with its real value"
          onClick={copy}
        >
          <Icon name="copy" />
          Copy
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
    </>
  )
}
