/** Share of the width, in percent, that the list may take. */
const MIN = 25
const MAX = 75
const STEP = 2

interface Props {
  /** Percent. */
  value: number
  onChange(value: number): void
}

/** Between list and detail: drag it, or move it with the arrow keys. */
export function Divider({ value, onChange }: Props) {
  const set = (percent: number) => onChange(Math.min(MAX, Math.max(MIN, percent)))
  const onPointerMove = (event: PointerEvent & { currentTarget: HTMLElement }) => {
    const handle = event.currentTarget
    const box = handle.parentElement?.getBoundingClientRect()
    if (box && handle.hasPointerCapture(event.pointerId)) set(((event.clientX - box.left) / box.width) * 100)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const to = { ArrowLeft: value - STEP, ArrowRight: value + STEP, Home: MIN, End: MAX }[event.key]
    if (to === undefined) return
    event.preventDefault()
    event.stopPropagation()
    set(to)
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a separator that can be moved is no <hr>
    <div
      class="divider"
      role="separator"
      tabIndex={0}
      aria-label="Width of the list"
      aria-orientation="vertical"
      aria-valuenow={Math.round(value)}
      aria-valuemin={MIN}
      aria-valuemax={MAX}
      onPointerDown={(event) => {
        event.preventDefault()
        event.currentTarget.setPointerCapture(event.pointerId)
      }}
      onPointerMove={onPointerMove}
      onKeyDown={onKeyDown}
    />
  )
}
