import { PageText } from './PageText.tsx'

/** Our own sentences; what stands between backticks is quoted from the page or code to write. */
export function Prose({ text }: { text: string }) {
  return (
    <>
      {text.split('`').map((piece, i, { length }) =>
        // An odd piece is a quotation if a closing backtick follows it.
        i % 2 === 1 && i < length - 1 ? (
          <code>
            <PageText text={piece} />
          </code>
        ) : (
          <PageText text={i % 2 === 1 ? `\`${piece}` : piece} />
        ),
      )}
    </>
  )
}
