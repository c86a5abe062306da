import { Icon, type IconName } from './Icon.tsx'

interface Props {
  icon: IconName
  /** Accessible name and tooltip. */
  label: string
  pressed?: boolean
  disabled?: boolean
  class?: string
  onClick(): void
}

export function IconButton({ icon, label, pressed, disabled, class: extra, onClick }: Props) {
  return (
    <button
      type="button"
      class={`icon-button ${extra ?? ''}`}
      aria-label={label}
      title={label}
      aria-pressed={pressed}
      disabled={disabled}
      onClick={onClick}
    >
      <Icon name={icon} />
    </button>
  )
}
