import type { ComponentChildren } from 'preact'
import { plainText } from '../view-text.ts'
import type { VerdictWords } from '../view-verdict.ts'
import { BadgeView } from './BadgeView.tsx'
import { Icon } from './Icon.tsx'
import { PageText } from './PageText.tsx'

interface Props {
  name: string
  words: VerdictWords
  children?: ComponentChildren
}

/** Mark, name, verdict and agreement in one line. */
export function VerdictHeader({ name, words, children }: Props) {
  return (
    <>
      <span class={`glyph ${words.tone}`}>
        <Icon name={words.icon} />
      </span>
      <span class="cookie-name" title={plainText(name)}>
        {name === '' ? <span class="dim">(no name)</span> : <PageText text={name} />}
      </span>
      {words.badges.map((badge) => (
        <BadgeView badge={badge} />
      ))}
      <span class="agreement" title={words.agreement}>
        {words.agreement}
      </span>
      {children}
    </>
  )
}
