import type { ComponentChildren } from 'preact'

/** A name and its value, in a list of such. */
export function Fact({ name, bad, children }: { name: string; bad?: boolean; children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd class={bad ? 'bad' : ''}>{children}</dd>
    </div>
  )
}
