import { useState } from 'preact/hooks'
import { urlParts } from '../view-url.ts'
import { PageText } from './PageText.tsx'
import { Secret } from './Secret.tsx'

/** A URL, each of its values masked until asked for. Keyed by what it is of, so that values shown are masked again at the next. */
export function UrlView({ url }: { url: string }) {
  const [shown, setShown] = useState<ReadonlySet<number>>(new Set())
  const toggle = (index: number) => {
    const next = new Set(shown)
    if (!next.delete(index)) next.add(index)
    setShown(next)
  }
  return (
    <>
      {urlParts(url).map((part, i) =>
        part.kind === 'text' ? (
          <PageText text={part.text} />
        ) : (
          <Secret of={part.of} value={part.text} shown={shown.has(i)} onToggle={() => toggle(i)} />
        ),
      )}
    </>
  )
}
