import type { ComponentChildren } from 'preact'

interface Props {
  name: string
  bad?: boolean
  /** The value says by itself what it is: the name is for those alone who don't see it. */
  plain?: boolean
  children: ComponentChildren
}

/** A name and its value, in a list of such. */
export function Fact({ name, bad, plain, children }: Props) {
  return (
    <div>
      <dt class={plain ? 'unseen' : ''}>{name}</dt>
      <dd class={bad ? 'bad' : ''}>{children}</dd>
    </div>
  )
}
