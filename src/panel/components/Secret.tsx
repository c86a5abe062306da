import type { ComponentChildren } from 'preact'
import { bytesText, plainText } from '../view-text.ts'
import { PageText } from './PageText.tsx'

interface Props {
  /** The cookie's name. */
  of: string
  value: string
  shown: boolean
  /** Whether part of the value is at fault. */
  marked?: 'mark' | 'ins' | undefined
  onToggle(): void
  /** The value as it is shown; the plain text if left out. */
  children?: ComponentChildren
}

/** A cookie value: dots and its size until asked for, then text that can be selected. */
export function Secret({ of, value, shown, marked, onToggle, children }: Props) {
  if (value === '') return <span class="dim">(empty)</span>
  return (
    <>
      {shown && (
        <span key="value" class="value">
          {children ?? <PageText text={value} />}
        </span>
      )}
      <button
        key="toggle"
        type="button"
        class="secret"
        aria-pressed={shown}
        aria-label={`Value of ${plainText(of) || 'the nameless cookie'}, ${bytesText(value)}`}
        title={shown ? 'Hide the value' : 'Show the value'}
        onClick={onToggle}
      >
        {shown ? 'hide' : <Mask value={value} marked={marked} size />}
      </button>
    </>
  )
}

interface MaskProps {
  value: string
  /** Element that marks the dots, where part of the value is marked. */
  marked?: 'mark' | 'ins' | undefined
  size?: boolean
}

export function Mask({ value, marked: Mark, size }: MaskProps) {
  return (
    <span class="mask">
      {Mark ? <Mark>••••••••</Mark> : '••••••••'}
      {size && <span class="dim"> ({bytesText(value)})</span>}
    </span>
  )
}
